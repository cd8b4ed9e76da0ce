"""Convert typed answers to values to store, and stored values back for a form. Stored values fit into JSON."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from office.dates import FIRST_YEAR, LAST_YEAR, BadDate, form_date, iso_date, read_date
from office.refusals import Refused
from office.texts import tidy_line, tidy_paragraphs
from recommendations.instruments.structure import Column, Item, Kind
from recommendations.instruments.texts import is_email, is_phone

LONGEST_TEXT = 10_000
MOST_ROWS = 500
RANGE_ENDS = ("awal", "akhir")
WHOLE_NUMBER = re.compile(r"[0-9]{1,9}|[0-9]{1,3}(\.[0-9]{3}){1,2}")
CODE = re.compile(r"[0-9]{1,4}")


class BadAnswer(Refused):
    """Raised when an answer cannot be read; the text says what to type instead."""


def clean(item: Item, raw: Any) -> Any:
    """Return the value to store for a posted or recorded answer; for no answer None, or [] for CHOICES and TABLE.

    Raise BadAnswer when the answer cannot be read. The caller then stores it as typed, so that no input is lost.
    """
    return CLEANERS[item.kind](item, raw)


def is_empty(item: Item, value: Any) -> bool:
    """Return whether there is no answer at all. False for an unreadable answer.

    A table is read only to its first filled row, because it may be long.
    """
    try:
        if item.kind is Kind.TABLE:
            return next(_filled_rows(item, value), None) is None
        return clean(item, value) in (None, [])
    except BadAnswer:
        return False


def as_typed(item: Item, value: Any) -> Any:
    """Return a stored value as a form shows it: dates as 28/02/2027. An unreadable value comes back as typed."""
    if item.kind is Kind.DATE:
        day = iso_date(value)
        return form_date(day) if day else value
    return _range_as_typed(value) if item.kind is Kind.DATERANGE else value


def _range_as_typed(value: Any) -> Any:
    ends = dict.fromkeys(RANGE_ENDS) if value is None else value
    if not isinstance(ends, Mapping) or set(ends) != set(RANGE_ENDS):
        return value
    days = {end: iso_date(ends[end]) for end in RANGE_ENDS}
    if any(days[end] is None and not _is_blank(ends[end]) for end in RANGE_ENDS):
        return value
    return {end: form_date(day) if day else "" for end, day in days.items()}


def _is_blank(raw: Any) -> bool:
    return raw in (None, [], {}) or (isinstance(raw, str) and not raw.strip())


def _single(raw: Any) -> str:
    """Return one answer as text; a browser may post it as a list of one. Raise BadAnswer for several answers."""
    if isinstance(raw, list | tuple) and len(raw) <= 1:
        raw = raw[0] if raw else None
    if isinstance(raw, list | tuple | set | Mapping):
        raise BadAnswer("Tulis satu jawaban saja.")
    return "" if raw is None else str(raw)


def _line(item: Item | Column, raw: Any) -> str | None:
    text = _not_too_long(tidy_line(_single(raw)))
    if text and isinstance(item, Item) and item.pattern and not re.fullmatch(item.pattern, text, re.ASCII):
        raise BadAnswer(f"Isian belum sesuai. {item.help}".strip())
    return text or None


def _paragraphs(item: Item | Column, raw: Any) -> str | None:
    return _not_too_long(tidy_paragraphs(_single(raw))) or None


def _not_too_long(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise BadAnswer("Terlalu panjang: paling banyak 10.000 huruf.")
    return text


def _phone(item: Item, raw: Any) -> str | None:
    text = _line(item, raw)
    if text and not is_phone(text):
        raise BadAnswer("Tulis nomor telepon dengan angka, mis. 0511-3354221 ext 12. Kosongkan bila tidak ada.")
    return text


def _email(item: Item, raw: Any) -> str | None:
    text = _line(item, raw)
    if text and not is_email(text):
        raise BadAnswer("Belum lengkap, contoh: nama@instansi.go.id")
    return text


def _code(item: Item, raw: Any) -> int | None:
    text = tidy_line(_single(raw))
    if not text:
        return None
    code = int(text) if CODE.fullmatch(text) else None
    if code not in {choice.code for choice in item.choices}:
        raise BadAnswer(f"Kode {text[:20]} tidak ada pada {item.reference}.")
    return code


def _codes(item: Item, raw: Any) -> list[int]:
    if isinstance(raw, str):
        raw = re.split(r"[\s,;]+", tidy_line(raw))
    each = raw if isinstance(raw, list | tuple | set | frozenset) else [raw]
    codes = {_code(item, one) for one in each}
    return sorted(code for code in codes if code is not None)


def _integer(item: Item, raw: Any) -> int | None:
    text = tidy_line(_single(raw))
    if not text:
        return None
    if not WHOLE_NUMBER.fullmatch(text):
        raise BadAnswer("Tulis angka bulat, mis. 12.")
    number = int(text.replace(".", ""))
    if item.minimum is not None and number < item.minimum:
        raise BadAnswer(f"Tulis angka paling sedikit {item.minimum}.")
    return number


def _year(item: Item, raw: Any) -> int | None:
    text = tidy_line(_single(raw))
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{4}", text) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise BadAnswer(f"Tulis tahun dengan 4 angka, {FIRST_YEAR} sampai {LAST_YEAR}, mis. 2027.")
    return int(text)


def _date(item: Item, raw: Any) -> str | None:
    text = tidy_line(_single(raw))
    if not text:
        return None
    try:
        return read_date(text).isoformat()
    except BadDate as problem:
        raise BadAnswer(str(problem)) from None


def _date_range(item: Item, raw: Any) -> dict[str, str | None] | None:
    """Return both ends as ISO dates; None when both are empty.

    One end may be missing, and the start may be after the end: findings report that. Raise BadAnswer for a bad date.
    """
    if _is_blank(raw):
        return None
    if not isinstance(raw, Mapping) or not set(raw) <= set(RANGE_ENDS):
        raise BadAnswer("Tulis tanggal awal dan tanggal akhir, masing-masing seperti 28/02/2027.")
    ends = {end: _date(item, raw.get(end)) for end in RANGE_ENDS}
    return ends if any(ends.values()) else None


def _table(item: Item, raw: Any) -> list[dict[str, str]]:
    filled = list(_filled_rows(item, raw))
    if len(filled) > MOST_ROWS:
        raise BadAnswer(f"Terlalu banyak baris: {len(filled)}, paling banyak {MOST_ROWS}.")
    return filled


def _filled_rows(item: Item, raw: Any) -> Iterator[dict[str, str]]:
    if _is_blank(raw):
        return
    if not isinstance(raw, list | tuple):
        raise BadAnswer("Tabel tidak terbaca. Isi baris demi baris.")
    rows = (_row(item, number, row) for number, row in enumerate(raw, 1))
    yield from (row for row in rows if any(row.values()))


def _row(item: Item, number: int, raw: Any) -> dict[str, str]:
    """Return every column of the row, "" for an empty cell. Raise BadAnswer when the row cannot be read."""
    if not isinstance(raw, Mapping):
        raise BadAnswer(f"Baris {number} tidak terbaca. Isi baris demi baris.")
    try:
        return {column.id: _cell(column, raw.get(column.id)) for column in item.columns}
    except BadAnswer as problem:
        raise BadAnswer(f"Baris {number}: {problem}") from None


def _cell(column: Column, raw: Any) -> str:
    tidy = _paragraphs if column.kind is Kind.TEXTAREA else _line
    return tidy(column, raw) or ""


CLEANERS: Mapping[Kind, Callable[[Item, Any], Any]] = {
    Kind.TEXT: _line,
    Kind.TEXTAREA: _paragraphs,
    Kind.CHOICE: _code,
    Kind.CHOICES: _codes,
    Kind.YESNO: _code,
    Kind.INTEGER: _integer,
    Kind.YEAR: _year,
    Kind.DATE: _date,
    Kind.DATERANGE: _date_range,
    Kind.PHONE: _phone,
    Kind.EMAIL: _email,
    Kind.REGION: _line,
    Kind.TABLE: _table,
}
