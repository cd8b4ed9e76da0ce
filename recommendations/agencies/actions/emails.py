"""Confirm that an applicant's e-mail works (SK 019/KPA/2024, requirement 3): by a code, a link, or in another way."""

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
CODES_A_DAY = 10
SUBJECT = "Kode untuk memastikan e-mail Anda aktif"


class CodeNotSent(Refused):
    """Raised when no further code may be sent now."""


class EmailCodeRefused(Refused):
    """Raised when a code, a link or the officer's word cannot confirm the e-mail."""


def _digest(kind: str, *parts: object) -> str:
    """Return a digest made with the secret key, so that a copy of the database alone does not reveal the code."""
    return salted_hmac(f"recommendations.email.{kind}", ":".join(map(str, parts)), algorithm="sha256").hexdigest()


@transaction.atomic
def send_code(account: Applicant, *, by: User) -> EmailCode:
    """Mail six digits and a link to the account's e-mail. Return the row; earlier digits no longer count.

    Raise CodeNotSent when too many codes were sent.
    """
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
    link = office.full_address(reverse("recommendations:confirm_email", args=[token]))
    words = {"code": digits, "until": clock(code.made_at + CODE_LASTS), "office": office, "link": link}
    body = render_to_string("recommendations/agencies/mail_code.txt", words)
    code.mail = put_mail(key=f"code:{account.pk}:{number}", to=account.email, subject=SUBJECT, body=body)
    code.save(update_fields=["mail"])
    return code


def _must_not_flood(account: Applicant) -> None:
    """Raise CodeNotSent when a code was sent in the last minute, or ten codes in the last 24 hours.

    This protects the owner of the address, who may not have asked for the codes.
    """
    now = timezone.now()
    sent = list(account.codes.filter(made_at__gt=now - timedelta(days=1)).values_list("made_at", flat=True))
    if sent and now - sent[-1] < PAUSE:
        wait = int((sent[-1] + PAUSE - now).total_seconds()) + 1
        raise CodeNotSent(f"Kode baru saja dikirim. Tunggu {wait} detik, lalu kirim lagi.")
    if len(sent) >= CODES_A_DAY:
        raise CodeNotSent(
            f"Sudah {CODES_A_DAY} kode dalam 24 jam. Periksa alamatnya, atau catat konfirmasi lewat cara lain."
        )


def confirm_code(account: Applicant, *, code: str, by: User) -> Applicant:
    """Confirm the account's e-mail with the code that the applicant read out. Return the account.

    Raise EmailCodeRefused when the code is wrong, too old, tried too often, or was mailed to another address. Every
    typed code counts as a try, also a refused one; after five tries the mailed code is closed. Not one transaction:
    a refused try must stay counted.
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
    """Return the mailed code whose link has `token`; None when no mail has it, it expired, or the e-mail changed."""
    code = EmailCode.objects.select_related("applicant").filter(link_digest=_digest("link", token)).first()
    if code is None or not code.link_is_open or code.email != code.applicant.email:
        return None
    return code


def confirm_link(token: str) -> Applicant | None:
    """Confirm an account's e-mail by the link in the mail. Return the account; None when the link does not count.

    Raise EmailCodeRefused when the e-mail was changed meanwhile.
    """
    code = link_of(token)
    return _note_working(code.applicant, code.email, way=Applicant.Way.LINK, by=None) if code else None


def confirm_otherwise(account: Applicant, *, reason: str, by: User) -> Applicant:
    """Confirm the account's e-mail on the word of the officer, with the reason, e.g. when mails do not arrive.

    Return the account. Raise EmailCodeRefused when the e-mail was changed meanwhile.
    """
    return _note_working(account, account.email, way=Applicant.Way.OTHER, note=reason, by=by)


@transaction.atomic
def _note_working(account: Applicant, email: str, *, way: Applicant.Way, note: str = "", by: User | None) -> Applicant:
    """Save that the account's e-mail works and how it was confirmed. Do nothing when it is confirmed already.

    Raise EmailCodeRefused when the e-mail was changed meanwhile.
    """
    account = Applicant.objects.select_for_update(of=("self",)).get(pk=account.pk)
    if account.email != email:
        raise EmailCodeRefused("Alamat e-mail sudah diubah sesudah kode dikirim. Kirim kode baru.")
    if account.has_working_email:
        return account
    account.verified_email, account.verified_at, account.verified_way = email, timezone.now(), way
    account.verified_note, account.verified_by = note[:200], by
    account.save()
    account.codes.update(tries=TRIES)  # the mailed codes are used up
    note_change(
        account.agency, AgencyEvent.What.CONTACT, by=by, note=f"E-mail {account.name} terbukti aktif, {way.label}"
    )
    return account
