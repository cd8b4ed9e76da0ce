"""How one answer of the paper becomes an answer to MS-Keg. What is not sure stays in the paper's words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from recommendations.instruments.conditions import Answers
from recommendations.instruments.structure import Instrument
from recommendations.instruments.values import BadAnswer, clean
from recommendations.instruments.words import answer_words


@dataclass(frozen=True)
class Converted:
    """`value` in MS-Keg's codes, None when the officer must decide: then `why` says what is unsure.

    `details` are the words specified beside a code ("Lainnya: ..."); `hint` is worth knowing beside a sure value.
    """

    value: Any = None
    why: str = ""
    hint: str = ""
    details: Mapping[int, str] = field(default_factory=dict)


Convert = Callable[[Instrument, Answers], Converted]


@dataclass(frozen=True)
class Recoding:
    """Which items of the paper's form answer a question of MS-Keg, and how; `details` specify what they answer."""

    sources: tuple[str, ...]
    convert: Convert
    details: tuple[str, ...] = ()


def copied(item_id: str, *, hint: str = "") -> Recoding:
    """Text, number, date or period: the same on both forms."""

    def convert(instrument: Instrument, answers: Answers) -> Converted:
        return Converted(_value(instrument, item_id, answers), hint=hint)

    return Recoding((item_id,), convert)


def recoded(item_id: str, codes: Mapping[int, int], *, why: str = "", detail: str = "") -> Recoding:
    """One code becomes another; a code that is not in `codes` is the officer's to decide."""

    def convert(instrument: Instrument, answers: Answers) -> Converted:
        code = _value(instrument, item_id, answers)
        return Converted(codes[code]) if code in codes else Converted(why=why)

    return Recoding((item_id,), convert, (detail,) if detail else ())


def recoded_all(item_id: str, codes: Mapping[int, int], *, specified: Mapping[int, str], why: str = "") -> Recoding:
    """Several codes; `specified` names the item that specifies a code of the paper. One unsure code leaves all open."""

    def convert(instrument: Instrument, answers: Answers) -> Converted:
        given = _value(instrument, item_id, answers) or []
        if not given or any(code not in codes for code in given):
            return Converted(why=why if given else "")
        words = {code: _words(instrument, specified[code], answers) for code in given if code in specified}
        details = {codes[code]: text for code, text in words.items() if text}
        return Converted(sorted({codes[code] for code in given}), details=details)

    return Recoding((item_id,), convert, tuple(specified.values()))


def together(item_id: str, codes: Mapping[tuple[int, ...], int], *, why: str, detail: str) -> Recoding:
    """Several codes of the paper are one code of MS-Keg: staff and partners are 3."""

    def convert(instrument: Instrument, answers: Answers) -> Converted:
        given = tuple(_value(instrument, item_id, answers) or ())
        return Converted(codes[given]) if given in codes else Converted(why=why if given else "")

    return Recoding((item_id,), convert, (detail,))


def to_decide(*item_ids: str, why: str) -> Recoding:
    """Written in words on paper, asked by code in MS-Keg."""
    return Recoding(item_ids, lambda instrument, answers: Converted(why=why))


def always(code: int, *, item_id: str) -> Recoding:
    """What the kind of form itself says."""
    return Recoding((item_id,), lambda instrument, answers: Converted(code))


def table_of_rows(item_id: str, columns: Mapping[str, str], *, hint: str = "") -> Recoding:
    """A table; `columns` names for each column of MS-Keg that of the paper, "" where the paper has none."""

    def convert(instrument: Instrument, answers: Answers) -> Converted:
        rows = _value(instrument, item_id, answers) or []
        value = [{ours: row.get(theirs, "") for ours, theirs in columns.items()} for row in rows]
        return Converted(value or None, hint=hint if value else "")

    return Recoding((item_id,), convert)


def _value(instrument: Instrument, item_id: str, answers: Answers) -> Any:
    """The paper's answer; None when it is empty or unreadable."""
    try:
        return clean(instrument.item(item_id), answers.get(item_id))
    except BadAnswer:
        return None


def _words(instrument: Instrument, item_id: str, answers: Answers) -> str:
    return answer_words(instrument.item(item_id), answers.get(item_id))
