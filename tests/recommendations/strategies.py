"""Strategies for property tests: answers of a form as `values.clean` stores them."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from office.dates import FIRST_YEAR, LAST_YEAR
from recommendations.instruments.structure import Column, Instrument, Item, Kind
from recommendations.instruments.values import BadAnswer, clean

UGLY = st.sampled_from(
    ("=1+1", "+62 812", "-", "@SUM(A1)", "'kutip", "'=", "_x0041_", "null", "yes", "1e5", "2027-02-28", "👍🏽", "ﬁ")
)
LONG = st.integers(200, 9_000).map(lambda length: "panjang " * (length // 8))
LINES = st.one_of(st.text(max_size=20), UGLY)
PARAGRAPHS = st.one_of(LINES, LONG, st.lists(LINES, max_size=3).map("\n".join))
PHONES = st.tuples(st.sampled_from(("", "+", "0")), st.text("0123456789", min_size=3)).map("".join)
IDENTITIES = st.integers(1, 999).map("V-26.6371.{:03}".format)
DATES = st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)).map(date.isoformat)


@st.composite
def answers_of(draw: st.DrawFn, instrument: Instrument) -> dict[str, Any]:
    """Draw stored answers to at most 12 items of the form, also to items that the form would skip."""
    items = draw(st.lists(st.sampled_from(instrument.items), unique_by=lambda item: item.id, max_size=12))
    answers = {item.id: draw(answer_to(item)) for item in items}
    return {name: value for name, value in answers.items() if value not in (None, [])}


def answer_to(item: Item) -> st.SearchStrategy[Any]:
    """Return a strategy for stored values of the item, also None and []."""
    return _raw(item).map(lambda raw: _stored(item, raw))


def _stored(item: Item, raw: Any) -> Any:
    try:
        return clean(item, raw)
    except BadAnswer:  # too long after Unicode composition (NFC)
        return None


def _raw(item: Item) -> st.SearchStrategy[Any]:
    codes = [choice.code for choice in item.choices]
    kinds = {
        Kind.TEXT: lambda: IDENTITIES if item.pattern else LINES,
        Kind.TEXTAREA: lambda: PARAGRAPHS,
        Kind.REGION: lambda: LINES,
        Kind.CHOICE: lambda: st.sampled_from(codes),
        Kind.YESNO: lambda: st.sampled_from(codes),
        Kind.CHOICES: lambda: st.lists(st.sampled_from(codes), unique=True),
        Kind.INTEGER: lambda: st.integers(item.minimum or 0, 999_999_999),
        Kind.YEAR: lambda: st.integers(FIRST_YEAR, LAST_YEAR),
        Kind.DATE: lambda: DATES,
        Kind.DATERANGE: lambda: st.fixed_dictionaries(
            {"awal": st.none() | DATES, "akhir": st.none() | DATES},
        ),
        Kind.PHONE: lambda: PHONES,
        Kind.EMAIL: lambda: st.text("abc._-", min_size=1).map("{}@contoh.example".format),
        Kind.TABLE: lambda: st.lists(st.fixed_dictionaries({c.id: _cell(c) for c in item.columns}), max_size=3),
    }
    return kinds[item.kind]()


def _cell(column: Column) -> st.SearchStrategy[str]:
    return PARAGRAPHS if column.kind is Kind.TEXTAREA else LINES
