"""Answers in Indonesian words, for the annex of a letter and for the examination."""

from collections.abc import Callable, Mapping
from typing import Any

from office.dates import iso_date, letter_date
from recommendations.instruments.conditions import Answers
from recommendations.instruments.structure import Instrument, Item, Kind, Rincian
from recommendations.instruments.values import BadAnswer, clean

SPECIFY = " (sebutkan)"


def answer_words(item: Item, value: Any) -> str:
    """Return one answer in words: "4 - Kabupaten/Kota", "9 Juli 2027". Unreadable: as typed. Empty: ""."""
    return _words(item, value, {})


def answer_lines(item: Item, value: Any) -> list[str]:
    """Return one answer in words: one line, or for a table one line for each row. [] when it is empty."""
    if item.kind is Kind.TABLE and isinstance(value, list):
        cells = ([_plain(row.get(column.id)) for column in item.columns] for row in value if isinstance(row, Mapping))
        return [", ".join(filter(None, row)) for row in cells]
    words = answer_words(item, value)
    return [words] if words else []


def code_sum(item: Item, value: Any) -> int:
    """Return the number for the paper's box at "lingkari semua": the sum of the codes. 0 when empty or unreadable."""
    try:
        codes = clean(item, value)
    except BadAnswer:
        return 0
    return sum(codes) if isinstance(codes, list) and item.kind is Kind.CHOICES else 0


def rincian_words(rincian: Rincian, answers: Mapping[str, Any]) -> str:
    """Return all answers of one line of the form. A "sebutkan" or an explanation follows the answer it belongs to."""
    leads = [item for item in rincian.items if rincian.lead_of(item) is None]
    told = {item.id: _with_details(rincian, item, answers) for item in leads}
    if len(leads) == 1:
        return told[leads[0].id]
    if [item.kind for item in leads] == [Kind.CHOICE, Kind.TEXTAREA]:  # our helping code, the paper's explanation
        return ". ".join(filter(None, told.values()))
    labels = {item.id: rincian.part_label(item).removesuffix(SPECIFY) for item in leads}
    return "; ".join(f"{labels[item_id]}: {words}" for item_id, words in told.items() if words)


def _with_details(rincian: Rincian, lead: Item, answers: Mapping[str, Any]) -> str:
    """Return the words of the lead with its details.

    A detail follows its code. When that code was not chosen, or the lead is a yes/no question, the detail comes last,
    after a full stop.
    """
    value = answers.get(lead.id)
    beside: dict[int, str] = {}
    after: list[str] = []
    for item in rincian.items:
        if rincian.lead_of(item) is lead and (words := answer_words(item, answers.get(item.id))):
            code = item.code_under(lead)
            if code is not None and code in _codes(lead, value) and lead.kind is not Kind.YESNO:
                beside[code] = words
            else:
                after.append(words)
    return ". ".join(filter(None, [_words(lead, value, beside), *after]))


def _codes(item: Item, value: Any) -> list[int]:
    try:
        code = clean(item, value)
    except BadAnswer:
        return []
    return code if isinstance(code, list) else [code]


def _words(item: Item, value: Any, details: dict[int, str]) -> str:
    try:
        cleaned = clean(item, value)
    except BadAnswer:
        return _plain(value)
    if cleaned in (None, []):
        return ""
    if item.kind in (Kind.CHOICE, Kind.CHOICES):
        return _code_words(item, cleaned, details)
    return WORDS.get(item.kind, _plain_item)(item, cleaned)


def _code_words(item: Item, value: int | list[int], details: dict[int, str]) -> str:
    codes = value if isinstance(value, list) else [value]
    words = "; ".join(choice_words(item, code, details.get(code, "")) for code in codes)
    return f"{words}. Jumlah kode: {sum(codes)}" if len(codes) > 1 else words


