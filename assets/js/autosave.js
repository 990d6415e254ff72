// Saves what is typed, a second after the last key. Form: data-autosave-url; line: .saved-line[data-saved-line].
//
// POST (form-encoded): csrfmiddlewaretoken, version (when the form has it), every changed field (all values of its
// name; an empty one when nothing is ticked) and "changed" once per changed name. The answer is JSON: {saved_at}, where
// the form has it also {seen}, {overwritten: [{label, text}]} where another window had saved something, {message} when
// refused. A lost connection or a server error is tried again; a refusal is shown and not repeated. Files, and what
// stands in [data-not-autosaved], are left to the form's buttons.
//
// Whoever is no longer signed in is told so, keeps what was typed, and it is saved once they have signed in again in
// another window; until then nothing is submitted, because a submission would lead to the login and lose the text.
const WORDS = {
  ko: {
    saving: "저장하고 있어요",
    saved: "임시 저장됨",
    lost: "저장하지 못했어요. 연결을 확인해 주세요.",
    refused: "저장하지 못했어요.",
    signedOut: "로그인이 끝나서 저장하지 못했어요. 이 창을 닫지 말고 ",
    signIn: "새 창에서 로그인해 주세요",
  },
  en: {
    saving: "Saving",
    saved: "Draft saved",
    lost: "Not saved. Please check your connection.",
    refused: "Not saved.",
    signedOut: "Not saved: you are signed out. Keep this window open and ",
    signIn: "sign in in a new one",
  },
};
const RETRY_SIGNED_OUT = 5000;

/** Signed out, or a token from before signing in again. */
const isShutOut = ({ status, headers }) =>
  status === 401 || (status === 403 && !headers.get("Content-Type")?.includes("json"));

/** Take the token of the page as it is served now; false while nobody is signed in. */
async function renewToken() {
  const page = await fetch(window.location.href, { redirect: "manual" });
  if (!page.ok) return false;
  const fresh = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("[name=csrfmiddlewaretoken]");
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = fresh?.value ?? field.value;
  return Boolean(fresh);
}

/** What another window had saved and this one replaced: shown so that it can be copied from. */
const showOverwritten = (overwritten = []) => {
  const box = document.querySelector("[data-overwritten]");
  if (!box || !overwritten.length) return;
  const texts = box.querySelector("[data-overwritten-texts]");
  for (const { label, text } of overwritten) {
    const quote = document.createElement("blockquote");
    const name = document.createElement("strong");
    name.textContent = label;
    quote.append(name, document.createElement("br"), text);
    texts.append(quote);
  }
  box.hidden = false;
};

export function autosave(form, { korean }) {
  const words = korean ? WORDS.ko : WORDS.en;
  const line =
    form.querySelector("[data-saved-line]") ||
    document.querySelector(`[data-saved-line][data-for="${form.id}"]`) ||
    document.querySelector("[data-saved-line]");
  const changed = new Set();
  let timer = 0;
  let running = false;
  let pause = 1000;
  let sent = false;
  let signedOut = false;

  const say = (state, told) => {
    if (!line) return;
    line.dataset.state = state;
    line.replaceChildren(told);
  };
  const saySignedOut = () => {
    if (signedOut) return; // said once: a screen reader need not hear it with every attempt
    signedOut = true;
    const told = document.createElement("span");
    const link = document.createElement("a");
    Object.assign(link, { href: document.documentElement.dataset.signIn, target: "_blank", textContent: words.signIn });
    told.append(words.signedOut, link);
    say("failed", told);
  };
  const schedule = (delay) => {
    clearTimeout(timer);
    timer = setTimeout(save, delay);
  };
  const body = (names) => {
    const all = new FormData(form);
    const part = new URLSearchParams();
    for (const name of ["csrfmiddlewaretoken", "version", "seen"]) if (all.has(name)) part.set(name, all.get(name));
    for (const name of names) {
      const values = all.getAll(name);
      for (const value of values.length ? values : [""]) part.append(name, value);
      part.append("changed", name);
    }
    return part;
  };

  const post = (names) =>
    fetch(form.dataset.autosaveUrl, {
      method: "POST",
      body: body(names),
      headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" },
      redirect: "manual",
    });

  async function save() {
    if (running || !changed.size || sent) return;
    running = true;
    const names = [...changed];
    changed.clear();
    if (!signedOut) say("saving", words.saving);
    try {
      let answer = await post(names);
      if (isShutOut(answer) && (await renewToken())) answer = await post(names);
      if (isShutOut(answer)) {
        names.forEach((name) => changed.add(name));
        pause = RETRY_SIGNED_OUT;
        saySignedOut();
        return;
      }
      if (answer.status >= 500) throw new Error(String(answer.status));
      signedOut = false;
      const told = await answer.json().catch(() => ({}));
      if (told.seen && form.elements.seen) form.elements.seen.value = JSON.stringify(told.seen);
      showOverwritten(told.overwritten);
      if (answer.ok && told.saved_at) say("saved", `${words.saved} ${told.saved_at}`);
      else say("failed", told.message || words.refused);
      form.dispatchEvent(new CustomEvent("autosaved", { bubbles: true, detail: told }));
      pause = 1000;
    } catch {
      names.forEach((name) => changed.add(name));
      say("failed", words.lost);
      pause = Math.min(pause * 2, 30000);
    } finally {
      running = false;
      if (changed.size) schedule(pause);
    }
  }

  const note = (event) => {
    const { name, type } = event.target;
    if (!name || type === "file" || type === "password" || event.target.form !== form) return;
    if (event.target.closest("[data-not-autosaved]")) return; // kept by a button of the form only
    changed.add(name);
    schedule(1000);
  };
  form.addEventListener("input", note);
  form.addEventListener("change", note);
  form.addEventListener(
    "submit",
    async (event) => {
      if (!signedOut) {
        sent = true;
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      await save();
      if (!signedOut) form.requestSubmit(event.submitter);
    },
    true,
  );
  window.addEventListener("pageshow", () => (sent = false));
  for (const back of ["online", "focus"]) window.addEventListener(back, () => changed.size && schedule(0));
  window.addEventListener("beforeunload", (event) => {
    if (!sent && (changed.size || running)) event.preventDefault();
  });
}
