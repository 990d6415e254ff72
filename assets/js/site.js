// What scripts add to pages that work without them. No inline handlers, no styles set from here.
import { autosave } from "./autosave.js";

const here = document.documentElement;
const loadedAt = performance.now();
const serverStart = Date.parse(here.dataset.serverNow || "") || Date.now();

/** The server's clock, carried on by the browser's stopwatch, never by its clock. */
export const serverNow = () => new Date(serverStart + performance.now() - loadedAt);
const korean = here.lang !== "en";

// ── one click, one submission ──────────────────────────────────────────────
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog" || form.hasAttribute("data-repeatable")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  if ((form.getAttribute("method") || "get").toLowerCase() !== "post") return;
  form.dataset.sent = "1";
  // After the event, so that the button's own name and value still travel with the form.
  setTimeout(() => {
    for (const button of form.querySelectorAll("button:not([type=button]), input[type=submit]")) {
      button.setAttribute("aria-busy", "true");
      button.disabled = true;
    }
  });
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-busy]")) {
      button.removeAttribute("aria-busy");
      button.disabled = false;
    }
  }
});

// ── are you sure? ──────────────────────────────────────────────────────────
document.addEventListener(
  "submit",
  (event) => {
    const source = event.submitter?.dataset.confirmTitle ? event.submitter : event.target;
    const dialog = document.getElementById("confirm-dialog");
    if (!source.dataset.confirmTitle || source.dataset.confirmed || !dialog?.showModal) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    for (const slot of dialog.querySelectorAll("[data-confirm-slot]")) {
      const words = source.dataset[`confirm${slot.dataset.confirmSlot.replace(/^./, (c) => c.toUpperCase())}`];
      if (words !== undefined) slot.textContent = words;
    }
    dialog.returnValue = "";
    dialog.addEventListener(
      "close",
      () => {
        if (dialog.returnValue !== "yes") return;
        source.dataset.confirmed = "1";
        event.target.requestSubmit(event.submitter);
        delete source.dataset.confirmed;
      },
      { once: true },
    );
    dialog.showModal();
  },
  true,
);

// ── sums read in 억 and 만 ──────────────────────────────────────────────────
export const readWon = (digits) => {
  let rest = BigInt(digits);
  const units = [
    [100000000n, "억"],
    [10000n, "만"],
  ];
  const parts = [];
  for (const [unit, name] of units) {
    if (rest >= unit) parts.push((rest / unit).toLocaleString("ko-KR") + name);
    rest %= unit;
  }
  if (rest) parts.push(rest.toLocaleString("ko-KR"));
  return `${parts.join(" ") || "0"}원`;
};
const readMoney = (input, tidy) => {
  const digits = input.value.replace(/\D/g, "");
  const reading = document.getElementById(`${input.id}_reading`);
  if (reading) reading.textContent = digits && korean ? readWon(digits) : "";
  if (tidy && digits) input.value = BigInt(digits).toLocaleString("ko-KR");
};
document.addEventListener("input", (event) => {
  if (event.target.matches?.("[data-money]")) readMoney(event.target, false);
  if (event.target.matches?.("textarea[maxlength]")) countCharacters(event.target);
});
document.addEventListener("change", (event) => {
  if (event.target.matches?.("[data-money]")) readMoney(event.target, true);
  if (event.target.matches?.("input[type=file][data-max-bytes]")) checkFile(event.target);
});

// ── how much may still be written; is the file too large ──────────────────
const countCharacters = (area) => {
  const counter = document.querySelector(`[data-count-for="${area.id}"]`);
  if (counter) counter.textContent = counter.textContent.replace(/^\s*\d+|\d+/, String(area.value.length));
};
const checkFile = (input) => {
  const tooLarge = [...input.files].some((file) => file.size > Number(input.dataset.maxBytes));
  input.setCustomValidity(tooLarge ? (korean ? "파일이 너무 커요." : "This file is too large.") : "");
  if (tooLarge) input.reportValidity();
};

