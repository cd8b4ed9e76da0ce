"""The Kepala imports answers that were given on paper, sees what would be imported, and takes a wrong file back."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from office.formats import short_date
from ratings.instruments import SKM_9
from ratings.models import Rating
from tests.journeys.test_accessibility import complaints_now
from tests.journeys.test_reports import PHONE, fits

pytestmark = pytest.mark.django_db(transaction=True)

PAPERS = "\n".join([f"nomor;{';'.join(SKM_9.keys)}", *(f"{number};{';'.join('434343434')}" for number in range(6))])


def test_the_kepala_imports_papers_and_takes_them_back(kepala, page_of, picture):
    head, phone = page_of(kepala, 1366, 768), page_of(kepala, *PHONE)
    head.goto("/penilaian/")
    head.get_by_role("link", name="Kuesioner kertas").click()
    expect(head.get_by_text("Belum ada kuesioner kertas yang diimpor.")).to_be_visible()
    found = complaints_now(head)

    head.get_by_label("Berkas CSV").set_input_files(
        {"name": "kuesioner-november.csv", "mimeType": "text/csv", "buffer": PAPERS.encode()}
    )
    head.get_by_label("Hari kuesioner diisi").fill(f"{timezone.localdate() - timedelta(days=1):%d/%m/%Y}")
    head.get_by_label("Layanan").select_option(index=1)
    head.get_by_role("button", name="Lihat pratinjau").click()
    expect(head.get_by_text("Kolom yang tidak dihitung: nomor.")).to_be_visible()
    expect(head.get_by_role("row", name="Waktu 24 4")).to_be_visible()
    found += complaints_now(head)
    picture(head, "paper-answers-preview")
    head.get_by_role("button", name="Impor 6 responden").click()
    expect(head.get_by_text("6 kuesioner kertas diimpor.")).to_be_visible()
    found += complaints_now(head)
    picture(head, "paper-answers-batch")
    assert Rating.objects.count() == 6

    phone.goto(head.url)
    found += complaints_now(phone)
    assert fits(phone)
    head.get_by_label("Alasan ditarik").fill("Berkas bulan lain.")
    head.get_by_role("button", name="Tarik impor").click()
    expect(head.get_by_text("Berkas bulan lain.")).to_be_visible()
    phone.goto("/penilaian/kuesioner-kertas/")
    expect(phone.get_by_text(short_date(timezone.localdate() - timedelta(days=1)))).to_have_count(1)
    expect(phone.get_by_text("Ditarik")).to_be_visible()
    found += complaints_now(phone)

    assert fits(phone)
    assert found == []
    assert not Rating.objects.exists()
