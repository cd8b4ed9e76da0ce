import subprocess
import sys

import pytest

from office.refusals import Refused
from recommendations.instruments import INSTRUMENTS, instrument
from recommendations.instruments.structure import Kind, UnknownItem

FS3, FPKPA = INSTRUMENTS["FS3"], INSTRUMENTS["FP-KPA"]
BOTH = pytest.mark.parametrize("form", INSTRUMENTS.values(), ids=INSTRUMENTS)


@pytest.mark.parametrize(("code", "items", "rincians"), [("FS3", 76, 33), ("FP-KPA", 56, 22)])
def test_each_form_has_a_cover_seven_blocks_and_the_rincians_of_its_paper(code, items, rincians):
    form = instrument(code)

    numbered = {item.number for item in form.items if item.number[:1].isdigit()} - {"2.3"}

    assert [block.number for block in form.blocks] == ["", "I", "II", "III", "IV", "V", "VI", "VII"]
    assert len(form.items) == items
    assert len(numbered) == rincians


@BOTH
def test_ids_of_items_blocks_and_rincians_are_unique(form):
    items = [item.id for block in form.blocks for item in block.items]
    blocks = [block.id for block in form.blocks]
    rincians = [rincian.id for block in form.blocks for rincian in block.rincians]

    assert len(set(items)) == len(items)
    assert len(set(rincians)) == len(rincians)
    assert len(set(blocks)) == len(blocks)
    assert not set(blocks) & set(items)


@BOTH
def test_conditions_ask_only_items_and_codes_that_exist(form):
    conditions = [part.shown_when for part in (*form.blocks, *form.items) if part.shown_when]
    conditions += [item.required_when for item in form.items if item.required_when]

    asked = [(item_id, one.code_of(item_id)) for one in conditions for item_id in one.item_ids()]

    assert asked
    for item_id, code in asked:
        assert code in {choice.code for choice in form.item(item_id).choices}


@BOTH
def test_codes_of_several_answers_are_powers_of_two_so_that_their_sum_is_clear(form):
    several = [item for item in form.items if item.kind is Kind.CHOICES]

    assert several
    for item in several:
        assert [choice.code for choice in item.choices] == [2**place for place in range(len(item.choices))]


@BOTH
def test_every_choice_has_codes_and_every_table_has_columns(form):
    with_codes = {item.id for item in form.items if item.kind in (Kind.CHOICE, Kind.CHOICES, Kind.YESNO)}
    tables = {item.id for item in form.items if item.kind is Kind.TABLE}

    assert {item.id for item in form.items if item.choices} == with_codes
    assert {item.id for item in form.items if item.columns} == tables == {"variabel", "wilayah"}


@BOTH
def test_title_agency_and_field_period_are_items_of_the_form(form):
    kinds = [form.item(item_id).kind for item_id in (form.title_item, form.agency_item, form.field_period_item)]

    assert kinds == [Kind.TEXT, Kind.TEXT, Kind.DATERANGE]


def test_the_same_question_keeps_the_codes_of_its_own_form():
    frequencies = {form.code: len(form.item("frekuensi").choices) for form in INSTRUMENTS.values()}
    schooling = {form.code: [one.code for one in form.item("pendidikan_petugas").choices] for form in (FS3, FPKPA)}

    assert frequencies == {"FS3": 9, "FP-KPA": 4}
    assert schooling == {"FS3": [1, 2, 4], "FP-KPA": [1, 2, 3]}


def test_the_rows_of_the_schedule_are_one_rincian():
    schedule = FS3.rincian_of("jadwal_lapangan")

    assert (schedule.id, schedule.label, len(schedule.items)) == ("r7-5", "Waktu pelaksanaan survei", 5)
    assert schedule.part_label(schedule.items[0]) == "Perencanaan/Persiapan"
    assert FPKPA.rincian_of("jadwal_diseminasi").id == "r3-2"


def test_each_item_of_the_cover_is_its_own_rincian():
    cover = [(rincian.id, len(rincian.items)) for rincian in FS3.block("sampul").rincians]

    assert cover == [("judul_survei", 1), ("identitas_rekomendasi", 1), ("tahun_kegiatan", 1)]


@pytest.mark.parametrize(
    ("form", "item_id", "reference"),
    [(FS3, "metode_nonprob", "R.5.6"), (FPKPA, "variabel", "Blok IV"), (FS3, "judul_survei", "Judul Survei")],
)
def test_an_item_is_called_as_officers_call_it(form, item_id, reference):
    assert form.item(item_id).reference == reference


def test_each_block_knows_the_blocks_before_and_after_it():
    assert FS3.block_before("sampul") is None
    assert FS3.block_after("sampul").id == "blok_1"
    assert FS3.block_before("blok_7").id == "blok_6"
    assert FS3.block_after("blok_7") is None


def test_an_unknown_item_block_or_form_has_a_message_for_the_screen():
    asked = [lambda: FS3.item("xyz"), lambda: FS3.block_of("xyz"), lambda: FS3.block("xyz"), lambda: instrument("xyz")]

    said = []
    for ask in asked:
        with pytest.raises(Refused) as problem:
            ask()
        said.append(str(problem.value))

    assert said == [*["Isian tidak dikenal: xyz"] * 2, "Blok tidak dikenal: xyz", "Formulir tidak dikenal: xyz"]
    assert type(problem.value) is UnknownItem


def test_the_forms_need_neither_django_nor_another_library():
    modules = ("completeness", "words")
    code = "; ".join(f"import recommendations.instruments.{module}" for module in modules)
    code += "; import sys; sys.exit('django' in sys.modules or 'yaml' in sys.modules)"

    ended = subprocess.run([sys.executable, "-c", code], check=False)

    assert ended.returncode == 0
