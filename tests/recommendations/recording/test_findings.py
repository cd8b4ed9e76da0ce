"""Findings are shown while the officer types, decided at "terekam lengkap", and shown to the examiner."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from office.models import Office
from recommendations.examination.actions.examining import return_to_applicant, write_remark
from recommendations.models import FindingDecision, RuleSwitch
from recommendations.recording.actions.completing import record_complete
from recommendations.recording.actions.deciding import FindingsUndecided, what_is_wrong
from recommendations.recording.actions.saving import save_answers
from recommendations.workflow import Status
from tests.factories import SubmissionFactory, ready_submission
from tests.pages import page

TWO_CITIES = [
    {"provinsi": "Kalimantan Selatan", "kabkota": "Kota Banjarmasin"},
    {"provinsi": "Kalimantan Selatan", "kabkota": "Kabupaten Banjar"},
]


def address(name, submission, *more):
    return reverse(f"recommendations:{name}", args=[submission.pk, *more])


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


@pytest.fixture
def untrained(petugas):
    """Return a complete submission with one error: interviewers without training (F-5.10)."""
    submission = ready_submission(petugas)
    save_answers(submission, {"pelatihan": "2", "pelatihan_uraian": ""}, by=petugas)
    return submission


def save(client, submission, item_id, **typed):
    return words(client.post(address("save_item", submission, item_id), typed))


def notices_at(page, item_id) -> str:
    return page.partition(f'id="f-{item_id}"')[2].partition('id="f-')[0]


def panel(page) -> str:
    return page.partition('id="findings"')[2].partition("</section>")[0]


def test_saving_one_item_changes_the_findings_at_another(client_p, office):
    submission = SubmissionFactory(answers={"pelatihan": 2})

    made = save(client_p, submission, "metode_pengumpulan", metode_pengumpulan=["1"])
    cleared = save(client_p, submission, "metode_pengumpulan", metode_pengumpulan=["4"])

    assert "memerlukan pelatihan petugas" in notices_at(made, "pelatihan")
    assert "F-5.10" in notices_at(made, "pelatihan")
    assert "1 salah" in panel(made)
    assert 'id="f-pelatihan"' in cleared
    assert "memerlukan pelatihan petugas" not in cleared


def test_unchanged_findings_at_other_items_are_not_sent_again(client_p, office):
    submission = SubmissionFactory(answers={"pelatihan": 2, "metode_pengumpulan": [1]})

    page = save(client_p, submission, "jumlah_supervisor", jumlah_supervisor="2")

    assert re.findall(r'id="f-(\w+)"', page) == ["jumlah_supervisor"]


def test_a_finding_in_another_block_is_in_the_panel_with_a_link(client_p, office):
    submission = SubmissionFactory(answers={"tingkat_estimasi": [2]})

    page = save(
        client_p,
        submission,
        "wilayah",
        **{"wilayah-0-provinsi": "Kalimantan Selatan", "wilayah-0-kabkota": "Kota Banjarmasin"},
    )

    assert "F-7.2b" in panel(page)
    assert f"{address('record_block', submission, 'blok_7')}#i-tingkat_estimasi" in panel(page)
    assert "Ke R.7.2" in panel(page)


def test_wrong_and_doubtful_are_counted_beside_the_heading(client_p, office):
    submission = SubmissionFactory(
        answers={"pelatihan": 2, "metode_pengumpulan": [1], "uji_coba": 2, "pendidikan_petugas": [1]}
    )

    page = words(client_p.get(address("record_block", submission, "blok_5")))

    assert re.search(r"1 salah.*2 tinjau", panel(page))
    assert "disarankan melakukan uji coba" in notices_at(page, "uji_coba")


def test_a_missing_answer_is_only_in_the_list_of_missing_answers(client_p, office):
    submission = SubmissionFactory(answers={"survei_dilakukan": 2, "cakupan_wilayah": 2})

    page = words(client_p.get(address("record_block", submission, "blok_5")))

    assert "R.3.2 belum dijawab" in page
    assert "F-3.2b" not in page
    assert "F-5.3b" not in page


def test_the_competent_office_is_named_in_one_finding(client_p, office):
    submission = SubmissionFactory(answers={"cakupan_wilayah": 2, "wilayah": TWO_CITIES})

    page = words(client_p.get(address("record_block", submission, "blok_5")))

    assert page.count("berwenang BPS Provinsi Kalimantan Selatan") == 2  # at the item, and in the panel
    assert "Satu kabupaten/kota" not in page


def test_another_office_gets_findings_for_its_own_territory(client_p, office):
    Office.objects.update(city="Kabupaten Banjar")
    submission = SubmissionFactory(answers={"cakupan_wilayah": 2, "wilayah": TWO_CITIES[1:]})

    page = words(client_p.get(address("record_block", submission, "blok_5")))

    assert "Satu kabupaten/kota: berwenang BPS Kabupaten Banjar." in page
    assert "R-WIL-02" not in page


def test_the_files_page_has_the_panel_too(client_p, office):
    submission = SubmissionFactory(answers={"uji_coba": 2})

    assert "F-5.7" in panel(words(client_p.get(address("attachments", submission))))


def test_scripts_in_an_answer_come_out_escaped(client_p, petugas):
    evil = "<script>alert(1)</script>"
    submission = ready_submission(petugas)
    save_answers(submission, {"wilayah": [{"provinsi": evil, "kabkota": evil}], "judul_survei": evil}, by=petugas)

    pages = [
        words(client_p.get(address("record_block", submission, "blok_5"))),
        words(client_p.get(address("finding_decide", submission))),
        save(client_p, submission, "uji_coba", uji_coba="2"),
    ]

    assert all("alert(1)" in page for page in pages)
    assert not any(evil in page for page in pages)


def test_a_rule_that_is_switched_off_is_on_no_page(client_p, petugas, untrained):
    block = address("record_block", untrained, "blok_5")
    assert "F-5.10" in page(client_p, block, "Apakah melakukan pelatihan petugas")
    RuleSwitch.objects.filter(rule="F-5.10").update(is_off=True, reason="Diperiksa dari KAK.")

    recording = page(client_p, block, "Apakah melakukan pelatihan petugas")
    record_complete(untrained, by=petugas)
    examined = page(client_p, address("examine", untrained), 'id="row-r5-10"')

    assert "F-5.10" not in recording
    assert "F-5.10" not in examined


def test_the_button_leads_to_the_decisions_only_when_something_is_wrong(client_p, petugas, untrained):
    fit = ready_submission(petugas)

    pages = [page(client_p, address("record_block", one, "blok_5"), one.register) for one in (untrained, fit)]

    assert f'href="{address("finding_decide", untrained)}"' in pages[0]
    assert "Putuskan 1 temuan salah" in pages[0]
    assert address("finding_decide", fit) not in pages[1]


def test_a_form_with_something_wrong_is_not_declared_without_a_decision(client_p, untrained):
    answer = client_p.post(address("record_complete", untrained), follow=True)

    untrained.refresh_from_db()
    assert untrained.status == Status.RECORDING
    assert answer.redirect_chain[-1][0] == address("finding_decide", untrained)
    assert "Masih 1 temuan salah tanpa putusan." in words(answer)


def fields(client, submission) -> list[str]:
    return re.findall(r'name="(alasan-\w+)"', words(client.get(address("finding_decide", submission))))


def test_with_a_reason_for_each_finding_it_is_declared_and_the_reasons_are_kept(client_p, petugas, untrained):
    save_answers(untrained, {"wilayah": TWO_CITIES}, by=petugas)
    names = fields(client_p, untrained)
    typed = dict(zip(names, ["Diteruskan ke BPS Provinsi.", "Petugas\u00ad sudah terlatih."], strict=True))

    answer = client_p.post(address("finding_decide", untrained), typed)

    decisions = FindingDecision.objects.filter(round=untrained.rounds.get())
    assert answer["Location"] == address("receipt", untrained)
    assert [(one.rule, one.item, one.reason, one.by) for one in decisions] == [
        ("R-WIL-02", "wilayah", "Diteruskan ke BPS Provinsi.", petugas),
        ("F-5.10", "pelatihan", "Petugas sudah terlatih.", petugas),
    ]
    assert "berwenang BPS Provinsi" in decisions[0].message
    assert "alasan atas 2 temuan" in untrained.events.last().note


@pytest.mark.parametrize("typed", ["", "   ", "x" * 1001])
def test_an_empty_or_endless_reason_is_refused_at_its_field(client_p, untrained, typed):
    [name] = fields(client_p, untrained)

    answer = client_p.post(address("finding_decide", untrained), {name: typed})

    assert answer.status_code == 422
    assert re.search(r"Tulis mengapa tetap direkam|paling banyak 1000 huruf", words(answer))
    assert not FindingDecision.objects.exists()


def test_a_finding_that_appeared_meanwhile_is_asked_and_typed_reasons_are_kept(client_p, petugas, untrained):
    [name] = fields(client_p, untrained)
    save_answers(untrained, {"wilayah": TWO_CITIES}, by=petugas)

    answer = client_p.post(address("finding_decide", untrained), {name: "Petugas sudah terlatih."})

    assert answer.status_code == 422
    assert "Petugas sudah terlatih." in words(answer)
    assert "R-WIL-02" in words(answer)
    assert not FindingDecision.objects.exists()


def test_a_decision_does_not_count_when_the_finding_has_changed(petugas, untrained):
    save_answers(untrained, {"wilayah": TWO_CITIES, "pelatihan": 1, "pelatihan_uraian": "Sehari."}, by=petugas)
    [seen] = what_is_wrong(untrained.rounds.get())
    more = [*TWO_CITIES, {"provinsi": "Kalimantan Selatan", "kabkota": "Kabupaten Tapin"}]
    save_answers(untrained, {"wilayah": more}, by=petugas)

    with pytest.raises(FindingsUndecided, match="Masih 1 temuan"):
        record_complete(untrained, reasons={seen: "Diteruskan."}, by=petugas)


def test_a_double_click_decides_once(client_p, untrained):
    [name] = fields(client_p, untrained)

    answers = [client_p.post(address("finding_decide", untrained), {name: "Sudah terlatih."}) for _ in range(2)]

    assert [answer["Location"] for answer in answers] == [
        address("receipt", untrained),
        address("submission_detail", untrained),
    ]
    assert FindingDecision.objects.count() == 1


def test_something_missing_is_asked_for_before_any_decision(client_p, petugas, untrained):
    save_answers(untrained, {"pj_nama": ""}, by=petugas)

    page = words(client_p.get(address("finding_decide", untrained)))
    [name] = fields(client_p, untrained)
    answer = client_p.post(address("finding_decide", untrained), {name: "Sudah terlatih."})

    assert "Masih 1 hal belum lengkap." in page
    assert answer.status_code == 422
    assert not FindingDecision.objects.exists()


def test_with_nothing_wrong_the_page_says_so(client_p, petugas):
    page = words(client_p.get(address("finding_decide", ready_submission(petugas))))

    assert "Tidak ada temuan salah" in page
    assert "<textarea" not in page


def test_doubts_need_no_decision(petugas):
    submission = ready_submission(petugas)
    save_answers(submission, {"uji_coba": 2, "uji_coba_uraian": ""}, by=petugas)

    assert record_complete(submission, by=petugas).recorded_at
    assert not FindingDecision.objects.exists()


def test_the_examiner_reads_finding_and_decision_at_the_line(client_p, petugas, untrained):
    [wrong] = what_is_wrong(untrained.rounds.get())
    record_complete(untrained, reasons={wrong: "Petugas <b>sudah</b> terlatih."}, by=petugas)

    examined = words(client_p.get(address("examine", untrained)))
    read = words(client_p.get(address("round_detail", untrained, 1)))

    editor = examined.partition('id="p-r5-10"')[2].partition("</section>")[0]
    assert "memerlukan pelatihan petugas" in editor
    assert "Petugas &lt;b&gt;sudah&lt;/b&gt; terlatih." in editor
    assert "Petugas &lt;b&gt;sudah&lt;/b&gt; terlatih." in read


def test_the_next_round_offers_the_reason_again_and_keeps_the_old_one(client_p, petugas, untrained):
    [wrong] = what_is_wrong(untrained.rounds.get())
    record_complete(untrained, reasons={wrong: "Petugas sudah terlatih."}, by=petugas)
    untrained.refresh_from_db()
    write_remark(untrained, item_id="pelatihan", kind="correction", text="Mohon dilatih.", by=petugas)
    return_to_applicant(untrained, by=petugas)

    page = words(client_p.get(address("finding_decide", untrained)))

    assert "Petugas sudah terlatih." in page
    assert FindingDecision.objects.get().round.number == 1


def test_the_findings_of_a_round_are_those_of_the_day_it_was_recorded(client_of, petugas):
    submission, open_one = ready_submission(petugas), ready_submission(petugas)
    record_complete(submission, by=petugas)

    with time_machine.travel(timezone.now() + timedelta(days=3 * 365), tick=False):
        client = client_of(petugas)
        examined = page(client, address("examine", submission), 'id="row-r7-5"')
        recording = page(client, address("record_block", open_one, "blok_7"), 'id="r7-5"')

    assert "F-7.5d" not in examined
    assert "F-7.5d" in recording


def test_a_submission_closed_to_recording_is_not_decided(client_p, petugas):
    submission = ready_submission(petugas)
    record_complete(submission, by=petugas)

    answer = client_p.get(address("finding_decide", submission))

    assert answer["Location"] == address("submission_detail", submission)


def test_a_stranger_s_submission_is_not_there(client_p, office):
    assert client_p.get(reverse("recommendations:finding_decide", args=[99_999])).status_code == 404
