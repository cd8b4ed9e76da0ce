"""Write a filled form as YAML or JSON, in the shape that `form_files` reads."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import yaml

from recommendations.instruments.conditions import Answers
from recommendations.instruments.structure import Instrument


def form_document(
    instrument: Instrument, answers: Answers, *, submitted_on: date | None, attachments: Sequence[str]
) -> dict[str, Any]:
    """Return the document: answers in form order, then answers to unknown items; each kind of attachment once."""
    order = [item.id for item in instrument.items if item.id in answers]
    others = [item_id for item_id in answers if not instrument.has_item(item_id)]
    return {
        "_meta": {"form": instrument.code, "edition": instrument.edition},
        "submission": {
            "tanggal_pengajuan": submitted_on.isoformat() if submitted_on else None,
            "attachments": list(dict.fromkeys(attachments)),
        },
        "values": {item_id: answers[item_id] for item_id in order + others},
    }


def as_yaml(document: Mapping[str, Any]) -> str:
    return yaml.safe_dump(dict(document), allow_unicode=True, sort_keys=False, width=120)


def as_json(document: Mapping[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
