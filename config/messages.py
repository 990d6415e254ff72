"""The translations, without gettext's binaries: ``python -m config.messages <command>``.

One catalogue per language. English is the source: its catalogue only holds what should read otherwise than
the message id. Korean is complete: ``check`` fails on anything untranslated, fuzzy, obsolete or broken.

    extract [--prune]  collect the strings of code and templates into the Korean catalogue
    missing            list what is untranslated, as JSON to be completed and given to ``fill``
    fill FILE.json     set translations: {"English": "한국어"}; a context is "context\\u0004English"
    compile            write the .mo files that Django reads
    check              exit 1 unless the catalogue is current, complete and consistent

``locale/extra-ko.json`` (and ``extra-ko-js.json``) hold Korean for what Django, Wagtail and allauth lack or
say stiffly. They are merged when compiling; LOCALE_PATHS wins over the catalogues of packages.
"""

import fcntl
import io
import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import polib
from django.utils.translation.template import templatize

BASE_DIR = Path(__file__).resolve().parent.parent
LOCALE = BASE_DIR / "locale"
ROOMS = ("config", "core", "incubator", "loans", "impact", "cms", "demo", "templates")
CONTEXT = "\u0004"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
METADATA = {
    "Project-Id-Version": "good-partner",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
}
PLURALS = {"ko": "nplurals=1; plural=0;", "en": "nplurals=2; plural=(n != 1);"}
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")

Translations = dict[str, str | list[str]]


@dataclass
class Found:
    """A string of the source: where it stands and its plural, if it has one."""

    plural: str = ""
    files: set[str] = field(default_factory=set)


def catalogue_path(language: str, domain: str = "django") -> Path:
    return LOCALE / language / "LC_MESSAGES" / f"{domain}.po"


