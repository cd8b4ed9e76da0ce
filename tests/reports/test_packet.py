"""The evidence packet of a quarter: what is in it, what is missing, its digests, and who may have it."""

import hashlib
from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
import time_machine
from openpyxl import load_workbook
from pypdf import PdfReader

from complaints.reporter import Reporter
from guestbook.periods import period_of
from guestbook.workflow import Status
from office.models import ServiceStandard
from ratings.report_actions import freeze_report
from reports.models import PacketDownload
from reports.packet import LIST, PARTS
from tests.factories import RatingFactory, VisitFactory, new_complaint, skm_answers
from tests.pages import page

ADDRESS = "/ringkasan/bukti/triwulan/2026/4/"


@pytest.fixture
def january(office):
    with time_machine.travel(datetime(2027, 1, 20, 4, tzinfo=UTC), tick=False):
        yield


def unzipped(answer) -> dict[str, bytes]:
    with ZipFile(BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_packet_has_every_part_with_its_digest(january, client_of, kepala):
    for _ in range(5):
        RatingFactory(visit=VisitFactory(day=date(2026, 11, 2), status=Status.SERVED), answers=skm_answers(4))
    ServiceStandard.objects.update_or_create(pk=1, defaults={"maklumat": "Kami sanggup.", "maklumat_by": "Kepala"})
    new_complaint(text="Petugas tidur.", reporter=Reporter(name="Budi Contoh", is_confidential=True))
    freeze_report(period_of("2026-T4"), by=kepala)
    head = client_of(kepala)

    shown = page(head, ADDRESS, "Isi paket")
    answer = head.post(f"{ADDRESS}bukti.zip")

    files = unzipped(answer)
    listing = files.pop(LIST).decode()
    assert list(files) == [part.name for part in PARTS]
    assert all(name in shown for name in files)
    assert "Tidak ada" not in shown
    assert "sementara" not in listing + answer["Content-Disposition"]
    for name, content in files.items():
        assert f"{hashlib.sha256(content).hexdigest()}  {name}" in listing
        if name.endswith(".pdf"):
            assert len(PdfReader(BytesIO(content)).pages) >= 1
    report = "".join(one.extract_text() for one in PdfReader(BytesIO(files["01 Laporan SKM.pdf"])).pages)
    assert "Capaian tindak lanjut" in report
    assert "Tindak lanjut" in load_workbook(BytesIO(files["02 Laporan SKM.xlsx"])).sheetnames
    assert f"Dibuat Rabu, 20 Januari 2027, 12.00 WITA, oleh {kepala}" in listing
    assert b"Budi Contoh" not in b"".join(files.values())
    log = PacketDownload.objects.get()
    assert (log.by, log.period, log.files) == (kepala, "2026-T4", len(PARTS))
    assert log.sha256 == hashlib.sha256(listing.encode()).hexdigest()


def test_what_is_missing_is_named_and_no_empty_file_stands_for_it(january, client_of, kepala):
    head = client_of(kepala)

    shown = page(head, ADDRESS, "Isi paket")
    files = unzipped(head.post(f"{ADDRESS}bukti.zip"))

    listing = files[LIST].decode()
    assert "01 Laporan SKM.pdf" not in files
    assert "01 Laporan SKM.pdf: Responden belum cukup: 0 dari paling sedikit 5." in listing
    assert "04 Rencana tindak lanjut.xlsx: Rencana tindak lanjut belum dibuka" in listing
    assert "08 Maklumat pelayanan.pdf: Maklumat pelayanan belum diisi kantor." in listing
    assert "Responden belum cukup" in shown
    assert set(files) == {LIST} | {part.name for part in PARTS if part.name[:2] not in ("01", "02", "04", "08")}


def test_a_quarter_that_is_not_over_is_provisional_and_a_future_one_is_not_there(office, client_of, kepala):
    head = client_of(kepala)
    with time_machine.travel(datetime(2026, 11, 20, 4, tzinfo=UTC), tick=False):
        answer = head.post(f"{ADDRESS}bukti.zip")
        future = [
            head.get("/ringkasan/bukti/triwulan/2027/1/"),
            head.post("/ringkasan/bukti/triwulan/2027/1/bukti.zip"),
        ]

    assert answer["Content-Disposition"] == 'attachment; filename="Paket bukti 2026-T4 sementara.zip"'
    assert "sementara, periode belum berakhir" in unzipped(answer)[LIST].decode()
    assert [one.status_code for one in future] == [404, 404]
    assert PacketDownload.objects.count() == 1


def test_an_officer_has_no_packet(january, client_of, petugas, kepala):
    desk = client_of(petugas)

    assert desk.get(ADDRESS).status_code == 403
    assert desk.post(f"{ADDRESS}bukti.zip").status_code == 403
    assert "Paket bukti" not in page(desk, "/ringkasan/triwulan/2026/4/", "Rekap rekomendasi")
    assert "Paket bukti" in page(client_of(kepala), "/ringkasan/triwulan/2026/4/", "Rekap rekomendasi")


def test_the_dashboard_of_who_may_have_it_leads_to_the_packet_of_the_last_quarter(january, client_of, kepala, petugas):
    link = f'href="{ADDRESS}"'

    assert link in page(client_of(kepala), "/ringkasan/", "Paket bukti")
    assert "bukti" not in page(client_of(petugas), "/ringkasan/", "Milik saya")
