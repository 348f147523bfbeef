"""The words of the grammar. `docs/questions.md` shows them to people."""

from __future__ import annotations

from agentia_kit.language.vocabulary import wordset
from agentia_kit.language.words import stem

AGGREGATES = {
    "sum": wordset("sum total totals overall altogether combined"),
    "avg": wordset("average mean avg typical averages"),
    "median": wordset("median"),
    "max": wordset("maximum max"),
    "min": wordset("minimum min"),
    "count": wordset("count counts"),
}
HIGH = wordset("""
    most highest largest biggest greatest best top maximum max strongest longest oldest leading
    busiest expensive popular frequent common bestselling warmest hottest heaviest tallest
""")
LOW = wordset("""
    least lowest smallest fewest worst bottom minimum min weakest shortest youngest cheapest rarest
    slowest coldest
""")
TREND = wordset("""
    trend trends develop developed development evolve evolved evolution growth grow grew grown
    growing changed
""")
COMPARE = wordset("compare compares compared comparing comparison versus vs difference differ than")
CHART = wordset("chart charts plot plots graph graphs draw visualise visualize diagram picture")
CHART_KINDS = {"bar": "bar", "bars": "bar", "column": "bar", "line": "line", "pie": "pie"}
GROUP = wordset("by per each every across")
LIST = wordset("list rows records entries display")
NOT = wordset("not except excluding without isn't aren't")
LIMITS = wordset("over above exceeding exceeds exceed under below")
BUCKETS = {
    "day": wordset("day days daily"),
    "week": wordset("week weeks weekly"),
    "month": wordset("month months monthly"),
    "quarter": wordset("quarter quarters quarterly"),
    "year": wordset("year years yearly annual annually annum"),
}
ROW_NOUNS = wordset("row rows record records entry entries line lines item items time times case cases often")
PERSON_COLUMNS = wordset("""
    person salesperson seller employee customer client name rep representative agent owner author
    user member student player manager driver
""")

_INCOMING = (
    "revenue sales sale sold turnover amount income earnings proceeds total value units unit quantity qty "
    "fare takings"
)
_MEANINGS = {
    "sold sell sells selling sale sales seller bestselling": _INCOMING,
    "revenue turnover income earnings proceeds made brought": _INCOMING,
    "earn earns earned earning paid salary wage wages pay": f"salary wage pay income {_INCOMING}",
    "cost costs spend spent spending expense expenses": "cost expense spending amount price total",
    "expensive cheapest cheap": "price cost amount value",
    "ordered bought purchased quantity amount volume": "quantity qty units amount volume",
    "old oldest young youngest": "age years",
    "warm warmest hot hottest cold coldest": "temperature temp degrees",
    "people inhabitants residents": "population people inhabitants residents",
    "long longest short shortest": "length duration minutes hours",
    "heavy heaviest": "weight mass",
    "tall tallest": "height",
}


def _by_word() -> dict[str, list[str]]:
    return {
        word: [stem(each) for each in meant.split()]
        for words, meant in _MEANINGS.items()
        for word in words.split()
    }


_SYNONYMS = _by_word()


def synonyms(word: str) -> list[str]:
    """Stems of the columns that `word` may mean, likeliest first; empty for most words."""
    return _SYNONYMS.get(word, [])


DOING = wordset("""
    sold sell sells selling made brought earn earns earned earning paid pay spend spent spending
    ordered bought purchased
""")
"""Synonyms that say what was done rather than name a number: any number may be meant."""
DAYS = wordset("day days date dates")
"""What the days of any column of dates may be called."""
SHARE = wordset("percentage percent share proportion fraction")
EARLY = wordset("first earliest oldest")
LATE = wordset("last latest newest recent recently")

GLUE = wordset("""
    yes no true false work works worked working live lives come comes came belong belongs value
    happened during average data table tables file files column columns field row rows record
    records answer question figure figures number numbers result results overview manager boss team
    meeting report presentation detail details order show give tell list find get compute calculate
    work want know see need look please between during since until before after from more less
    greater fewer higher lower larger smaller older younger at least is are where whose same
    different distinct unique many much long often broken down grouped group split sorted sort
    ranked rank over under above below than and or but only exactly equal equals value values times
    chart bar line pie short brief write together across one ones thing things here year years month
    make made do did go goes went exist exists contain contains what's whats let january february
    march april may june july august september october november december
""")
"""Words that may stay unexplained without changing the meaning of a question."""

KEYWORDS = frozenset[str]().union(
    *AGGREGATES.values(),
    *BUCKETS.values(),
    HIGH,
    LOW,
    TREND,
    COMPARE,
    CHART,
    GROUP,
    LIST,
    NOT,
    LIMITS,
    CHART_KINDS,
    SHARE,
    EARLY,
    LATE,
)
"""Words with a task of their own: never taken as part of a column's name alone."""
