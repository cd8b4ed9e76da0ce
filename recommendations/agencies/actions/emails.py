"""Showing that an applicant's e-mail works (SK 019/KPA/2024, requirement 3): by a code, a link, or another way."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from office.formats import clock
from office.models import Office, User
from office.outbox import put_mail
from office.refusals import Refused
from recommendations.agencies.actions.agencies import note_change
from recommendations.models import AgencyEvent, Applicant, EmailCode
from recommendations.models.applicants import CODE_LASTS, TRIES

PAUSE = timedelta(seconds=60)
A_DAY = 10
SUBJECT = "Kode untuk memastikan e-mail Anda aktif"


class CodeNotSent(Refused):
    """Raised when no further code is sent now."""


class EmailCodeRefused(Refused):
    """Raised when the code that was typed does not count."""


def _digest(kind: str, *parts: object) -> str:
    """Under the desk's key, so that a copy of the database alone does not tell the code."""
    return salted_hmac(f"recommendations.email.{kind}", ":".join(map(str, parts)), algorithm="sha256").hexdigest()


@transaction.atomic
def send_code(account: Applicant, *, by: User) -> EmailCode:
    """Mail six digits and a link to the account's e-mail; a code sent before counts no more. Raises CodeNotSent."""
    account = Applicant.objects.select_for_update(of=("self",)).get(pk=account.pk)
    _must_not_flood(account)
    digits, token = f"{secrets.randbelow(1_000_000):06}", secrets.token_urlsafe(16)
    code = EmailCode.objects.create(
        applicant=account,
        email=account.email,
        digest=_digest("code", account.pk, account.email, digits),
        link_digest=_digest("link", token),
        made_by=by,
    )
    number = account.codes.count()
    office = Office.objects.current()
    link = office.public_url.rstrip("/") + reverse("recommendations:confirm_email", args=[token])
    words = {"code": digits, "until": clock(code.made_at + CODE_LASTS), "office": office, "link": link}
    body = render_to_string("recommendations/agencies/mail_code.txt", words)
    code.mail = put_mail(key=f"code:{account.pk}:{number}", to=account.email, subject=SUBJECT, body=body)
    code.save(update_fields=["mail"])
    return code


def _must_not_flood(account: Applicant) -> None:
    """One code a minute, ten in a day of 24 hours: whoever gets them did not ask for more."""
    now = timezone.now()
    sent = list(account.codes.filter(made_at__gt=now - timedelta(days=1)).values_list("made_at", flat=True))
    if sent and now - sent[-1] < PAUSE:
        wait = int((sent[-1] + PAUSE - now).total_seconds()) + 1
        raise CodeNotSent(f"Kode baru saja dikirim. Tunggu {wait} detik, lalu kirim lagi.")
    if len(sent) >= A_DAY:
        raise CodeNotSent(f"Sudah {A_DAY} kode dalam 24 jam. Periksa alamatnya, atau catat konfirmasi lewat cara lain.")


def confirm_code(account: Applicant, *, code: str, by: User) -> Applicant:
    """The applicant has read the code out. Raises CodeRefused: another code, too late, too often, another address.

    A wrong code is counted even though it is refused; after five the code is dead.
    """
    mailed = account.codes.last()
    if mailed is None or not mailed.is_open:
        raise EmailCodeRefused("Kode tidak berlaku lagi. Kirim kode baru.")
    if not EmailCode.objects.filter(pk=mailed.pk, tries__lt=TRIES).update(tries=F("tries") + 1):
        raise EmailCodeRefused("Kode tidak berlaku lagi. Kirim kode baru.")
    digits = "".join(sign for sign in code if sign.isdecimal())
    if not constant_time_compare(mailed.digest, _digest("code", account.pk, mailed.email, digits)):
        raise EmailCodeRefused(_words_for_wrong(TRIES - mailed.tries - 1))
    return _note_working(account, mailed.email, way=Applicant.Way.CODE, by=by)


def _words_for_wrong(left: int) -> str:
    if left < 1:
        return "Kode tidak cocok, sudah lima kali. Kirim kode baru."
    return f"Kode tidak cocok. Minta pemohon membaca e-mail yang terbaru; masih {left} kali percobaan."


def link_of(token: str) -> EmailCode | None:
    """The mailed code whose link carries `token`, while it counts and the address is still the account's."""
    code = EmailCode.objects.select_related("applicant").filter(link_digest=_digest("link", token)).first()
    if code is None or not code.link_is_open or code.email != code.applicant.email:
        return None
    return code


def confirm_link(token: str) -> Applicant | None:
    """Somebody who reads the mail says that it arrived; None when the link does not count (any longer)."""
    code = link_of(token)
    return _note_working(code.applicant, code.email, way=Applicant.Way.LINK, by=None) if code else None


def confirm_otherwise(account: Applicant, *, reason: str, by: User) -> Applicant:
    """The officer vouches for the address, with the reason: the way out when mails do not get through."""
    return _note_working(account, account.email, way=Applicant.Way.OTHER, note=reason, by=by)


@transaction.atomic
def _note_working(account: Applicant, email: str, *, way: Applicant.Way, note: str = "", by: User | None) -> Applicant:
    """Raises CodeRefused when the address was changed meanwhile. What was shown already is not shown again."""
    account = Applicant.objects.select_for_update(of=("self",)).get(pk=account.pk)
    if account.email != email:
        raise EmailCodeRefused("Alamat e-mail sudah diubah sesudah kode dikirim. Kirim kode baru.")
    if account.has_working_email:
        return account
    account.verified_email, account.verified_at, account.verified_way = email, timezone.now(), way
    account.verified_note, account.verified_by = note[:200], by
    account.save()
    account.codes.update(tries=TRIES)  # what was mailed has done its work
    note_change(
        account.agency, AgencyEvent.What.CONTACT, by=by, note=f"E-mail {account.name} terbukti aktif, {way.label}"
    )
    return account
