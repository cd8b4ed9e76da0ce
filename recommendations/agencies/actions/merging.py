"""Merges two rows of one body. The merged row stays in the database, because old letters name it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import QuerySet

from office.models import User
from office.refusals import Refused
from office.seals import TOO_OLD, MovedOn, Shown, fingerprint_of
from recommendations.agencies.actions.agencies import AgencyMerged, also_known_as, lock_names, note_change
from recommendations.instruments.texts import listed
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
    parts: Mapping[str, str]
    """Which rows and names these are: a fingerprint of each part."""

    def __str__(self) -> str:
        return (
            f"{self.accounts} akun berpindah, {self.joined} akun disatukan, {self.submissions} permohonan, "
            f"{self.letters} surat terbit (isinya tetap), {self.names} nama"
        )


@dataclass(frozen=True)
class ShownMerge(Shown):
    """What a page showed of a merge: the ids of both agencies, and which rows and names would move."""

    agency: int = 0
    into: int = 0
    parts: dict[str, str] = field(default_factory=dict)


def shown_merge(agency: Agency, into: Agency, moving: Moving) -> ShownMerge:
    """Return what a page shows of the merge."""
    return ShownMerge(agency.pk, into.pk, dict(moving.parts))


def _must_match(shown: ShownMerge, agency: Agency, into: Agency, moving: Moving) -> None:
    """Raise MovedOn when the page showed another merge, or when other rows or names would move now."""
    if (shown.agency, shown.into) != (agency.pk, into.pk):
        raise MovedOn([TOO_OLD])
    words = {
        "agency": f"Nama yang digabung kini {listed([agency, *agency.aliases.all()])}.",
        "into": f"Nama instansi tujuan kini {into}.",
        "accounts": f"Akun pemohon berubah: kini {moving.accounts} berpindah, {moving.joined} disatukan.",
        "submissions": f"Permohonan berubah: kini {moving.submissions}.",
        "letters": f"Surat terbit berubah: kini {moving.letters}.",
    }
    if changes := [words[name] for name in words if shown.parts.get(name) != moving.parts[name]]:
        raise MovedOn(changes)


def what_would_move(agency: Agency, into: Agency) -> Moving:
    """Return what merging `agency` into `into` would move, counted now.

    Raise MergedWithItself when both are one row, AgencyMerged when one of the two was merged already.
    """
    _must_be_two(agency, into)
    emails = {email.lower() for email in into.applicants.values_list("email", flat=True)}
    accounts = {pk: email.lower() in emails for pk, email in agency.applicants.values_list("pk", "email")}
    submissions = _ids(Submission.objects.filter(applicant__agency=agency))
    letters = _ids(Letter.objects.filter(submission__applicant__agency=agency))
    names = [agency.name, *sorted(agency.aliases.values_list("name", flat=True))]
    parts = {
        "agency": names,
        "into": into.name,
        "accounts": sorted(accounts.items()),
        "submissions": submissions,
        "letters": letters,
    }
    return Moving(
        accounts=list(accounts.values()).count(False),
        joined=list(accounts.values()).count(True),
        submissions=len(submissions),
        letters=len(letters),
        names=len(names),
        parts={name: fingerprint_of(part) for name, part in parts.items()},
    )


def _ids(rows: "QuerySet[Submission] | QuerySet[Letter]") -> list[int]:
    return sorted(rows.values_list("pk", flat=True))


@transaction.atomic
def merge_agency(agency: Agency, *, into: Agency, shown: ShownMerge | None = None, by: User) -> Moving:
    """Merge `agency` into `into`: move its accounts, submissions and names. Return what was moved.

    The row of `agency` stays, inactive, because old letters name it; the content of those letters is frozen.
    Raise MergedWithItself when both are one row, AgencyMerged when one of the two was merged meanwhile, MovedOn when
    something else would move than the page has `shown`; without a page it is None.
    """
    agency, into = _locked_both(agency, into)
    moving = what_would_move(agency, into)
    if shown is not None:
        _must_match(shown, agency, into, moving)
    for account in agency.applicants.order_by("pk"):
        _hand_over(account, into)
    agency.aliases.update(agency=into)
    agency.merged.update(merged_into=into)  # so that `merged_into` never names a merged agency
    agency.merged_into, agency.is_active = into, False
    agency.save()
    also_known_as(into, agency.name)
    note_change(agency, AgencyEvent.What.MERGE, by=by, note=f"ke dalam {into}: {moving}")
    note_change(into, AgencyEvent.What.MERGE, by=by, note=f"{agency} digabung ke sini: {moving}")
    return moving


def _locked_both(agency: Agency, into: Agency) -> tuple[Agency, Agency]:
    """Lock both agencies and their accounts until the transaction ends, and return the present rows of the agencies."""
    lock_names()
    pks = [agency.pk, into.pk]
    rows = Agency.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=pks).order_by("pk").in_bulk()
    list(Applicant.objects.select_for_update(of=("self",)).filter(agency__in=pks).order_by("pk"))
    return rows[agency.pk], rows[into.pk]


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
    for name in ("position", "romantik_username", "romantik_assisted_on"):
        setattr(twin, name, getattr(twin, name) or getattr(account, name))
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
