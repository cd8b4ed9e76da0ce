"""The admin's pages of the mails of the outbox."""

import re
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html_join

from office.fields import TIDY
from office.formats import clock, short_date
from office.models import Mail
from office.outbox import repeat, take_as_arrived
from office.requests import StaffRequest

HIDDEN = "tidak ditampilkan: e-mail pengaduan"


@admin.register(Mail)
class MailAdmin(admin.ModelAdmin):
    """List the mails of the outbox with their state. The rows are read-only; some can be sent again."""

    formfield_overrides = TIDY
    list_display = ["shown_subject", "receiver", "state", "wanted", "words"]
    list_filter = ["status"]
    search_fields = ["to", "subject"]
    readonly_fields = [
        "shown_key",
        "receiver",
        "shown_subject",
        "text",
        "status",
        "attempts",
        "why",
        "server_answer",
        "wanted",
        "tried_next",
        "sent",
        "decided",
        "decided_by",
    ]
    fields = [*readonly_fields]
    actions = ["try_again", "confirm_arrived"]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the list under its own name: no mail can be changed there."""
        return super().changelist_view(request, {"title": "E-mail keluar"} | (extra_context or {}))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Mail], search_term: str
    ) -> tuple[QuerySet[Mail], bool]:
        """Find no mail of a complaint: an address that finds one would name its reporter."""
        if search_term:
            queryset = queryset.exclude(pk__in=Mail.objects.of_complaints().values("pk"))
        return super().get_search_results(request, queryset, search_term)

    @admin.display(description="perihal")
    def shown_key(self, mail: Mail) -> str:
        return "pengaduan" if mail.is_of_complaint else mail.key

    @admin.display(description="judul")
    def shown_subject(self, mail: Mail) -> str:
        """Return the subject; that of a mail of a complaint without the code, by which the complaint is found."""
        return "Pengaduan" if mail.is_of_complaint else mail.subject

    @admin.display(description="sebab")
    def why(self, mail: Mail) -> str:
        return HIDDEN if mail.is_of_complaint and mail.error else mail.error

    @admin.display(description="jawaban server")
    def server_answer(self, mail: Mail) -> str:
        """Return what the server said; not of a mail of a complaint, because servers repeat the address."""
        return HIDDEN if mail.is_of_complaint and mail.answer else mail.answer

    @admin.display(description="kepada")
    def receiver(self, mail: Mail) -> str:
        """Return the address, which may break after each of its parts, so that the table fits a small screen.

        Of a mail of a complaint, which the admin does not read, return only whether its reporter gets it.
        """
        if mail.is_of_complaint:
            return "pelapor pengaduan" if ":reporter:" in mail.key else "petugas pengaduan"
        return format_html_join("", "{}<wbr>", ((part,) for part in re.split(r"(?<=[@.])", mail.to)))

    @admin.display(description="keadaan", ordering="status")
    def state(self, mail: Mail) -> str:
        """Return the state as the other screens say it, and after several tries how many there were."""
        tries = f", {mail.attempts} kali dicoba" if mail.attempts > 1 else ""
        return f"{mail.state_words}{tries}"

    @admin.display(description="diminta", ordering="wanted_at")
    def wanted(self, mail: Mail) -> str:
        return _when(mail, mail.wanted_at)

    @admin.display(description="dicoba lagi")
    def tried_next(self, mail: Mail) -> str:
        return _when(mail, mail.next_try_at)

    @admin.display(description="terkirim", empty_value="-")
    def sent(self, mail: Mail) -> str | None:
        return _when(mail, mail.sent_at) if mail.sent_at else None

    @admin.display(description="diputuskan petugas", empty_value="-")
    def decided(self, mail: Mail) -> str | None:
        return _when(mail, mail.decided_at) if mail.decided_at else None

    @admin.display(description="keterangan", empty_value="")
    def words(self, mail: Mail) -> str:
        """Return why the mail was not sent, otherwise when it was; the server's own answer is on the mail's page."""
        sent = f"Terkirim {_when(mail, mail.sent_at)}" if mail.sent_at else ""
        return self.why(mail) or sent

    @admin.display(description="isi")
    def text(self, mail: Mail) -> str:
        """Return whether the mail still has its text. The text itself is for the receiver only."""
        return "isi sudah dihapus" if mail.blanked_at else "masih tersimpan"

    @admin.action(description="Kirim lagi yang ditunda, ditolak, gagal, atau tidak diketahui", permissions=["change"])
    def try_again(self, request: HttpRequest, mails: QuerySet[Mail]) -> None:
        """Send the chosen mails again, but for those with a paper: its page knows whether it may still be sent."""
        count = sum(repeat(mail) for mail in mails.filter(file=""))
        messages.info(request, f"{count} e-mail dikirim lagi.")
        papers = mails.exclude(file="").count()
        if papers:
            messages.warning(request, f"{papers} e-mail membawa surat atau lembar: ulangi pada halaman permohonannya.")

    @admin.action(description="Anggap sampai yang hasilnya tidak diketahui", permissions=["change"])
    def confirm_arrived(self, request: StaffRequest, mails: QuerySet[Mail]) -> None:
        count = sum(take_as_arrived(mail, by=request.user) for mail in mails)
        messages.info(request, f"{count} e-mail dianggap sampai.")

    def has_delete_permission(self, request: HttpRequest, obj: Mail | None = None) -> bool:
        return False


def _when(mail: Mail, moment: datetime) -> str:
    """Return the moment in words; of a mail of a complaint only its day, because the minute would name its reporter."""
    return short_date(moment) if mail.is_of_complaint else f"{short_date(moment)} {clock(moment)}"