@contextmanager
def locked() -> Iterator[None]:
    """Let one process at a time read, change and write the catalogues."""
    LOCALE.mkdir(exist_ok=True)
    folder = os.open(LOCALE, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def source_files() -> Iterator[Path]:
    for room in ROOMS:
        for path in sorted((BASE_DIR / room).rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and path.is_file() and "__pycache__" not in path.parts:
                yield path


def strings_in(path: Path) -> Iterator[tuple[str, str]]:
    """The (key, plural) of every translatable string in ``path``."""
    from babel.messages.extract import extract

    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        if "{%" not in text and "{{" not in text:
            return
        # templatize leaves calls among filler; the margins would read as Python's indentation
        text = "\n".join(line.strip() for line in templatize(text, origin=str(path)).splitlines())
    for _line, message, _comments, context in extract(
        "python", io.BytesIO(text.encode()), keywords=KEYWORDS, options={"encoding": "utf-8"}
    ):
        singular, plural = message if isinstance(message, tuple) else (message, "")
        if singular:
            yield (f"{context}{CONTEXT}{singular}" if context else singular), plural


def collect() -> tuple[dict[str, Found], list[str]]:
    """All strings of the source by key, and the files that could not be read."""
    found: dict[str, Found] = {}
    broken: list[str] = []
    for path in source_files():
        name = path.relative_to(BASE_DIR).as_posix()
        try:
            strings = list(strings_in(path))
        except Exception as error:  # noqa: BLE001 — one broken template must not hide the others
            broken.append(f"{name}: {error}")
            continue
        for key, plural in strings:
            entry = found.setdefault(key, Found())
            entry.plural = entry.plural or plural
            entry.files.add(name)
    return found, broken


def key_of(entry: polib.POEntry) -> str:
    return f"{entry.msgctxt}{CONTEXT}{entry.msgid}" if entry.msgctxt else entry.msgid


def new_entry(key: str, plural: str = "") -> polib.POEntry:
    context, _, msgid = key.rpartition(CONTEXT)
    entry = polib.POEntry(msgid=msgid, msgctxt=context or None)
    if plural:
        entry.msgid_plural = plural
        entry.msgstr_plural = {0: ""}
    return entry


def set_translation(entry: polib.POEntry, value: str | list[str]) -> None:
    """Write ``value``; Korean has one form, so a plural takes a string as well as a list of one."""
    first = value if isinstance(value, str) else value[0]
    if entry.msgid_plural:
        entry.msgstr_plural = {0: first}
    else:
        entry.msgstr = first
    entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]


def translation_of(entry: polib.POEntry) -> str:
    return entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr


def load(language: str, domain: str = "django") -> polib.POFile:
    path = catalogue_path(language, domain)
    catalogue = polib.pofile(str(path)) if path.exists() else polib.POFile()
    catalogue.wrapwidth = 110
    catalogue.metadata = {**METADATA, "Language": language, "Plural-Forms": PLURALS[language]}
    return catalogue


def save(catalogue: polib.POFile, language: str, domain: str = "django") -> None:
    """Sorted by message, without dates or line numbers, so that a diff shows translations only."""
    catalogue.sort(
        key=lambda entry: (entry.obsolete, entry.msgid.casefold(), entry.msgid, entry.msgctxt or "")
    )
    path = catalogue_path(language, domain)
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(path, catalogue.save)


def _write(path: Path, write: Callable[[str], object]) -> None:
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    write(str(partial))
    partial.replace(path)


def merge(catalogue: polib.POFile, found: dict[str, Found], *, retire: bool) -> None:
    """Add what is new, revive what came back and, if ``retire``, mark what is gone as obsolete."""
    known = {key_of(entry): entry for entry in catalogue}
    for key, string in found.items():
        entry = known.get(key)
        if entry is None:
            entry = new_entry(key, string.plural)
            catalogue.append(entry)
        if string.plural and not entry.msgid_plural:
            entry.msgid_plural, entry.msgstr_plural, entry.msgstr = string.plural, {0: entry.msgstr}, ""
        elif entry.msgid_plural and not string.plural:
            entry.msgstr, entry.msgid_plural, entry.msgstr_plural = translation_of(entry), "", {}
        entry.msgid_plural = string.plural
        entry.obsolete = False
        entry.occurrences = [(name, "") for name in sorted(string.files)]
    if retire:
        for key, entry in known.items():
            if key not in found:
                entry.obsolete = True
                entry.occurrences = []


def extra(language: str, domain: str = "django") -> Translations:
    """Translations for packages that lack them."""
    path = LOCALE / f"extra-{language}{'-js' if domain == 'djangojs' else ''}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def problems(catalogue: polib.POFile, found: dict[str, Found]) -> list[str]:
    """What keeps the catalogue from being current, complete and consistent."""
    known = {key_of(entry): entry for entry in catalogue if not entry.obsolete}
    told = [f"not in the catalogue: {key!r}" for key in found if key not in known]
    told += [f"no longer in the source: {key!r}" for key in known if key not in found]
    told += [f"obsolete: {key_of(entry)!r}" for entry in catalogue if entry.obsolete]
    for key, entry in known.items():
        text = translation_of(entry)
        if not text:
            told.append(f"untranslated: {key!r}")
        elif entry.fuzzy:
            told.append(f"fuzzy: {key!r}")
        elif not placeholders_match(entry, text):
            told.append(f"placeholders differ: {key!r} → {text!r}")
        elif entry.msgid.startswith("\n") != text.startswith("\n"):
            told.append(f"line breaks differ: {key!r}")
    return told


def placeholders_match(entry: polib.POEntry, text: str) -> bool:
    """A translation takes the placeholders of its message; those of the plural where it has one."""
    ours = sorted(_PLACEHOLDER.findall(text))
    return ours in (
        sorted(_PLACEHOLDER.findall(entry.msgid)),
        sorted(_PLACEHOLDER.findall(entry.msgid_plural or entry.msgid)),
    )


# ── commands ────────────────────────────────────────────────────────────────
def extract_command(*, prune: bool = False) -> int:
    found, broken = collect()
    _tell(broken)
    catalogue = load("ko")
    merge(catalogue, found, retire=not broken)
    if prune:
        for entry in [entry for entry in catalogue if entry.obsolete]:
            catalogue.remove(entry)
    save(catalogue, "ko")
    if not catalogue_path("en").exists():
        save(load("en"), "en")
    untranslated = sum(1 for entry in catalogue if not entry.obsolete and not translation_of(entry))
    sys.stdout.write(f"{len(found)} strings, {untranslated} untranslated\n")
    return 1 if broken else 0


def missing_command() -> int:
    todo = {key_of(entry): "" for entry in load("ko") if not entry.obsolete and not translation_of(entry)}
    sys.stdout.write(json.dumps(todo, ensure_ascii=False, indent=1) + "\n")
    return 0


def fill_command(source: Path) -> int:
    """Extract, then set what ``source`` translates. Unknown messages are told and left out."""
    given: Translations = json.loads(source.read_text(encoding="utf-8"))
    extract_command()
    catalogue = load("ko")
    known = {key_of(entry): entry for entry in catalogue}
    for key, value in given.items():
        if key in known and value:
            set_translation(known[key], value)
    save(catalogue, "ko")
    _tell([f"not in the source, left out: {key!r}" for key in given if key not in known])
    return 0


def compile_command() -> int:
    for language in PLURALS:
        for domain in ("django", "djangojs"):
            catalogue = load(language, domain)
            known = {key_of(entry) for entry in catalogue if not entry.obsolete}
            for key, value in extra(language, domain).items():
                if key not in known:
                    entry = new_entry(key, key.rpartition(CONTEXT)[2] if isinstance(value, list) else "")
                    set_translation(entry, value)
                    catalogue.append(entry)
            if len(catalogue) or domain == "django":
                target = catalogue_path(language, domain).with_suffix(".mo")
                target.parent.mkdir(parents=True, exist_ok=True)
                _write(target, catalogue.save_as_mofile)
    return 0


def check_command() -> int:
    found, broken = collect()
    told = broken + problems(load("ko"), found)
    _tell(told)
    sys.stdout.write(f"{len(found)} strings, {len(told)} problems\n")
    return 1 if told else 0


def _tell(lines: list[str]) -> None:
    for line in lines:
        sys.stderr.write(f"{line}\n")


def main(arguments: list[str]) -> int:
    commands: dict[tuple[str, int], Callable[..., int]] = {
        ("extract", 0): extract_command,
        ("missing", 0): missing_command,
        ("fill", 1): lambda name: fill_command(Path(name)),
        ("compile", 0): compile_command,
        ("check", 0): check_command,
    }
    if arguments == ["extract", "--prune"]:
        arguments, commands["extract", 0] = ["extract"], lambda: extract_command(prune=True)
    command = commands.get((arguments[0], len(arguments) - 1)) if arguments else None
    if command is None:
        sys.stderr.write(__doc__ or "")
        return 2
    with locked():
        return command(*arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
