// Saves what is typed, a second after the last key. Form: data-autosave-url; line: .saved-line[data-saved-line].
//
// POST (form-encoded): csrfmiddlewaretoken, version (when the form has it), every changed field (all values of its
// name; an empty one when nothing is ticked) and "changed" once per changed name. The answer is JSON: {saved_at}, where
// the form has them also {version} or {seen}, {overwritten: [{label, text}]} where another window had saved something,
// {message} when refused. A lost connection or a server error is tried again; a refusal is shown and not repeated.
const WORDS = {
  ko: { saving: "저장하고 있어요", saved: "임시 저장됨", lost: "저장하지 못했어요. 연결을 확인해 주세요.", refused: "저장하지 못했어요." },
  en: { saving: "Saving", saved: "Draft saved", lost: "Not saved. Please check your connection.", refused: "Not saved." },
};

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

export function autosave(form, { serverNow, korean }) {
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

  const say = (state, text) => {
    if (!line) return;
    line.dataset.state = state;
    line.textContent = text;
  };
  const clock = () => serverNow().toLocaleTimeString("ko-KR", { hour12: false, timeZone: "Asia/Seoul" });
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

  async function save() {
    if (running || !changed.size || sent) return;
    running = true;
    const names = [...changed];
    changed.clear();
    say("saving", words.saving);
    try {
      const answer = await fetch(form.dataset.autosaveUrl, {
        method: "POST",
        body: body(names),
        headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" },
      });
      if (answer.status >= 500) throw new Error(String(answer.status));
      const told = await answer.json().catch(() => ({}));
      if (answer.status === 401) {
        // logged out: what is typed is still unsaved, and leaving the page asks
        names.forEach((name) => changed.add(name));
        say("failed", told.message);
        pause = 30000;
        return;
      }
      if (told.version !== undefined && form.elements.version) form.elements.version.value = told.version;
      if (told.seen && form.elements.seen) form.elements.seen.value = JSON.stringify(told.seen);
      showOverwritten(told.overwritten);
      if (answer.ok) say("saved", `${words.saved} ${told.saved_at || clock()}`);
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
    changed.add(name);
    schedule(1000);
  };
  form.addEventListener("input", note);
  form.addEventListener("change", note);
  form.addEventListener("submit", () => (sent = true));
  window.addEventListener("pageshow", () => (sent = false));
  window.addEventListener("online", () => changed.size && schedule(0));
  window.addEventListener("beforeunload", (event) => {
    if (!sent && (changed.size || running)) event.preventDefault();
  });
}