// ── deadlines by the server's clock ────────────────────────────────────────
const units = korean ? ["일", "시간", "분", "초"] : [" d", " h", " min", " s"];
const timeLeft = (milliseconds) => {
  const seconds = Math.floor(milliseconds / 1000);
  const [d, h, m, s] = [Math.floor(seconds / 86400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60];
  if (d) return `${d}${units[0]} ${h}${units[1]}`;
  if (h) return `${h}${units[1]} ${m}${units[2]}`;
  return `${m}${units[2]} ${String(s).padStart(2, "0")}${units[3]}`;
};
const countDown = () => {
  for (const spot of document.querySelectorAll("[data-deadline]")) {
    const left = Date.parse(spot.dataset.deadline) - serverNow();
    spot.textContent = left > 0 ? timeLeft(left) : korean ? "마감" : "Closed";
  }
  for (const clock of document.querySelectorAll("[data-server-clock]")) {
    clock.textContent = serverNow().toLocaleTimeString("ko-KR", { hour12: false, timeZone: "Asia/Seoul" });
  }
};
if (document.querySelector("[data-deadline], [data-server-clock]")) {
  countDown();
  setInterval(countDown, 1000);
}

// ── two panes as two tabs on a phone ───────────────────────────────────────
for (const split of document.querySelectorAll("[data-tabs]")) {
  const list = split.querySelector(".split__tabs");
  const tabs = [...list.querySelectorAll("a")];
  const panes = tabs.map((tab) => document.getElementById(tab.hash.slice(1)));
  const narrow = window.matchMedia("(max-width: 1023px)");
  const left = []; // how far each pane was read
  let current = 0;
  const choose = (index) => {
    current = index;
    tabs.forEach((tab, i) => {
      tab.setAttribute("aria-selected", String(i === index));
      tab.tabIndex = i === index ? 0 : -1;
      panes[i].toggleAttribute("data-inactive", i !== index);
    });
  };
  /** Turn to a pane where it was left; the first time to its beginning, not to wherever the other one was. */
  const turnTo = (index) => {
    left[current] = window.scrollY;
    const beginning = window.scrollY + split.getBoundingClientRect().top;
    choose(index);
    window.scrollTo({ top: left[index] ?? Math.min(window.scrollY, beginning), behavior: "instant" });
  };
  const dress = () => {
    list.toggleAttribute("role", false);
    if (!narrow.matches) {
      panes.forEach((pane) => {
        pane.removeAttribute("role");
        pane.removeAttribute("data-inactive");
      });
      return;
    }
    list.setAttribute("role", "tablist");
    tabs.forEach((tab, i) => {
      tab.id ||= `${panes[i].id}-tab`;
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", panes[i].id);
      panes[i].setAttribute("role", "tabpanel");
      panes[i].setAttribute("aria-labelledby", tab.id);
    });
    choose(Math.max(0, tabs.findIndex((tab) => tab.hash === location.hash)));
  };
  tabs.forEach((tab, index) => {
    tab.addEventListener("click", (event) => {
      if (!narrow.matches) return;
      event.preventDefault();
      turnTo(index);
    });
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!narrow.matches || !step) return;
      event.preventDefault();
      const next = (index + step + tabs.length) % tabs.length;
      turnTo(next);
      tabs[next].focus({ preventScroll: true });
    });
  });
  narrow.addEventListener("change", dress);
  dress();
}

// ── drop-downs close on Escape and on a click outside ──────────────────────
const closeDrops = (except) => {
  for (const drop of document.querySelectorAll("details.drop[open]")) if (drop !== except) drop.open = false;
};
document.addEventListener("click", (event) => closeDrops(event.target.closest("details.drop")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector("details.drop[open]");
  if (open) {
    open.open = false;
    open.querySelector("summary").focus();
  }
});

// ── high contrast, remembered in a cookie so that the server draws it at once ──
for (const button of document.querySelectorAll("[data-contrast]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const high = here.dataset.krdsMode !== "high-contrast";
    if (high) here.dataset.krdsMode = "high-contrast";
    else delete here.dataset.krdsMode;
    button.setAttribute("aria-pressed", String(high));
    document.cookie = `contrast=${high ? "high" : ""}; path=/; max-age=${high ? 31536000 : 0}; samesite=lax`;
  });
}

// ── the list of errors takes the focus, and its links go to the fields ─────
document.querySelector("[data-focus]")?.focus();

for (const form of document.querySelectorAll("form[data-autosave-url]")) autosave(form, { korean });
