"""Findings on the recording screen: shown beside the item, decided before the form is declared complete."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from recommendations.models import FindingDecision
from recommendations.recording.actions.saving import save_answers
from tests.factories import ready_submission

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_finding_comes_and_goes_as_the_officer_types_and_is_decided(petugas, page_of, picture):
    submission = ready_submission(petugas)
    save_answers(submission, {"metode_pengumpulan": ["4"], "pelatihan": "2", "pelatihan_uraian": ""}, by=petugas)
    desk = page_of(petugas)

    # a finding appears at another item than the typed one, and disappears again
    desk.goto(f"/permohonan/{submission.pk}/rekam/blok_5/")
    told, panel = desk.locator("#f-pelatihan"), desk.locator("#findings")
    expect(panel).to_contain_text("sesuai aturan")
    desk.locator("[name=metode_pengumpulan][value='1']").check()
    expect(told).to_contain_text("memerlukan pelatihan petugas")
    expect(panel).to_contain_text("1 salah")
    picture(desk, "record-finding")
    desk.locator("[name=metode_pengumpulan][value='1']").uncheck()
    expect(told).to_be_empty()
    desk.locator("[name=metode_pengumpulan][value='1']").check()
    # the panel leads to the item
    panel.get_by_role("link", name="Ke R.5.10").click()
    expect(desk.locator("[name=pelatihan]:focus")).to_have_count(1)
    # the button leads to the decision; a double click decides once
    desk.locator("#complete").get_by_role("link", name="Nyatakan terekam lengkap").click()
    expect(desk.get_by_role("heading", name="Putuskan temuan sebelum terekam lengkap")).to_be_visible()
    assert [
        one["id"] for one in Axe().run(desk).response["violations"] if one["impact"] in ("serious", "critical")
    ] == []
    desk.get_by_label(re.compile("Tetap direkam karena")).fill("Petugas sudah dilatih pada semester lalu.")
    desk.get_by_role("button", name="Nyatakan terekam lengkap").dblclick()
    expect(desk.get_by_text("hari kerja ke-30").first).to_be_visible()
    assert FindingDecision.objects.get().reason == "Petugas sudah dilatih pada semester lalu."
