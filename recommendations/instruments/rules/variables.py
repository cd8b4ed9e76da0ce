"""The table of variables: names, definitions, reference times. Each rule speaks once, with the numbers of the rows."""

import re
from collections.abc import Callable
from itertools import chain

from recommendations.instruments.rules.periods import ends_on
from recommendations.instruments.rules.reading import Reading
from recommendations.instruments.rules.shape import Check, Facts, Hit
from recommendations.instruments.texts import listed

Row = dict[str, str]
TABLE = "variabel"
ENDS_WELL = re.compile(r"[.][\"”’')]*$")
BEGINS_BADLY = re.compile(r"[\"“'(]*adalah\b", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+")
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
"""Words that say nothing of what a variable is."""


def some_row(is_wrong: Callable[[Row], bool]) -> Check:
    """Hit once when a row of the table is wrong, with the numbers of those that are."""

    def check(form: Reading, facts: Facts) -> list[Hit]:
        return _told([number for number, row in enumerate(form.rows(TABLE), 1) if is_wrong(row)])

    return check


def _told(numbers: list[int]) -> list[Hit]:
    return [Hit(f"Variabel nomor {listed(numbers)}.")] if numbers else []


def lacks(*columns: str) -> Check:
    """One of these cells of a row is empty."""
    return some_row(lambda row: not all(row[column] for column in columns))


def is_badly_put(row: Row) -> bool:
    """A definition that begins with "adalah" or does not end with a full stop."""
    definition = row["definisi"]
    return bool(definition) and (bool(BEGINS_BADLY.match(definition)) or not ENDS_WELL.search(definition))


def says_nothing(row: Row) -> bool:
    """A definition that only repeats the name, or does not end with a full stop."""
    definition = row["definisi"]
    if not definition:
        return False
    return not ENDS_WELL.search(definition) or _content(definition) <= _content(row["nama"])


def _content(words: str) -> set[str]:
    return {word.lower() for word in WORD.findall(words)} - FILLING


def shortened_names(form: Reading, facts: Facts) -> list[Hit]:
    """Names with an abbreviation or a unit in them, each with what was seen."""
    seen = {number: shortenings(row["nama"]) for number, row in enumerate(form.rows(TABLE), 1)}
    told = [f"nomor {number} ({listed(found, most=3)})" for number, found in seen.items() if found]
    return [Hit(f"Variabel {listed(told)}.")] if told else []


def shortenings(name: str) -> list[str]:
    """The abbreviations and units in the name of a variable; capitals tell nothing where all is in capitals."""
    capitals = [] if name.isupper() and " " in name else ACRONYM.findall(name)
    patterns = (ABBREVIATIONS, SHORT_UNITS, WRITTEN_UNIT)
    found = chain((word for word in capitals if not ROMAN.fullmatch(word)), *(one.findall(name) for one in patterns))
    return list(dict.fromkeys(found))


def refers_past(stage: str) -> Check:
    """A reference time ends after the stage has begun: what is collected cannot lie ahead."""

    def check(form: Reading, facts: Facts) -> list[Hit]:
        begins = form.period(stage).start
        if begins is None:
            return []
        ends = [(number, ends_on(row["referensi_waktu"])) for number, row in enumerate(form.rows(TABLE), 1)]
        return _told([number for number, day in ends if day and day > begins])

    return check


def differing_times(form: Reading) -> bool:
    """The reference times are not of one time: told by the days on which they end, else by their words."""
    words = [row["referensi_waktu"] for row in form.rows(TABLE) if row["referensi_waktu"]]
    days = {ends_on(each) for each in words} - {None}
    return len(days) > 1 or (not days and len({each.lower() for each in words}) > 1)
