"""The answers of the recommended form inside the letter's PDF, as JSON for other programs (PDF/A-3, ISO 19005-3).

The file is drawn from the words that were frozen when the letter was issued, so it never says anything else than the
paper. Its shape is frozen too; a later shape gets another `schema`:

    {"schema": "pst-desk/letter-answers/1", "number": the letter's, "identity_number": ..., "issued_on": "2026-11-29",
     "office": ..., "form": {"code": "FS3", "title": ...}, "title": of the activity,
     "answers": [{"item": id, "number": of the rincian or "", "label": ..., "answer": as typed, "words": as printed}]}

An item without an answer is left out. The answer of a table is a list of rows, each a dict of columns. Telephone, fax
and e-mail are left out: the letter is handed on to many, and a program would collect them from the file. They are
printed in the annex only.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from office.paper import InnerFile
from recommendations.instruments.conditions import Answers
from recommendations.instruments.structure import Instrument, Kind
from recommendations.instruments.values import is_empty
from recommendations.instruments.words import answer_words, place_words

SCHEMA = "pst-desk/letter-answers/1"
OF_PERSONS = {Kind.PHONE, Kind.EMAIL}
"""The kinds of items that are left out."""


def answers_for_programs(instrument: Instrument, answers: Answers) -> list[dict[str, Any]]:
    """Return the answers, in form order, as they are frozen with the letter's words."""
    given = [
        item for item in instrument.items if item.kind not in OF_PERSONS and not is_empty(item, answers.get(item.id))
    ]
    return [
        {"item": item.id}
        | dict(zip(("number", "label"), place_words(instrument, item.id), strict=True))
        | {"answer": answers[item.id], "words": answer_words(item, answers[item.id])}
        for item in given
    ]


def answers_files(content: Mapping[str, Any]) -> list[InnerFile]:
    """Return the file that belongs inside the PDF of a letter; none for words from before there was one."""
    if "answers" not in content:
        return []
    code = content["form"]["code"]
    told = {"schema": SCHEMA} | {name: content[name] for name in ("number", "identity_number", "issued_on")}
    told |= {"office": content["office"]["name"], "form": {"code": code, "title": content["form"]["title"]}}
    told |= {"title": content["annex"]["title"], "answers": content["answers"]}
    return [
        InnerFile(
            name=f"isian-{code}.json",
            description=f"Isian {code} yang direkomendasikan, untuk dibaca program",
            made_on=date.fromisoformat(content["issued_on"]),
            content=json.dumps(told, ensure_ascii=False, indent=1),
        )
    ]
