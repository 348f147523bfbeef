"""A question laid over one table: which words name the table, its columns, and values in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from agentia_analyst.schema import Column, Table
from agentia_analyst.vocabulary import KEYWORDS, ROW_NOUNS
from agentia_kit.language.words import Word, fold, name_stems, words

LONGEST = 6
"""Words in the longest name or value that is looked for."""
CERTAIN = 8
"""Weight of a mention that names the table beyond doubt: "in sales", "sales.csv"."""
_PLACES = frozenset(["in", "from", "table", "file", "of", "inside", "within"])


@dataclass(frozen=True)
class Found:
    """A value that is in a column, as the column writes it."""

    column: str
    value: object


@dataclass(frozen=True)
class Mention:
    """Words `first` up to but without `last` name something."""

    first: int
    last: int
    kind: Literal["table", "column", "value"]
    weight: int
    """How surely: decides between readings of the same words."""
    column: Column | None = None
    values: tuple[object, ...] = ()
    """Of a value: how the column writes it; several when the words only begin them."""


@dataclass
class Reading:
    """The words of a question, what they name in `table`, and which of them have been explained so far."""

    question: str
    table: Table
    words: list[Word]
    mentions: list[Mention]
    used: set[int] = field(default_factory=set[int])

    def fold(self, at: int) -> str:
        """The folded word at `at`; empty outside."""
        return self.words[at].fold if 0 <= at < len(self.words) else ""

    def use(self, *places: int) -> None:
        """Note that these words are explained."""
        self.used.update(places)

    def has(self, vocabulary: Iterable[str]) -> int | None:
        """The place of the first word of `vocabulary` that is no name; None when there is none."""
        wanted = frozenset(vocabulary)
        named = {at for mention in self.mentions for at in range(mention.first, mention.last)}
        return next(
            (at for at, word in enumerate(self.words) if word.fold in wanted and at not in named), None
        )

    def says(self, *phrase: str) -> int | None:
        """The place where these words follow each other; None when they do not."""
        length = len(phrase)
        return next(
            (
                at
                for at in range(len(self.words) - length + 1)
                if tuple(self.fold(at + step) for step in range(length)) == phrase
            ),
            None,
        )

    def of(self, kind: str) -> list[Mention]:
        """The mentions of one kind, in order."""
        return [mention for mention in self.mentions if mention.kind == kind]

    def starting(self, at: int) -> Mention | None:
        """The mention that starts at `at`."""
        return next((mention for mention in self.mentions if mention.first == at), None)


def read(question: str, table: Table, found: Sequence[Found] = ()) -> Reading:
    """Lay `question` over `table`; `found` are the values that were looked up in it."""
    tokens = words(question)
    wanted = [
        *_tables(question, tokens, table),
        *_named_in_part(tokens, table),
        *_columns(tokens, table),
        *_values(question, tokens, table, found),
    ]
    kept: list[Mention] = []
    for mention in sorted(wanted, key=lambda each: (-(each.last - each.first), -each.weight)):
        if all(mention.last <= other.first or mention.first >= other.last for other in kept):
            kept.append(mention)
    reading = Reading(question, table, tokens, sorted(kept, key=lambda mention: mention.first))
    for mention in kept:
        reading.use(*range(mention.first, mention.last))
    return reading


def _tables(question: str, tokens: list[Word], table: Table) -> list[Mention]:
    found: list[Mention] = []
    lowered = question.casefold()
    for written in {table.path, table.file}:
        at = lowered.find(written.casefold()) if written else -1
        if at >= 0:
            places = [
                place for place, word in enumerate(tokens) if word.end > at and word.start < at + len(written)
            ]
            found.append(Mention(places[0], places[-1] + 1, "table", 9))
    size = len(table.stems)
    for first in _runs(tokens, size):
        if tuple(word.stem for word in tokens[first : first + size]) == table.stems:
            before, after = _fold(tokens, first - 1), _fold(tokens, first + size)
            surely = (
                before in _PLACES or after in ("table", "file") or _fold(tokens, first - 2) in ("in", "from")
            )
            found.append(Mention(first, first + size, "table", CERTAIN if surely else 4))
    return found


def _named_in_part(tokens: list[Word], table: Table) -> list[Mention]:
    """ "Orders" for a table `shop_orders`."""
    if len(table.stems) < 2:
        return []
    return [
        Mention(at, at + 1, "table", 3)
        for at, word in enumerate(tokens)
        if word.stem in table.stems and word.kind == "word" and word.is_content and word.fold not in KEYWORDS
    ]


def _columns(tokens: list[Word], table: Table) -> list[Mention]:
    found: list[Mention] = []
    for column in table.columns:
        joined = "".join(column.stems)
        for size in range(1, LONGEST):
            for first in _runs(tokens, size):
                stems = tuple(word.stem for word in tokens[first : first + size])
                if stems == column.stems or (size > 1 and "".join(stems) == joined):
                    found.append(Mention(first, first + size, "column", 5, column))
    for at, word in enumerate(tokens):
        column = _partly(word, table)
        if column is not None:
            found.append(Mention(at, at + 1, "column", 2, column))
    return found


def _partly(word: Word, table: Table) -> Column | None:
    """The column of whose name `word` is a part: `product` for `product_name` rather than `product_id`."""
    if word.kind != "word" or not word.is_content or word.fold in KEYWORDS | ROW_NOUNS:
        return None
    some = [column for column in table.columns if any(_is_part(word.stem, part) for part in column.stems)]
    return min(some, key=lambda column: (_TELLING.index(_role(column)), len(column.stems)), default=None)


def _is_part(word: str, part: str) -> bool:
    """The same, or one is the other cut short: `temp` for temperature, "temp" for `temperature`."""
    short, long = sorted((word, part), key=len)
    return word == part or (len(short) >= 4 and len(long) - len(short) >= 3 and long.startswith(short))


_TELLING = ("text", "boolean", "identifier", "number", "date")
"""What one word of a name means rather: `order` means `order_id` rather than `order_date`."""


def _role(column: Column) -> str:
    return "identifier" if column.is_identifier else column.kind


def _values(question: str, tokens: list[Word], table: Table, found: Sequence[Found]) -> list[Mention]:
    mentions: list[Mention] = []
    for column in table.columns:
        known = [each.value for each in found if each.column == column.name]
        named = all(any(word.stem == stem for word in tokens) for stem in column.stems)
        for size in range(LONGEST, 0, -1) if known else ():
            for first in _runs(tokens, size):
                phrase = question[tokens[first].start : tokens[first + size - 1].end]
                same = [value for value in known if _is_same(phrase, str(value))]
                values = same or [value for value in known if fold(str(value)).startswith(fold(phrase) + " ")]
                if values:
                    weight = (6 if same else 3) + named
                    mentions.append(Mention(first, first + size, "value", weight, column, tuple(values)))
    return mentions


def _is_same(phrase: str, value: str) -> bool:
    return fold(phrase) == fold(value) or name_stems(phrase) == name_stems(value)


def _runs(tokens: list[Word], size: int) -> range:
    return range(max(0, len(tokens) - size + 1)) if size else range(0)


def _fold(tokens: list[Word], at: int) -> str:
    return tokens[at].fold if 0 <= at < len(tokens) else ""
