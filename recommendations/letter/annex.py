"""Build the annex "FS3/FP-KPA hasil rekomendasi": the examined form, block by block, with the advice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from office.formats import plain_date
from recommendations.examination.remarks import annex_advice
from recommendations.instruments.conditions import Answers
from recommendations.instruments.regions import EVERYWHERE, WHOLE_PROVINCE
from recommendations.instruments.structure import Block, Instrument, Item, Rincian
from recommendations.instruments.values import is_empty
from recommendations.instruments.words import answer_words, rincian_words, table_rows
from recommendations.models import Round, Submission, SubmissionEvent
from recommendations.workflow import Move

Remarks = Mapping[str, str]  # item id -> text


@dataclass(frozen=True)
class Examination:
    """What a letter is made of: the examined round, the remarks for its annex, and the last verification."""

    examined: Round
    remarks: Remarks
    verification: SubmissionEvent | None


def examination_of(submission: Submission) -> Examination:
    """Return what the letter of a submission is made of. It takes four queries."""
    rounds = submission.rounds.recorded().defer("answers").prefetch_related("remarks")
    verified = submission.events.filter(move=Move.VERIFY).select_related("by")
    return Examination(submission.rounds.recorded().latest("number"), advice_in(rounds), verified.last())


def advice_in(rounds: Iterable[Round]) -> dict[str, str]:
    """Return the text of each remark for the annex, by item. The rounds have their remarks prefetched."""
    return {item: remark.text for item, remark in annex_advice(rounds).items()}


def annex_content(submission: Submission, examination: Examination) -> dict[str, Any]:
    """Return the annex as a dict: blocks of rincian, each with number, label, value, table rows and remarks."""
    instrument, examined, remarks = submission.instrument, examination.examined, examination.remarks
    contents = [block_content(block, examined.answers, remarks) for block in instrument.blocks if block.number]
    verified = examination.verification
    return {
        "form_code": instrument.code,
        "title": submission.title,
        "year": str(examined.answers.get("tahun_kegiatan") or ""),
        "remark_count": len(remarks),
        "cover": cover_content(instrument, examined.answers, remarks),
        "blocks": [content for content in contents if content["rincians"]],
        "unanswered": unanswered(instrument, examined.answers),
        "examined_by": str(verified.by) if verified else str(submission.officer),
        "examined_on": plain_date(verified.at) if verified else "",
    }


def cover_content(instrument: Instrument, answers: Answers, remarks: Remarks) -> list[dict[str, Any]]:
    """Return the lines of the cover that have a remark. The annex prints the title of the activity separately."""
    cover = (rincian for block in instrument.blocks if not block.number for rincian in block.rincians)
    contents = [rincian_content(rincian, answers, remarks) | {"number": ""} for rincian in cover]
    return [content for content in contents if content["remarks"]]


def block_content(block: Block, answers: Answers, remarks: Remarks) -> dict[str, Any]:
    """Return one block: its title, and every rincian that is answered or has a remark."""
    rincians = [rincian_content(rincian, answers, remarks) for rincian in block.rincians]
    return {
        "title": f"Blok {block.number}. {block.title}",
        "rincians": [content for content in rincians if content["value"] or content["rows"] or content["remarks"]],
    }


def rincian_content(rincian: Rincian, answers: Answers, remarks: Remarks) -> dict[str, Any]:
    """Return one line of the form as it is printed."""
    return {
        "number": rincian.number,
        "label": rincian.label,
        "value": rincian_words(rincian, answers).removeprefix(f"{rincian.label}: "),  # the label is printed beside it
        "rows": table_rows(rincian, answers),
        "remarks": [remark_words(rincian, item, remarks[item.id]) for item in rincian.items if item.id in remarks],
    }


def remark_words(rincian: Rincian, item: Item, text: str) -> str:
    """Return the text of a remark. On a later part of the line it names the part: "Telepon: Mohon dilengkapi."."""
    return text if item is rincian.items[0] else f"{rincian.part_label(item)}: {text}"


def unanswered(instrument: Instrument, answers: Answers) -> list[str]:
    """Return the numbers of the empty rincian, for the last line of the annex."""
    lines = [rincian for block in instrument.blocks if block.number for rincian in block.rincians]
    empty = [line.number for line in lines if all(is_empty(item, answers.get(item.id)) for item in line.items)]
    return list(dict.fromkeys(empty))


def way_words(instrument: Instrument, answers: Answers) -> str:
    """Return how data are collected, for the letter's table of facts: "Survei (sampel probabilitas)"."""
    if instrument.code != "FS3":
        return "Kompilasi produk administrasi"
    if answers.get("cara_pengumpulan") == 2:
        return "Survei (seluruh populasi)"
    return (
        "Survei (sampel probabilitas)" if answers.get("metode_penelitian") == 1 else "Survei (sampel non probabilitas)"
    )


def where_and_when(instrument: Instrument, answers: Answers) -> str:
    """Return the region and the period of collection: "Kota Banjarmasin, 8 Februari 2027 s.d. 31 Mei 2027"."""
    period = instrument.item(instrument.field_period_item)
    return ", ".join(filter(None, [region_words(answers), answer_words(period, answers.get(period.id))]))


def region_words(answers: Answers) -> str:
    """Return the regions: "Kota Banjarmasin", "seluruh Indonesia", "seluruh Kalimantan Selatan"; "" for none.

    Regions that were filled in before the form said "all of Indonesia" do not count.
    """
    if answers.get("cakupan_wilayah") == EVERYWHERE:
        return "seluruh Indonesia"
    rows = [row for row in answers.get("wilayah") or [] if isinstance(row, Mapping)]
    return ", ".join(dict.fromkeys(filter(None, map(_region, rows))))


def _region(row: Mapping[str, Any]) -> str:
    province, city = str(row.get("provinsi") or ""), str(row.get("kabkota") or "")
    return f"seluruh {province}" if province and WHOLE_PROVINCE.match(city) else city or province
