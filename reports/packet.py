"""The evidence packet of a period: what an evaluator of public services asks for (PEKPPP, instrument F02), as one ZIP.

A part that is not there is named with its reason, on the page and in ISI.txt, and has no file. The packet
of a period that is not over is allowed and called "sementara", in its name and in ISI.txt.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.template.loader import render_to_string
from django.utils import timezone

from complaints.recap_files import complaint_recap_book
from complaints.staff import readers_of_all
from guestbook.periods import Period
from office.formats import clock, long_date
from office.models import DayOff, Office, User
from office.paper import draw_pdf
from ratings.follow_up_sheets import plan_xlsx
from ratings.models import FollowUp
from ratings.period_report import ShownReport, shown_report
from ratings.skm_files import draw_skm_report, skm_report_book
from reports.recap_files import draw_submission_recap, submission_recap_book
from reports.recaps import SubmissionRecap, read_submission_recap
from reports.standard import PublishedStandard, published_standard, standard_html

LIST = "ISI.txt"
PACKET = (
    "guestbook.view_recap",
    "recommendations.view_submission",
    "ratings.view_rating",
    "complaints.view_complaint",
)
"""The permissions with which a user may see all parts of the packet."""


@dataclass(frozen=True)
class Sources:
    """What the parts of the packet are made of. `reader` is the user who makes it. Each reading is done once."""

    period: Period
    office: Office
    today: date
    reader: User

    @cached_property
    def shown(self) -> ShownReport:
        return shown_report(self.period, self.office)

    @cached_property
    def recap(self) -> SubmissionRecap:
        return read_submission_recap(self.period, today=self.today, days_off=DayOff.objects.names().keys())

    @cached_property
    def standard(self) -> PublishedStandard:
        return published_standard()

    @property
    def is_provisional(self) -> bool:
        return self.today <= self.period.last

    @property
    def name(self) -> str:
        """The name of the packet without its ending, e.g. `Paket bukti 2026-T4 sementara`."""
        return f"Paket bukti {self.period.code}{' sementara' if self.is_provisional else ''}"


@dataclass(frozen=True)
class PacketPart:
    """One file of the packet. `lacks` returns why it is not there, "" when it is."""

    name: str
    draw: Callable[[Sources], bytes]
    lacks: Callable[[Sources], str] = lambda _: ""


@dataclass(frozen=True)
class ListedPart:
    """A part as the page lists it."""

    name: str
    missing: str


@dataclass(frozen=True)
class Packet:
    """A packet that was made: its files, its list, and the ZIP of both."""

    period: Period
    made_at: datetime
    files: dict[str, bytes]
    listing: str
    content: bytes

    @property
    def sha256(self) -> str:
        return _digest(self.listing.encode())


def _skm_pdf(sources: Sources) -> bytes:
    return draw_skm_report(sources.shown, office=sources.office, today=sources.today)


def _skm_xlsx(sources: Sources) -> bytes:
    return skm_report_book(sources.shown, office=sources.office, today=sources.today)


def _no_index(sources: Sources) -> str:
    return sources.shown.report.problem


def _no_plan(sources: Sources) -> str:
    has_plan = FollowUp.objects.within(sources.period).exists()
    return "" if has_plan else "Rencana tindak lanjut belum dibuka: belum ada laporan SKM periode ini yang dibekukan."


def _register(sources: Sources) -> bytes:
    """Draw the register as every Kepala may read it, so that the packet does not depend on who makes it."""
    hidden = readers_of_all()
    return complaint_recap_book(sources.period, office=sources.office, today=sources.today, hidden_from=hidden)


def _recap_xlsx(sources: Sources) -> bytes:
    return submission_recap_book(sources.recap, sources.period, office=sources.office)


def _recap_pdf(sources: Sources) -> bytes:
    return draw_submission_recap(sources.recap, sources.period, office=sources.office, today=sources.today)


def _standard(sources: Sources) -> bytes:
    return draw_pdf(standard_html(sources.standard, office=sources.office, today=sources.today))


def _maklumat(sources: Sources) -> bytes:
    content = {"standard": sources.standard, "office": sources.office}
    return draw_pdf(render_to_string("letters/maklumat.html", content))


def _no_maklumat(sources: Sources) -> str:
    return "" if sources.standard.maklumat else "Maklumat pelayanan belum diisi kantor."


PARTS = (
    PacketPart("01 Laporan SKM.pdf", _skm_pdf, _no_index),
    PacketPart("02 Laporan SKM.xlsx", _skm_xlsx, _no_index),
    PacketPart("03 Register pengaduan.xlsx", _register),
    PacketPart("04 Rencana tindak lanjut.xlsx", lambda sources: plan_xlsx(sources.period), _no_plan),
    PacketPart("05 Rekap rekomendasi.xlsx", _recap_xlsx),
    PacketPart("06 Rekap rekomendasi.pdf", _recap_pdf),
    PacketPart("07 Standar pelayanan.pdf", _standard),
    PacketPart("08 Maklumat pelayanan.pdf", _maklumat, _no_maklumat),
)
"""Every part in the order of the ZIP. The names have no letters that a file system refuses."""


def listed_parts(sources: Sources) -> list[ListedPart]:
    """Return what the packet will have, and what it will lack, without drawing anything."""
    return [ListedPart(part.name, part.lacks(sources)) for part in PARTS]


def make_packet(sources: Sources, *, at: datetime) -> Packet:
    """Return the packet, made `at` that time. The parts are drawn one after the other."""
    lacking = {part.name: part.lacks(sources) for part in PARTS}
    files = {part.name: part.draw(sources) for part in PARTS if not lacking[part.name]}
    listing = _listing(sources, files, lacking, at)
    return Packet(sources.period, at, files, listing, _zipped({LIST: listing.encode(), **files}, at))


def _listing(sources: Sources, files: dict[str, bytes], lacking: dict[str, str], at: datetime) -> str:
    state = " (sementara, periode belum berakhir)" if sources.is_provisional else ""
    there = [f"{_digest(content)}  {name}" for name, content in files.items()]
    missing = [f"{name}: {why}" for name, why in lacking.items() if why]
    return "\r\n".join(
        [
            f"Paket bukti pelayanan, {sources.period.words}{state}",
            f"{sources.office.name}, kode satker {sources.office.satker}",
            f"Dibuat {long_date(at)}, {clock(at)}, oleh {sources.reader}",
            f"Laporan SKM: {sources.shown.seal or 'dihitung saat paket dibuat, belum dibekukan.'}",
            "",
            "SHA-256 setiap berkas:",
            *there,
            *(["", "Tidak ada dalam paket ini:", *missing] if missing else []),
            "",
        ]
    )


def _zipped(files: dict[str, bytes], at: datetime) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = ZipInfo(name, date_time=timezone.localtime(at).timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, content)
    return buffer.getvalue()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
