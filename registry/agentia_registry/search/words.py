"""From text to the stems that are compared: those of SQLite's tokenizer (`porter unicode61`)."""

from __future__ import annotations

import re
import sqlite3
import weakref

MAX_WORDS = 1000
"""Words of one text that are looked at."""
REMEMBERED = 20_000
"""Words whose stems are kept."""

_WORD = re.compile(r"[^\W_]+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_APOSTROPHE = re.compile(r"['’](?:s|t|re|ve|ll|d|m)\b", re.IGNORECASE)


def words(text: str) -> list[str]:
    """The words of a text in lower case, in order; `unitPrice` and `unit_price` are two words each."""
    flat = _APOSTROPHE.sub("", _HUMP.sub(" ", text))
    return [
        found.group().lower()[:64] for found, _ in zip(_WORD.finditer(flat), range(MAX_WORDS), strict=False)
    ]


class Stemmer:
    """Gives stems; asks SQLite once for each word."""

    def __init__(self) -> None:
        self._sqlite = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        weakref.finalize(self, self._sqlite.close)
        self._sqlite.execute(
            "CREATE VIRTUAL TABLE scratch USING fts5(word, content='', tokenize='porter unicode61')"
        )
        self._sqlite.execute("CREATE VIRTUAL TABLE stems USING fts5vocab(scratch, 'instance')")
        self._known: dict[str, str] = {}

    def stems(self, text: str) -> list[str]:
        """The stems of the words of a text, in order, with repetitions."""
        return [self._known[word] for word in self._learnt(words(text))]

    def by_word(self, text: str) -> dict[str, str]:
        """The words of a text, each once, with their stems."""
        return {word: self._known[word] for word in self._learnt(words(text))}

    def _learnt(self, found: list[str]) -> list[str]:
        new = [word for word in dict.fromkeys(found) if word not in self._known]
        if not new:
            return found
        if len(self._known) + len(new) > REMEMBERED:
            self._known.clear()
            new = list(dict.fromkeys(found))
        self._sqlite.execute("INSERT INTO scratch(scratch) VALUES ('delete-all')")
        self._sqlite.executemany("INSERT INTO scratch(rowid, word) VALUES (?, ?)", enumerate(new))
        for row, term in self._sqlite.execute("SELECT doc, term FROM stems"):
            self._known[new[row]] = term
        for word in new:
            self._known.setdefault(word, word)
        return found
