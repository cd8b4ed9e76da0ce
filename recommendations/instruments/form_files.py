"""A filled form as a YAML or JSON file: `_meta.form`, `submission`, and `values` keyed by item. Read with suspicion."""

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

from recommendations.instruments import INSTRUMENTS
from recommendations.instruments.dates import iso_date

MAX_BYTES = 2 * 1024 * 1024


class BadFormFile(ValueError):
    """No filled form; the text is fit for the screen."""


@dataclass(frozen=True)
class FormFile:
    """`values` as they stand in the file, also for items the form does not have; `attachments` are kinds."""

    instrument_code: str
    values: dict[str, Any]
    submitted_on: date | None = None
    attachments: list[str] = field(default_factory=list)


class _PlainLoader(yaml.SafeLoader):
    """Without aliases: a few bytes of them unfold to gigabytes, and no filled form needs one."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            raise BadFormFile("Berkas ini memakai alias YAML (&, *). Tulis isinya utuh.")
        return super().compose_node(parent, index)


def read_form_file(content: bytes) -> FormFile:
    """The filled form in a YAML or JSON file. Raises BadFormFile."""
    if len(content) > MAX_BYTES:
        raise BadFormFile("Berkas ini lebih dari 2 MB, terlalu besar untuk sebuah formulir.")
    read = _parsed(content)
    meta, values = _mapping(read.get("_meta")), read.get("values")
    code = meta.get("form")
    if not isinstance(values, dict):
        raise BadFormFile("Berkas ini tidak memuat `values`, isian formulir menurut nama isiannya.")
    if not isinstance(code, str) or code not in INSTRUMENTS:
        raise BadFormFile(f"`_meta.form` harus {' atau '.join(INSTRUMENTS)}.")
    told = _mapping(read.get("submission"))
    kinds = told.get("attachments") if isinstance(told.get("attachments"), list) else []
    return FormFile(
        code,
        {str(item_id): _storable(value) for item_id, value in values.items()},
        iso_date(_storable(told.get("tanggal_pengajuan"))),
        [str(kind) for kind in kinds],
    )


def _parsed(content: bytes) -> dict[str, Any]:
    try:
        text = content.decode("utf-8-sig")
        read = json.loads(text) if text.lstrip().startswith("{") else yaml.load(text, _PlainLoader)  # noqa: S506 - a SafeLoader
    except BadFormFile:
        raise
    except (ValueError, yaml.YAMLError, RecursionError) as problem:
        raise BadFormFile("Berkas ini bukan YAML atau JSON yang utuh.") from problem
    if not isinstance(read, dict):
        raise BadFormFile("Berkas ini tidak memuat `_meta` dan `values`.")
    return read


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _storable(value: Any) -> Any:
    """YAML reads 2027-02-28 without quotes as a date; what JSON has no word for becomes text."""
    if isinstance(value, dict):
        return {str(key): _storable(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_storable(part) for part in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)
