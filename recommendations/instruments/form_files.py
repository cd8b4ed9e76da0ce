"""Read a filled form from a YAML file: values by item, the day of the submission, the kinds of its attachments."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from office.dates import BadDate, read_date
from office.refusals import Refused
from recommendations.instruments import INSTRUMENTS
from recommendations.instruments.structure import Instrument
from recommendations.instruments.values import BadAnswer, clean

if TYPE_CHECKING:
    from yaml import SafeLoader
else:
    SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C loader is faster; not every PyYAML has it

LARGEST = 2 * 1024 * 1024
"""In bytes. A form with 500 variables needs a tenth of this."""
DEEPEST = 10
"""Levels of lists and mappings inside each other. A form has four."""
WRITTEN_OUT = "tag:yaml.org,2002:"


class BadFormFile(Refused):
    """Raised when the file does not contain a filled form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFile:
    """The content of a form file.

    `values` are ready to be stored. A value that cannot be read, or whose item is unknown, is as typed.
    """

    instrument_code: str
    values: dict[str, Any]
    submitted_on: date | None
    attachments: tuple[str, ...]

    @property
    def instrument(self) -> Instrument:
        return INSTRUMENTS[self.instrument_code]


class _Loader(SafeLoader):
    """Reads every value as text, as on paper: 0511 is a telephone number, not 329. An empty value is None."""

    yaml_implicit_resolvers = {
        sign: [(tag, pattern) for tag, pattern in resolvers if tag.endswith(":null")]
        for sign, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def read_form_file(source: Path | bytes) -> FormFile:
    """Return the filled form in a file, or in its bytes. Raise BadFormFile when there is none or it is too large."""
    read = _parsed(_content(source))
    code = _part(read, "_meta").get("form")
    if not isinstance(code, str) or code not in INSTRUMENTS:
        raise BadFormFile(f"_meta.form harus salah satu dari {', '.join(INSTRUMENTS)}.")
    submission = _part(read, "submission", needed=False)
    return FormFile(
        instrument_code=code,
        values=_values(INSTRUMENTS[code], _part(read, "values")),
        submitted_on=_day(submission.get("tanggal_pengajuan")),
        attachments=_kinds(submission.get("attachments")),
    )


def _content(source: Path | bytes) -> bytes:
    if isinstance(source, bytes):
        content = source
    else:
        try:
            with source.open("rb") as file:
                content = file.read(LARGEST + 1)
        except OSError as problem:
            raise BadFormFile(f"Berkas tidak terbaca: {problem.strerror}.") from problem
    if len(content) > LARGEST:
        raise BadFormFile(f"Berkas terlalu besar: paling besar {LARGEST // 1024 // 1024} MB.")
    return content


def _parsed(content: bytes) -> Mapping[str, Any]:
    try:
        text = content.decode("utf-8-sig")
        _look_through(text)
        read = yaml.load(text, Loader=_Loader)  # noqa: S506 - _Loader is a SafeLoader that builds even fewer types
    except (yaml.YAMLError, UnicodeDecodeError) as problem:
        raise BadFormFile(f"Berkas ini bukan YAML yang terbaca{_place(problem)}.") from problem
    if not isinstance(read, Mapping):
        raise BadFormFile("Isi berkas harus berupa pasangan nama dan nilai: _meta, submission, values.")
    return read


def _look_through(text: str) -> None:
    """Raise BadFormFile for YAML that a form never needs, before any value is built.

    That is: references (a few lines of them can grow to gigabytes), explicit data types, deep nesting.
    """
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent):
            raise BadFormFile(f"Berkas memakai rujukan (*{event.anchor}). Tulis isinya langsung.")
        if tag := getattr(event, "tag", None):
            raise BadFormFile(f"Berkas memakai jenis data {tag.removeprefix(WRITTEN_OUT)[:60]}. Hapus tandanya.")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise BadFormFile("Susunan berkas terlalu dalam untuk sebuah formulir.")


def _place(problem: Exception) -> str:
    mark = getattr(problem, "problem_mark", None)
    return f" (baris {mark.line + 1})" if mark else ""


def _part(read: Mapping[str, Any], name: str, *, needed: bool = True) -> Mapping[str, Any]:
    part = read.get(name)
    if part is None and not needed:
        return {}
    if not isinstance(part, Mapping):
        raise BadFormFile(f"Bagian {name} tidak ada atau bukan pasangan nama dan nilai.")
    return part


def _values(instrument: Instrument, typed: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(name): _value(instrument, str(name), raw) for name, raw in typed.items()}


def _value(instrument: Instrument, name: str, raw: Any) -> Any:
    try:
        return clean(instrument.item(name), raw) if instrument.has_item(name) else raw
    except BadAnswer:
        return raw


def _day(typed: Any) -> date | None:
    if typed is None:
        return None
    try:
        return read_date(str(typed))
    except BadDate as problem:
        raise BadFormFile(f"submission.tanggal_pengajuan: {problem}") from None


def _kinds(typed: Any) -> tuple[str, ...]:
    if typed is None:
        return ()
    if not isinstance(typed, list):
        raise BadFormFile("submission.attachments harus berupa daftar jenis lampiran.")
    return tuple(map(str, typed))
