"""Merges two rows of one body. The merged row stays in the database, because old letters name it."""

from dataclasses import dataclass

from django.db import transaction

from office.models import User
from office.refusals import Refused
from recommendations.agencies.actions.agencies import AgencyMerged, also_known_as, lock_names, note_change
from recommendations.models import Agency, AgencyEvent, Applicant, Letter, Submission


class MergedWithItself(Refused):
    """Raised when an agency is to be merged with itself."""

    def __init__(self, agency: Agency):
        super().__init__(f"{agency} tidak dapat digabung dengan dirinya sendiri. Pilih instansi lain.")


@dataclass(frozen=True)
class Moving:
    """What a merge moves, in numbers: `accounts` change the agency, `joined` are united with one of the same e-mail."""

    accounts: int
    joined: int
    submissions: int
    letters: int
    names: int

    def __str__(self) -> str:
        return (
            f"{self.accounts} akun berpindah, {self.joined} akun disatukan, {self.submissions} permohonan, "
            f"{self.letters} surat terbit (isinya tetap), {self.names} nama"
        )


def what_would_move(agency: Agency, into: Agency) -> Moving:
    """Return what merging `agency` into `into` would move, counted now.

    Raise MergedWithItself when both are one row, AgencyMerged when one of the two was merged already.
    """
    _must_be_two(agency, into)
    emails = {email.lower() for email in into.applicants.values_list("email", flat=True)}
    accounts = [email.lower() in emails for email in agency.applicants.values_list("email", flat=True)]
    return Moving(
        accounts=accounts.count(False),
        joined=accounts.count(True),
        submissions=Submission.objects.filter(applicant__agency=agency).count(),
        letters=Letter.objects.filter(submission__applicant__agency=agency).count(),
        names=agency.aliases.count() + 1,
    )


@transaction.atomic
def merge_agency(agency: Agency, *, into: Agency, by: User) -> Moving:
    """Merge `agency` into `into`: move its accounts, submissions and names. Return what was moved.

    The row of `agency` stays, inactive, because old letters name it; the content of those letters is frozen.
    Raise MergedWithItself when both are one row, AgencyMerged when one of the two was merged meanwhile.
    """
    lock_names()
    both = (
        Agency.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=[agency.pk, into.pk]).order_by("pk")
    )
    rows = {row.pk: row for row in both}
    agency, into = rows[agency.pk], rows[into.pk]
    moving = what_would_move(agency, into)
    for account in agency.applicants.select_for_update(of=("self",)).order_by("pk"):
        _hand_over(account, into)
    agency.aliases.update(agency=into)
    agency.merged.update(merged_into=into)  # so that `merged_into` never names a merged agency
    agency.merged_into, agency.is_active = into, False
    agency.save()
    also_known_as(into, agency.name)
    note_change(agency, AgencyEvent.What.MERGE, by=by, note=f"ke dalam {into}: {moving}")
    note_change(into, AgencyEvent.What.MERGE, by=by, note=f"{agency} digabung ke sini: {moving}")
    return moving


def _hand_over(account: Applicant, into: Agency) -> None:
    """Move the account to `into`.

    When `into` has an account of the same e-mail, move the submissions there and deactivate `account` instead.
    """
    twin = into.applicants.filter(email__iexact=account.email).first()
    if twin is None:
        account.agency = into
        account.save(update_fields=["agency"])
        return
    account.submissions.update(applicant=twin)
    account.is_active = False
    account.save(update_fields=["is_active"])
    _complete(twin, account)


def _complete(twin: Applicant, account: Applicant) -> None:
    """Copy to `twin` the facts of the person that only the deactivated `account` has."""
    for field in ("position", "romantik_username", "romantik_assisted_on"):
        setattr(twin, field, getattr(twin, field) or getattr(account, field))
    if account.has_working_email and not twin.has_working_email:
        for field in ("verified_email", "verified_at", "verified_way", "verified_note", "verified_by"):
            setattr(twin, field, getattr(account, field))
    twin.save()


def _must_be_two(agency: Agency, into: Agency) -> None:
    if agency.pk == into.pk:
        raise MergedWithItself(agency)
    for one in (agency, into):
        if one.merged_into_id:
            raise AgencyMerged(one)
