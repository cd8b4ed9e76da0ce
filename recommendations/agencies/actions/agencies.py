"""Records and renames agencies, and adds other names. Every change of a name is written into the agency's history.

The office's lock lets one transaction at a time change names, because a name, short form or alias belongs to one agency
only, across both tables.
"""

from django.db import transaction
from django.db.models import Q

from office.models import Office, User
from office.refusals import Refused
from recommendations.agency_names import kind_in, name_key
from recommendations.models import Agency, AgencyAlias, AgencyEvent

What = AgencyEvent.What
FACTS = {
    "kind": "jenis",
    "code": "kode SKPD",
    "addressed_to": "kepada siapa surat ditujukan",
    "place": "tempat",
    "is_government": "instansi pemerintah atau bukan",
    "needs_check": "nama perlu diperiksa atau tidak",
    "is_active": "aktif atau tidak",
}
"""The fields of an agency that may change besides its names, in the words of the history."""


class NameTaken(Refused):
    """Raised when another agency already has that name."""

    def __init__(self, name: str, holder: Agency):
        self.holder = holder
        super().__init__(f"“{name}” sudah menjadi nama {holder}. Bila keduanya satu badan, gabungkan.")


class AmbiguousName(Refused):
    """Raised when the typed name may mean several agencies."""

    def __init__(self, typed: str, found: list[Agency]):
        names = "; ".join(agency.name for agency in found[:4])
        super().__init__(f"“{typed}” dapat berarti lebih dari satu instansi. Tulis lengkap: {names}.")


class AgencyMerged(Refused):
    """Raised when the agency was merged into another. Its row is only kept for old letters."""

    def __init__(self, agency: Agency):
        super().__init__(f"{agency} sudah digabung ke dalam {agency.merged_into}. Pakai yang itu.")


def note_change(agency: Agency, what: AgencyEvent.What, *, by: User | None, note: str = "") -> None:
    """Write an event into the history of an agency."""
    AgencyEvent.objects.create(agency=agency, what=what, by=by, note=note[:500])


@transaction.atomic
def agency_called(typed: str, *, by: User | None = None) -> Agency:
    """Return the agency that `typed` means. Record it when it is new, with `needs_check`: its name must be checked.

    Raise AmbiguousName when `typed` may mean several agencies.
    """
    office = lock_names()
    name = " ".join(typed.split())
    found = list(Agency.objects.named(name))
    if len(found) > 1:
        raise AmbiguousName(name, found)
    if found:
        return found[0]
    kind = kind_in(name)
    is_government = kind != Agency.Kind.OTHER
    agency = Agency.objects.create(
        name=name, kind=kind, place=office.place, is_government=is_government, needs_check=True
    )
    note_change(agency, What.CREATE, by=by, note="Diketik saat permohonan dibuka")
    return agency


@transaction.atomic
def create_agency(*, name: str, short: str = "", by: User, **facts: object) -> Agency:
    """Record an agency and return it. Raise NameTaken when another agency has its name or short form."""
    office = lock_names()
    _must_be_free(name, short)
    agency = Agency.objects.create(name=name, short=short, **{"place": office.place, **facts})
    note_change(agency, What.CREATE, by=by)
    also_known_as(agency, short)
    return agency


@transaction.atomic
def change_agency(agency: Agency, *, name: str, short: str, by: User, **facts: object) -> Agency:
    """Rename an agency or correct its facts, and return it. Its former name and short form still find it.

    Raise NameTaken when another agency has the new name or short form, AgencyMerged when the agency was merged.
    """
    lock_names()
    agency = locked_agency(agency)
    _must_be_free(name, short, but=agency)
    former = agency.name
    changed = [field for field, value in facts.items() if getattr(agency, field) != value]
    for field, value in {"name": name, "short": short, **facts}.items():
        setattr(agency, field, value)
    agency.aliases.filter(key=name_key(name)).delete()  # the new name may have been an alias
    agency.save()
    also_known_as(agency, short)
    if former != name:
        also_known_as(agency, former)
        note_change(agency, What.RENAME, by=by, note=f"{former} menjadi {name}")
    if changed:
        note_change(agency, What.CHANGE, by=by, note=", ".join(FACTS[field] for field in changed))
    return agency


@transaction.atomic
def note_government(agency: Agency, *, is_government: bool, by: User) -> None:
    """Save whether the agency is a government body (SK 019/KPA/2024, requirement 2). Do nothing when it is saved so.

    Raise AgencyMerged when the agency was merged.
    """
    agency = locked_agency(agency)
    if agency.is_government == is_government:
        return
    agency.is_government = is_government
    agency.save()
    words = "instansi pemerintah" if is_government else "bukan instansi pemerintah"
    note_change(agency, What.CHANGE, by=by, note=f"Dicatat sebagai {words}")


@transaction.atomic
def add_alias(agency: Agency, *, name: str, by: User) -> None:
    """Make `name` find the agency too. Do nothing when it does already.

    Raise NameTaken when another agency has `name`, AgencyMerged when the agency was merged.
    """
    lock_names()
    agency = locked_agency(agency)
    _must_be_free(name, but=agency)
    if also_known_as(agency, name):
        note_change(agency, What.ALIAS, by=by, note=name)


@transaction.atomic
def remove_alias(alias: AgencyAlias, *, by: User) -> None:
    """Remove a name that was given by mistake, also as the short form. The history keeps it.

    Raise AgencyMerged when the agency was merged.
    """
    lock_names()
    agency = locked_agency(alias.agency)
    if name_key(agency.short) == alias.key:
        agency.short = ""
        agency.save()
    if AgencyAlias.objects.filter(pk=alias.pk).delete()[0]:
        note_change(agency, What.UNALIAS, by=by, note=alias.name)


def lock_names() -> Office:
    """Lock the names of all agencies until the transaction ends. Return the office."""
    return Office.objects.locked()


def locked_agency(agency: Agency) -> Agency:
    """Lock the agency until the transaction ends, and return its present row. Raise AgencyMerged when it was merged."""
    agency = Agency.objects.select_for_update(of=("self",), no_key=True).get(pk=agency.pk)
    if agency.merged_into_id:
        raise AgencyMerged(agency)
    return agency


def _must_be_free(*names: str, but: Agency | None = None) -> None:
    """Raise NameTaken when an agency other than `but` has one of `names` as its name or alias."""
    others = Agency.objects.current().exclude(pk=but.pk) if but else Agency.objects.current()
    for name in filter(None, names):
        key = name_key(name)
        holder = others.filter(Q(key=key) | Q(aliases__key=key)).first()
        if holder:
            raise NameTaken(name, holder)


def also_known_as(agency: Agency, name: str) -> bool:
    """Add `name` as an alias unless it finds the agency already. Return whether it was added. Needs `lock_names`."""
    key = name_key(name)
    if not key or key == agency.key or agency.aliases.filter(key=key).exists():
        return False
    AgencyAlias.objects.create(agency=agency, name=name)
    return True
