"""Words of a text with their places: `unitPrice`, `unit_price` and "unit price" are the same two words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from agentia_kit.language.vocabulary import wordset

FILE_SUFFIXES = wordset("""
    csv tsv parquet sqlite sqlite3 db json jsonl md markdown txt rst pdf docx html htm xlsx log
""")
"""File names with these endings stay one word."""

_TOKEN = re.compile(
    r"(?P<file>[\w][\w./\-]*\.(?:" + "|".join(sorted(FILE_SUFFIXES, reverse=True)) + r"))(?![\w])"
    r"|(?P<date>\d{4}-\d{2}(?:-\d{2})?(?!\d))"
    r"|(?P<number>\d[\d,]*(?:\.\d+)?(?:[kKmM](?!\w)|(?![^\W\d_])))"
    r"|(?P<word>[^\W_]+(?:['’][^\W\d_]+)?)"
    r"|(?P<sign>>=|<=|!=|<>|[<>=%])",
    re.IGNORECASE,
)
_HUMP = re.compile(r"(?<=[a-zß-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ])|(?<=[A-Z])(?=[A-Z][a-z])")

STOP_WORDS = wordset("""
    a an the of in on at to for from by with and or is are was were be been do does did has have had it its
    this that these those there me my our your us we you i he she they them their his her please can could
    would will shall should may might what which who whom whose when where why how much many tell show give
    say as than then so if about into out up over per each every all any some not no just also only very s
""")
"""Words that carry no content of their own."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word: as written, folded (lower case, no accents), its stem, and where it stands in the text."""

    text: str
    fold: str
    stem: str
    start: int
    end: int
    kind: str
    """`word`, `number`, `date`, `file` or `sign`."""

    @property
    def is_content(self) -> bool:
        """Whether the word says something: neither a sign nor a stop word."""
        return self.kind != "sign" and self.fold not in STOP_WORDS


def fold(text: str) -> str:
    """Lower case without accents, with straight apostrophes."""
    flat = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(char for char in flat if not unicodedata.combining(char)).casefold()


def stem(word: str) -> str:
    """The stem of one English word, roughly: plural, -ly, -ing, -ed and a final e go."""
    text = fold(word)
    text = text.removesuffix("'s").removesuffix("'")
    text = _singular(text)
    for ending, least in (("ing", 6), ("ed", 5), ("ly", 6)):
        if text.endswith(ending) and len(text) >= least:
            text = _undoubled(text.removesuffix(ending))
            break
    return text[:-1] if text.endswith("e") and len(text) > 3 else text


def words(text: str) -> list[Word]:
    """All words of `text` in order."""
    found: list[Word] = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "word"
        if kind == "word":
            found.extend(_humps(match.group(), match.start()))
        else:
            found.append(_word(match.group(), match.start(), kind))
    return found


def name_stems(name: str) -> tuple[str, ...]:
    """The stems of a name in a schema: `unitPrices` and `unit_price` both give ("unit", "pric")."""
    return tuple(word.stem for word in words(name) if word.kind != "sign")


def content_stems(text: str) -> list[str]:
    """Stems of the words that say something, in order, with repetitions."""
    return [word.stem for word in words(text) if word.is_content]


def content_words(text: str) -> list[str]:
    """The words that say something, in lower case, in order: without numbers, dates and single letters."""
    return [
        word.text.lower()
        for word in words(text)
        if word.is_content and word.kind in ("word", "file") and len(word.text) > 1
    ]


def _humps(token: str, start: int) -> list[Word]:
    parts: list[Word] = []
    at = 0
    for piece in _HUMP.split(token):
        parts.append(_word(piece, start + at, "word"))
        at += len(piece)
    return parts


def _word(text: str, start: int, kind: str) -> Word:
    folded = fold(text)
    return Word(text, folded, stem(text) if kind == "word" else folded, start, start + len(text), kind)


def _singular(text: str) -> str:
    if len(text) <= 3 or not text.endswith("s") or text.endswith(("ss", "us", "sis")):
        return text
    if text.endswith("ies") and len(text) > 4:
        return text[:-3] + "y"
    if text.endswith(("sses", "ches", "shes", "xes", "zzes")):
        return text[:-2]
    return text[:-1]


def _undoubled(text: str) -> str:
    return text[:-1] if len(text) > 3 and text[-1] == text[-2] and text[-1] not in "lsze" else text
