"""Checks on the table of variables: names, definitions, reference times. Each has one hit with the row numbers."""

import re
from collections.abc import Callable
from itertools import chain

from recommendations.instruments.rules.periods import ends_on
from recommendations.instruments.rules.reading import Reading
from recommendations.instruments.rules.shape import Facts, Hit, RuleCheck
from recommendations.instruments.texts import WORD, listed

_Row = dict[str, str]
TABLE = "variabel"
ENDS_WELL = re.compile(r"[.][\"”’')]*$")
BEGINS_BADLY = re.compile(r"[\"“'(]*adalah\b", re.IGNORECASE)
ACRONYM = re.compile(r"\b[A-Z]{2,}s?\b")
ROMAN = re.compile(r"[IVX]+")
ABBREVIATIONS = re.compile(
    r"\b(?:jml|jlh|jmlh|jum|ttl|tsb|dgn|yg|utk|dlm|pd|tgl|bln|thn|th|hr|no|nmr|kel|kec|kab|prov|krt|art|ruta|org|lk|pr|"
    r"rmh|pddk|pdd|pend|penddk|pek|klg|kpl|ket|dll|dsb|dst|rata2|rt2|sblm|ssdh|skt|pengel|perush|prsh)\b\.?",
    re.IGNORECASE,
)
SHORT_UNITS = re.compile(
    r"%|°\s*c|(?<![a-z])(?:rp\.?|kg|gr|km|cm|mm|km2|m2|m3|m²|m³|km²|ha|kwh|mwh|kva|ltr|kw)(?![a-z0-9])", re.IGNORECASE
)
UNIT = (
    r"orang|jiwa|rupiah|persen|unit|buah|kilogram|gram|ton|kuintal|kwintal|kilometer|meter(?: persegi)?|hektare?|liter"
    r"|tahun|bulan|hari|jam|menit|ekor|batang|lembar|kepala keluarga|keluarga|juta(?: rupiah)?|ribu(?: rupiah)?"
)
WRITTEN_UNIT = re.compile(rf"[(\[]\s*(?:dalam\s+)?(?:{UNIT})\s*[)\]]|\b(?:dalam|satuan)\s+(?:{UNIT})\b", re.IGNORECASE)
FILLING = {
    "adalah", "ialah", "merupakan", "yaitu", "yakni", "yang", "dan", "atau", "dari", "di", "pada", "dengan",
    "jumlah", "banyaknya", "banyak", "nilai", "data", "tentang",
}  # fmt: skip
"""Words that do not help to explain a variable."""


def some_row(is_wrong: Callable[[_Row], bool]) -> RuleCheck:
    """Return a check with one hit when any row of the table is wrong; the hit has the numbers of the wrong rows."""

    def check(form: Reading, facts: Facts) -> list[Hit]:
        return _told([number for number, row in enumerate(form.rows(TABLE), 1) if is_wrong(row)])

    return check


def _told(numbers: list[int]) -> list[Hit]:
    return [Hit(f"Variabel nomor {listed(numbers)}.")] if numbers else []


def lacks(*columns: str) -> RuleCheck:
    """Return a check that hits when any row has an empty cell in one of these columns."""
    return some_row(lambda row: not all(row[column] for column in columns))


def is_badly_put(row: _Row) -> bool:
    """Return whether the definition begins with "adalah" or does not end with a full stop. False when it is empty."""
    definition = row["definisi"]
    return bool(definition) and (bool(BEGINS_BADLY.match(definition)) or not ENDS_WELL.search(definition))


def says_nothing(row: _Row) -> bool:
    """Return whether the definition only repeats the name or does not end with a full stop. False when it is empty."""
    definition = row["definisi"]
    if not definition:
        return False
    return not ENDS_WELL.search(definition) or _content(definition) <= _content(row["nama"])


def _content(words: str) -> set[str]:
    return {word.lower() for word in WORD.findall(words)} - FILLING


def shortened_names(form: Reading, facts: Facts) -> list[Hit]:
    """Return one hit that lists the names with an abbreviation or a unit, and what was found in each; else []."""
    seen = {number: shortenings(row["nama"]) for number, row in enumerate(form.rows(TABLE), 1)}
    told = [f"nomor {number} ({listed(found, most=3)})" for number, found in seen.items() if found]
    return [Hit(f"Variabel {listed(told)}.")] if told else []


def shortenings(name: str) -> list[str]:
    """Return the abbreviations and units in the name of a variable.

    If the whole name is in capitals, capitals do not count as a sign of an abbreviation.
    """
    capitals = [] if name.isupper() and " " in name else ACRONYM.findall(name)
    patterns = (ABBREVIATIONS, SHORT_UNITS, WRITTEN_UNIT)
    found = chain((word for word in capitals if not ROMAN.fullmatch(word)), *(one.findall(name) for one in patterns))
    return list(dict.fromkeys(found))


def refers_past(stage: str) -> RuleCheck:
    """Return a check that hits when a reference time ends after the stage begins: such data do not exist yet."""

    def check(form: Reading, facts: Facts) -> list[Hit]:
        begins = form.period(stage).start
        if begins is None:
            return []
        ends = [(number, ends_on(row["referensi_waktu"])) for number, row in enumerate(form.rows(TABLE), 1)]
        return _told([number for number, day in ends if day and day > begins])

    return check


def differing_times(form: Reading) -> bool:
    """Return whether the reference times differ: by their last days, or by their words when no day can be read."""
    words = [row["referensi_waktu"] for row in form.rows(TABLE) if row["referensi_waktu"]]
    days = {ends_on(each) for each in words} - {None}
    return len(days) > 1 or (not days and len({each.lower() for each in words}) > 1)
