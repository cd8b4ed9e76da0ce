"""The words of the annex "FS3/FP-KPA hasil rekomendasi": the reviewed form with the examiner's remarks, block by block."""

from typing import Any

from office.formats import plain_date
from recommendations.instruments.structure import Block, Instrument, Item, Kind, Rincian
from recommendations.instruments.words import answer_words, rincian_words
from recommendations.models import Round, Submission
from recommendations.workflow import Move

Answers = dict[str, Any]


def annex_content(submission: Submission, examined: Round) -> dict[str, Any]:
    """The annex as a dict: blocks of rincian, each with number, label, value, table rows and remarks."""
    instrument = submission.instrument
    remarks = {remark.item: remark.text for remark in examined.remarks.all()}
    blocks = [block_content(block, examined.answers, remarks) for block in instrument.blocks if block.number]
    verified = submission.events.filter(move=Move.VERIFY).last()
    return {
        "form_code": instrument.code,
        "title": submission.title,
        "year": examined.answers.get("tahun_kegiatan") or "",
        "remark_count": len(remarks),
        "cover_remarks": [remarks[item.id] for item in instrument.blocks[0].items if item.id in remarks],
        "blocks": [block for block in blocks if block["rincians"]],
        "unanswered": unanswered(instrument, examined.answers),
        "examined_by": str(verified.by) if verified else str(submission.officer),
        "examined_on": plain_date(verified.at) if verified else "",
    }


def block_content(block: Block, answers: Answers, remarks: dict[str, str]) -> dict[str, Any]:
    """One block: its title and every rincian that is answered or has a remark."""
    rincians = [rincian_content(rincian, answers, remarks) for rincian in block.rincians]
    return {
        "title": f"Blok {block.number}. {block.title}",
        "rincians": [content for content in rincians if content["value"] or content["rows"] or content["remarks"]],
    }


def rincian_content(rincian: Rincian, answers: Answers, remarks: dict[str, str]) -> dict[str, Any]:
    """One line of the form as it is printed."""
    table = next((item for item in rincian.items if item.kind is Kind.TABLE and item.id != "wilayah"), None)
    return {
        "number": rincian.number,
        "label": rincian.label,
        "value": rincian_words(rincian, answers),
        "rows": table_rows(table, answers) if table else [],
        "remarks": [remarks[item.id] for item in rincian.items if item.id in remarks],
    }


def table_rows(table: Item, answers: Answers) -> list[dict[str, str]]:
    """The rows of a table of variables: name, words (definition, source), time of reference."""
    rows = answers.get(table.id)
    return [
        {
            "name": str(row.get("nama", "")),
            "words": " ".join(filter(None, (str(row.get("definisi") or ""), str(row.get("sumber") or "")))),
            "time": str(row.get("referensi_waktu") or ""),
        }
        for row in (rows if isinstance(rows, list) else [])
        if isinstance(row, dict)
    ]


def unanswered(instrument: Instrument, answers: Answers) -> list[str]:
    """The numbers of the rincian that stand empty, for the last line of the annex."""
    lines = [rincian for block in instrument.blocks if block.number for rincian in block.rincians]
    empty = [rincian.number for rincian in lines if not any(answers.get(item.id) for item in rincian.items)]
    return list(dict.fromkeys(empty))


def way_words(instrument: Instrument, answers: Answers) -> str:
    """How data are collected, in the letter's finding: "Survei (sampel probabilitas)"."""
    if instrument.code != "FS3":
        return "Kompilasi produk administrasi"
    if answers.get("cara_pengumpulan") == 2:
        return "Survei (seluruh populasi)"
    return "Survei (sampel probabilitas)" if answers.get("metode_penelitian") == 1 else "Survei (sampel non probabilitas)"


def region_words(answers: Answers) -> str:
    """Where: "Kota Banjarmasin", or all of Indonesia."""
    rows = answers.get("wilayah") or []
    return ", ".join(str(row.get("kabkota", "")) for row in rows if isinstance(row, dict)) or "seluruh Indonesia"


def period_words(instrument: Instrument, answers: Answers) -> str:
    """When data are collected: "8 Februari 2027 s.d. 31 Mei 2027"."""
    return answer_words(instrument.item(instrument.field_period_item), answers.get(instrument.field_period_item))

