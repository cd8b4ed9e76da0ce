"""Each of the 68 rules reports a finding when it should, and none when it should not."""

import copy
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recommendations.instruments import INSTRUMENTS
from recommendations.instruments.completeness import findings
from recommendations.instruments.rules import RULES, Facts, check, check_all, every_rule, without_lacks
from tests.recommendations.instruments.rule_cases import BANJARMASIN, FPKPA_CASES, FS3_CASES

EXAMPLES = Path(__file__).parent / "examples"


def beyond_latin(text: str) -> list[str]:
    return [sign for sign in text if ord(sign) > 0xFFFF]


FACTS = Facts(date(2026, 12, 7), BANJARMASIN, beyond_latin)
CLEAN = {"FS3": "fs3_01_skm_disdukcapil", "FP-KPA": "fpkpa_01_ppks_dinsos"}
TABLE = [("FS3", case) for case in FS3_CASES] + [("FP-KPA", case) for case in FPKPA_CASES]
SUBMITTED = {"FS3": FACTS, "FP-KPA": Facts(date(2026, 12, 10), BANJARMASIN, beyond_latin)}
NAMES = [f"{form}-{case.rule}" for form, case in TABLE]


def example(name: str) -> dict:
    return yaml.safe_load((EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8"))


WHOLE = {form: example(name)["values"] for form, name in CLEAN.items()}


def spoken(form, changes, **facts):
    """Return (rule, item) of each finding in a correct form with these changes."""
    answers = copy.deepcopy(WHOLE[form]) | changes
    return {(one.rule, one.item) for one in check(INSTRUMENTS[form], answers, SUBMITTED[form], **facts)}


def test_there_is_a_case_for_every_rule():
    assert [len(rules) for rules in RULES.values()] == [39, 31]
    for form, cases in (("FS3", FS3_CASES), ("FP-KPA", FPKPA_CASES)):
        assert sorted(case.rule for case in cases) == sorted(rule.id for rule in RULES[form])


@pytest.mark.parametrize(("form", "case"), TABLE, ids=NAMES)
def test_a_rule_reports_its_finding_at_its_item(form, case):
    assert (case.rule, case.item) in spoken(form, case.breaks)


@pytest.mark.parametrize(("form", "case"), TABLE, ids=NAMES)
def test_a_rule_reports_no_finding_in_the_nearest_correct_case(form, case):
    assert case.rule in {rule for rule, _ in spoken(form, case.breaks)}
    assert case.rule not in {rule for rule, _ in spoken(form, case.keeps)}


@pytest.mark.parametrize(("form", "case"), TABLE, ids=NAMES)
def test_a_rule_that_is_switched_off_reports_no_finding(form, case):
    whole = spoken(form, case.breaks)

    said = spoken(form, case.breaks, switched_off={case.rule})

    assert {rule for rule, _ in whole - said} == {case.rule}
    assert case.rule not in {rule for rule, _ in said}


@pytest.mark.parametrize("name", sorted(path.stem for path in EXAMPLES.glob("*.yaml")))
def test_an_example_has_exactly_the_findings_an_examiner_wrote(name):
    filled = example(name)
    form = INSTRUMENTS[filled["_meta"]["form"]]
    facts = Facts(date.fromisoformat(filled["submission"]["tanggal_pengajuan"]), BANJARMASIN)

    found = check_all(form, filled["values"], facts, filled["submission"]["attachments"])

    written = [one for one in filled["findings"] if one["rule"] != "examiner"]
    assert sorted((one.rule, one.item, one.level) for one in found) == sorted(
        (one["rule"], one["item"], one["level"]) for one in written
    )


def test_the_details_say_what_to_look_at():
    filled = example("fs3_03_survei_wisatawan_perlu_perbaikan")
    found = check(INSTRUMENTS["FS3"], filled["values"], Facts(date(2027, 3, 15), BANJARMASIN))

    told = {one.rule: one.message for one in found}

    assert told["F-4.2a"].endswith("Variabel nomor 1 dan 3.")
    assert "15 April 2027" in told["F-7.5b"]
    assert "8 Maret 2027" in told["F-7.5b"]
    assert "BPS Provinsi Kalimantan Selatan" in told["R-WIL-02"]
    assert "Kabupaten Banjar" in told["R-WIL-02"]
    assert "Disbudporapar" in told["F-1.1"]
    assert "R.6.1" in told["F-6.0b"]


@pytest.mark.parametrize("rule", every_rule().values(), ids=every_rule())
def test_every_rule_has_words_a_source_and_an_item_of_its_form(rule):
    forms = [INSTRUMENTS[code] for code, rules in RULES.items() if rule in rules]

    assert rule.message.endswith(".")
    assert rule.source
    assert rule.level in ("error", "warning")
    assert all(form.has_item(rule.item) for form in forms)


def test_another_office_asks_for_its_own_territory():
    answers = WHOLE["FS3"]

    here = check(INSTRUMENTS["FS3"], answers, Facts(date(2026, 12, 7), "Kabupaten Tapin"))

    assert [one.rule for one in here] == ["R-WIL-02"]
    assert "berwenang BPS Kota Banjarmasin" in here[0].message


@pytest.mark.parametrize(
    "item_id", ["frekuensi", "wilayah", "metode_nonprob_uraian", "kerangka_sampel", "tahun_kegiatan", "jadwal_lapangan"]
)
def test_one_missing_answer_is_reported_once(item_id):
    answers = WHOLE["FS3"] | {item_id: None}
    if item_id == "metode_nonprob_uraian":
        answers |= {"metode_penelitian": 2, "metode_nonprob": 1}

    found = check_all(INSTRUMENTS["FS3"], answers, FACTS, {"surat_pengantar", "instrumen"})

    assert len([one for one in found if one.item == item_id]) == 1


def test_a_missing_answer_whose_rule_is_switched_off_is_reported_as_required():
    answers = WHOLE["FS3"] | {"frekuensi": None}
    papers = {"surat_pengantar", "instrumen"}

    found = check_all(INSTRUMENTS["FS3"], answers, FACTS, papers, switched_off={"F-3.2b"})

    assert [(one.rule, one.item) for one in found] == [("required", "frekuensi")]


def test_a_missing_cell_without_a_rule_is_reported_as_required():
    answers = copy.deepcopy(WHOLE["FS3"])
    answers["variabel"][0] |= {"nama": "", "referensi_waktu": ""}

    found = check_all(INSTRUMENTS["FS3"], answers, FACTS, {"surat_pengantar", "instrumen"})

    assert [(one.rule, one.column) for one in found] == [("required", "nama"), ("F-4.2c", "")]


@pytest.mark.parametrize(("form", "case"), TABLE, ids=NAMES)
def test_a_missing_answer_reported_by_a_rule_keeps_the_form_incomplete(form, case):
    answers = copy.deepcopy(WHOLE[form]) | case.breaks
    found = check(INSTRUMENTS[form], answers, SUBMITTED[form])
    lacks = len(found) > len(without_lacks(found))

    assert not lacks or "required" in {one.rule for one in findings(INSTRUMENTS[form], answers)}


WORDS = st.text(max_size=12) | st.sampled_from(["2027-02-08", "31/02/2027", "377/0", "1/3", "semua", "Umur (%)", "٣"])
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | WORDS
ANYTHING = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4), max_leaves=12
)


def rows_of(item):
    cells = {column.id: SCALARS for column in item.columns} or {"awal": SCALARS, "akhir": SCALARS}
    row = st.fixed_dictionaries({}, optional=cells)
    return st.lists(row, max_size=3) | row


def answers_to(form):
    codes = st.integers(0, 33)
    each = {item.id: codes | st.lists(codes, max_size=3) | rows_of(item) | ANYTHING for item in form.items}
    return st.fixed_dictionaries({}, optional=each)


@pytest.mark.parametrize("form", INSTRUMENTS.values(), ids=INSTRUMENTS)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_answers_can_be_checked_by_the_rules(form, data):
    answers = data.draw(answers_to(form))

    found = check_all(form, answers, FACTS, ())

    assert all(form.has_item(one.item) or one.rule in ("attachment", "invalid") for one in found)
    assert all(one.message for one in found)
    lacks = {rule.id for rule in RULES[form.code] if rule.lacks}
    assert not any(one.rule in lacks for one in found) or findings(form, answers)