def choice_words(item: Item, code: int, detail: str) -> str:
    """Return an answer's code with its words, e.g. "2 - Survei"; `detail` is what was typed beside it, or ""."""
    label = next(choice.label for choice in item.choices if choice.code == code)
    return f"{code} - {label.removesuffix(SPECIFY)}: {detail}" if detail else f"{code} - {label}"


def _yes_no(item: Item, code: int) -> str:
    return next(choice.label for choice in item.choices if choice.code == code)


def _date(item: Item, value: str) -> str:
    return _day(value)


def _day(value: str | None) -> str:
    day = iso_date(value)
    return letter_date(day) if day else "(belum diisi)"


def _date_range(item: Item, value: dict[str, str | None]) -> str:
    return f"{_day(value['awal'])} s.d. {_day(value['akhir'])}"


def _integer(item: Item, value: int) -> str:
    return f"{value:,}".replace(",", ".")


def _table(item: Item, rows: list[dict[str, str]]) -> str:
    if any(column.kind is Kind.REGION for column in item.columns):
        return _regions(rows)
    return f"{len(rows)} baris"


def _regions(rows: list[dict[str, str]]) -> str:
    """Return the regions, each province once: "Kalimantan Selatan: Kota Banjarmasin, Kabupaten Banjar"."""
    places: dict[str, list[str]] = {}
    for row in rows:
        places.setdefault(row["provinsi"], []).append(row["kabkota"])
    told = ((province, ", ".join(filter(None, names))) for province, names in places.items())
    return "; ".join(": ".join(filter(None, pair)) for pair in told)


def _plain_item(item: Item, value: Any) -> str:
    return str(value)


def _plain(value: Any) -> str:
    """Return any typed value as readable text; "" for None."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {_plain(part)}" for name, part in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_plain, value))
    return "" if value is None else str(value)


WORDS: Mapping[Kind, Callable[[Item, Any], str]] = {
    Kind.YESNO: _yes_no,
    Kind.DATE: _date,
    Kind.DATERANGE: _date_range,
    Kind.INTEGER: _integer,
    Kind.TABLE: _table,
}


def place_words(instrument: Instrument, item_id: str) -> tuple[str, str]:
    """Return number and label of one item: ("2.2", "Nama Manajer Survei: Telepon").

    The number is "" on the cover. For an unknown item, return "" and the id.
    """
    if not instrument.has_item(item_id):
        return "", item_id
    item, rincian = instrument.item(item_id), instrument.rincian_of(item_id)
    if item.on_cover:
        return "", item.label
    label = rincian.label if item is rincian.items[0] else f"{rincian.label}: {rincian.part_label(item)}"
    return item.number, label


def table_rows(rincian: Rincian, answers: Answers) -> list[dict[str, str]]:
    """Return the rows of the table of variables (FS3 4.2, FP-KPA IV) with the keys name, words and time.

    `words` joins concept, definition and source. [] when the line has no such table.
    """
    table = next((item for item in rincian.items if item.kind is Kind.TABLE and item.columns[0].id == "nama"), None)
    rows = answers.get(table.id) if table else None
    return [_variable(row) for row in (rows if isinstance(rows, list) else []) if isinstance(row, Mapping)]


def row_words(rincian: Rincian, answers: Answers) -> list[str]:
    """Return each row of the table of variables as one text. [] when the line has no such table."""
    rows = table_rows(rincian, answers)
    return [f"{row['name']}. {row['words']}" + (f" ({row['time']})" if row["time"] else "") for row in rows]


def _variable(row: Mapping[str, Any]) -> dict[str, str]:
    def cell(column: str) -> str:
        return str(row.get(column) or "").strip()

    sentences = [cell(column).removesuffix(".") for column in ("konsep", "definisi", "sumber")]
    return {
        "name": cell("nama").removesuffix("."),
        "words": "".join(f"{sentence}. " for sentence in sentences if sentence).strip(),
        "time": cell("referensi_waktu"),
    }
