// A review that adds up while it is filled in.

const review = document.querySelector("form[data-review]");
const show = (name, text) => {
  for (const spot of document.querySelectorAll(`[data-review-${name}]`)) spot.textContent = text;
};

/** The total as the server will count it: score ÷ highest score × weight, to two decimals, half up. */
const addUp = () => {
  let hundredths = 0;
  for (const card of review.querySelectorAll("[data-weight]")) {
    const chosen = card.querySelector("input[type=radio]:checked");
    if (chosen) hundredths += (Number(chosen.value) / Number(card.dataset.max)) * Number(card.dataset.weight) * 100;
  }
  const total = (Math.floor(hundredths + 0.5 + 1e-9) / 100).toFixed(2);
  show("total", total.endsWith("0") ? total.slice(0, -1) : total);
};

if (review) {
  // What is missing is mended in the rubric: on a phone, open that tab.
  if (document.querySelector("[data-review-flaws]") && window.matchMedia("(max-width: 1023px)").matches) {
    document.querySelector('.split__tabs a[href="#rubric"]')?.click();
  }
  review.addEventListener("change", (event) => {
    if (event.target.type !== "radio") return;
    const card = event.target.closest("[data-weight]");
    card.querySelector("[data-meaning]").textContent = event.target.dataset.descriptor;
    addUp();
  });
  review.addEventListener("autosaved", ({ detail }) => {
    if (detail.total !== undefined) show("total", detail.total);
  });
}
