"""What a question wants of the documents. Pure; its manual is `docs/questions.md`."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from agentia_kit.language.numbers import number_of
from agentia_kit.language.vocabulary import wordset
from agentia_kit.language.words import Word, words

Kind = Literal["list", "read", "quote", "places", "answer"]
Expected = Literal["time", "amount", "person", "place", "text"]

_LIST = wordset("list which what show")
_DOCUMENTS = wordset("document documents file files texts folder")
_READ = wordset("read open print")
_QUOTE = wordset("quote quotes cite citation quotation quotations passage passages sentence sentences")
_MENTIONED = wordset(
    "mentioned mention mentions written described discussed stated appear appears occur occurs found"
)
_INSTRUCTION = wordset("""
    find search look lookup quote quotes cite citation quotation quotations passage passages
    sentence sentences document documents file files text texts folder mention mentioned mentions
    say says said state states stated write written describe described discuss discussed according
    answer exactly word words verbatim everything anything something information info read open
    print know let line lines page pages list place places occur occurs appear appears tells told
    explain explains one two three four five first best many much long often old far get give
    quickly section chapter back after before during until since between while below above under
    over within need needs rule rules period details regulation regulations
""")


@dataclass(frozen=True)
class Term:
    """One word to look for; `is_name` when it is written like a name."""

    text: str
    stem: str
    is_name: bool = False


@dataclass(frozen=True)
class Asked:
    """A question, understood. `path` is a file that it names, `limit` how many quotations it wants."""

    kind: Kind
    terms: tuple[Term, ...]
    expected: Expected = "text"
    path: str | None = None
    limit: int = 1

    @property
    def query(self) -> str:
        """What to search for."""
        return " ".join(term.text for term in self.terms)


def ask(question: str) -> Asked:
    """Read `question`."""
    tokens = words(question)
    said = {word.fold for word in tokens}
    path = next((word.text for word in tokens if word.kind == "file"), None)
    terms = tuple(_terms(question, tokens))
    if not terms and path is None and said & _DOCUMENTS and said & _LIST:
        return Asked("list", ())
    if path is not None and not terms:
        return Asked("read", (), path=path)
    if said & _QUOTE:
        return Asked("quote", terms, _expected(tokens), path, _limit(tokens))
    if "where" in said and said & _MENTIONED:
        return Asked("places", terms, "text", path, 5)
    if said & {"find", "search", "look"}:
        return Asked("answer", terms, _expected(tokens), path, 3)
    return Asked("answer", terms, _expected(tokens), path)


def _terms(question: str, tokens: list[Word]) -> list[Term]:
    found: dict[str, Term] = {}
    for at, word in enumerate(tokens):
        if word.kind in ("sign", "file") or not word.is_content or word.fold in _INSTRUCTION:
            continue
        starts = at == 0 or question[tokens[at - 1].end : word.start].strip()[:1] in (".", "?", "!", ":")
        is_name = word.text[:1].isupper() and not starts
        found.setdefault(word.stem, Term(word.text, word.stem, is_name))
    return list(found.values())


def _expected(tokens: list[Word]) -> Expected:
    folds = [word.fold for word in tokens]
    pairs = set(pairwise(folds))
    if "when" in folds or {("what", "time"), ("what", "date"), ("which", "day"), ("what", "year")} & pairs:
        return "time"
    how = {second for first, second in pairs if first == "how"}
    if how & {"much", "many", "long", "often", "old", "far", "high", "large", "big"} or "percentage" in folds:
        return "amount"
    if set(folds) & {"who", "whom", "whose"}:
        return "person"
    return "place" if "where" in folds else "text"


def _limit(tokens: list[Word]) -> int:
    for one, two in pairwise(tokens):
        number = number_of(one.fold)
        if isinstance(number, int) and 0 < number <= 10 and two.fold in _QUOTE:
            return number
    return 3 if any(word.fold in ("quotes", "quotations", "passages", "sentences") for word in tokens) else 1
