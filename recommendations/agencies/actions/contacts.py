"""Records the contacts of an agency: the accounts of the persons who act for it."""

from datetime import date

from django.db import transaction

from office.models import User
from office.refusals import Refused
from recommendations.agencies.actions.agencies import agency_called, locked_agency, note_change
from recommendations.models import Agency, AgencyEvent, Applicant
from recommendations.models.applicants import TRIES


class EmailTaken(Refused):
    """Raised when another account of the agency has that e-mail."""

    def __init__(self, email: str, holder: Applicant):
        super().__init__(f"{email} sudah dipakai akun {holder.name} di instansi ini. Pakai akun itu, atau tulis lain.")


@transaction.atomic
def register_applicant(
    *,
    agency_name: str,
    name: str,
    position: str,
    phone: str,
    email: str,
    romantik_username: str,
    romantik_assisted_on: date | None,
    by: User | None = None,
) -> Applicant:
    """Save the account of this agency and e-mail with today's facts, and return it. Create it when there is none.

    An empty fact about the Romantik account does not replace a known one. Raise AmbiguousName when `agency_name` may
    mean several agencies.
    """
    agency = agency_called(agency_name, by=by)
    facts = {"name": name, "position": position, "phone": phone, "is_active": True}
    romantik = {"romantik_username": romantik_username, "romantik_assisted_on": romantik_assisted_on}
    facts |= {field: value for field, value in romantik.items() if value}
    known = agency.applicants.select_for_update(of=("self",)).filter(email__iexact=email).first()
    if known is None:
        return Applicant.objects.create(agency=agency, email=email, **facts)
    for field, value in facts.items():
        setattr(known, field, value)
    known.save()
    return known


@transaction.atomic
def add_contact(agency: Agency, *, email: str, by: User, **facts: object) -> Applicant:
    """Record another contact of `agency`, before there is a submission. Return the account.

    Raise EmailTaken when the agency has an account with that e-mail, AgencyMerged when the agency was merged.
    """
    agency = locked_agency(agency)
    _must_be_free(agency, email)
    account = Applicant.objects.create(agency=agency, email=email, **facts)
    note_change(agency, AgencyEvent.What.CONTACT, by=by, note=f"{account.name} dicatat")
    return account


@transaction.atomic
def change_contact(account: Applicant, *, email: str, by: User, **facts: object) -> Applicant:
    """Correct the facts of a contact, and return the account. A changed e-mail must be confirmed again.

    Raise EmailTaken when another account of the agency has that e-mail, AgencyMerged when the agency was merged.
    """
    locked_agency(account.agency)
    account = Applicant.objects.select_for_update(of=("self",)).get(pk=account.pk)
    _must_be_free(account.agency, email, but=account)
    if email.lower() != account.email.lower():
        account.verified_email, account.verified_at, account.verified_way = "", None, ""
        account.verified_note, account.verified_by = "", None
        account.codes.update(tries=TRIES)  # a code mailed to the former address proves nothing about this one
    for field, value in {"email": email, **facts}.items():
        setattr(account, field, value)
    account.save()
    note_change(account.agency, AgencyEvent.What.CONTACT, by=by, note=f"{account.name} diubah")
    return account


def _must_be_free(agency: Agency, email: str, but: Applicant | None = None) -> None:
    others = agency.applicants.exclude(pk=but.pk) if but else agency.applicants.all()
    holder = others.filter(email__iexact=email).first()
    if holder:
        raise EmailTaken(email, holder)
