"""Convert an answer on paper to an answer to MS-Keg. An uncertain answer keeps the words of the paper."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from recommendations.instruments.conditions import Answers
from recommendations.instruments.structure import Instrument
from recommendations.instruments.values import BadAnswer, clean
from recommendations.instruments.words import answer_words


@dataclass(frozen=True)
class Converted:
    """The result of a conversion.

    `value` is in the codes of MS-Keg. It is None when there is no answer, or when the officer must decide; `why` then
    may give the reason. `details` are the words specified for a code ("Lainnya: ..."). `hint` is a note on the value.
    """

    value: Any = None
    why: str = ""
    hint: str = ""
    details: Mapping[int, str] = field(default_factory=dict)


Convert = Callable[[Instrument, Answers], Converted]


@dataclass(frozen=True)
class Recoding:
    """The conversion for one question of MS-Keg.

    `sources` are the items on paper that answer it, `details` the items that specify those answers ("sebutkan").
    """

    sources: tuple[str, ...]
    convert: Convert
    details: tuple[str, ...] = ()


def same_answer(item_id: str, *, hint: str = "") -> Recoding:
    """Return a recoding that copies a text, number, date or period, which is the same on both forms."""

    def convert(instrument: Instrument, answers: Answers) -> Converted:
        return Converted(_value(instrument, item_id, answers), hint=hint)

    return Recoding((item_id,), convert)


def recoded(item_id: str, codes: Mapping[int, int], *, why: str = "", detail: str = "") -> Recoding:
    """Return a recoding of one code to another. The officer decides on a code that is not in `codes`."""

    def convert(instrument: Instrument, answers: Answers) -> Converted:
        code = _value(instrument, item_id, answers)
        return Converted(codes[code]) if code in codes else Converted(why=why)

    return Recoding((item_id,), convert, (detail,) if detail else ())


def recoded_all(item_id: str, codes: Mapping[int, int], *, specified: Mapping[int, str], why: str = "") -> Recoding:
    """Return a recoding of several codes.

    `specified` maps a code of the paper to the item that specifies it. If one code is not in `codes`, the officer
    decides on the whole answer.
    """

    def convert(instrument: Instrument, answers: Answers) -> Converted:
        given = _value(instrument, item_id, answers) or []
        if not given or any(code not in codes for code in given):
            return Converted(why=why if given else "")
        words = {code: _words(instrument, specified[code], answers) for code in given if code in specified}
        details = {codes[code]: text for code, text in words.items() if text}
        return Converted(sorted({codes[code] for code in given}), details=details)

    return Recoding((item_id,), convert, tuple(specified.values()))


def together(item_id: str, codes: Mapping[tuple[int, ...], int], *, why: str, detail: str) -> Recoding:
    """Return a recoding of several codes on paper to one code of MS-Keg: staff and partners become 3."""

    def convert(instrument: Instrument, answers: Answers) -> Converted:
        given = tuple(_value(instrument, item_id, answers) or ())
        return Converted(codes[given]) if given in codes else Converted(why=why if given else "")

    return Recoding((item_id,), convert, (detail,))


def to_decide(*item_ids: str, why: str) -> Recoding:
    """Return a recoding without a value: the paper has words, MS-Keg wants a code, so the officer decides."""
    return Recoding(item_ids, lambda instrument, answers: Converted(why=why))


def always(code: int, *, item_id: str) -> Recoding:
    """Return a recoding that gives `code` for every form of that kind."""
    return Recoding((item_id,), lambda instrument, answers: Converted(code))


def table_of_rows(item_id: str, columns: Mapping[str, str], *, hint: str = "") -> Recoding:
    """Return a recoding of a table. `columns` maps each column of MS-Keg to a column on paper, or to "" for none."""

    def convert(instrument: Instrument, answers: Answers) -> Converted:
        rows = _value(instrument, item_id, answers) or []
        value = [{ours: row.get(theirs, "") for ours, theirs in columns.items()} for row in rows]
        return Converted(value or None, hint=hint if value else "")

    return Recoding((item_id,), convert)


def _value(instrument: Instrument, item_id: str, answers: Answers) -> Any:
    """Return the answer on paper; None when it is unreadable, None or [] when it is empty."""
    try:
        return clean(instrument.item(item_id), answers.get(item_id))
    except BadAnswer:
        return None


def _words(instrument: Instrument, item_id: str, answers: Answers) -> str:
    return answer_words(instrument.item(item_id), answers.get(item_id))
