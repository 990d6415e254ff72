"""Korean words for a search index that knows only words between spaces.

Korean writes compounds without spaces, and puts spaces between their parts at will:
창업지원센터 is also 창업 지원 센터. So Hangul is indexed as overlapping pairs of syllables, spaces
ignored (창업 업지 지원 …), and a Hangul word is looked up as the phrase of its pairs. Other scripts
stay whole words.
"""

import re
import unicodedata

HANGUL = "\uac00-\ud7a3"
_PIECE = re.compile(rf"[{HANGUL}]+|[^\W_{HANGUL}]+")
_HANGUL_TEXT = re.compile(rf"[{HANGUL}]+(?:\s+[{HANGUL}]+)*")


def normalise(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def pieces(text: str) -> list[str]:
    """The words of ``text``, cut where Hangul meets another script: ``2025년 창업`` → 2025, 년, 창업."""
    return _PIECE.findall(normalise(text))


def pairs(word: str) -> list[str]:
    """Overlapping pairs of syllables: 창업지원 → 창업, 업지, 지원."""
    return [word[at : at + 2] for at in range(len(word) - 1)] or [word]


def index_text(text: str) -> str:
    """What the index stores for ``text``: pairs in their order, then other words, then single syllables."""
    text = normalise(text)
    runs = ["".join(run.split()) for run in _HANGUL_TEXT.findall(text)]
    tokens = [pair for run in runs for pair in pairs(run)]
    tokens += [piece for piece in pieces(text) if not is_hangul(piece)]
    tokens += sorted({syllable for run in runs for syllable in run})
    return " ".join(tokens)


def is_hangul(word: str) -> bool:
    return "\uac00" <= word[:1] <= "\ud7a3"


def query_phrases(text: str) -> list[str]:
    """The phrases that must all stand in the index for ``text`` to be found."""
    return [" ".join(pairs(piece)) if is_hangul(piece) else piece for piece in dict.fromkeys(pieces(text))]


def finder(text: str) -> re.Pattern[str] | None:
    """A pattern that finds the words of ``text`` as a reader sees them, with or without spaces in Hangul."""
    words = {r"\W*".join(_readable(piece) for piece in pieces(word)) for word in text.split()} - {""}
    return re.compile("|".join(sorted(words, key=len, reverse=True)), re.IGNORECASE) if words else None


def _readable(piece: str) -> str:
    return r"\s*".join(piece) if is_hangul(piece) else rf"\b{re.escape(piece)}"
