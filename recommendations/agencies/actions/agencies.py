"""Keeping the agencies: recorded, renamed, known by other names. Every change of a name is told in the history.

Names are given one after the other, under the office's lock: a name, short form or alias belongs to one agency only,
whichever of the two tables it stands in.
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
    "place": "tempat",
    "is_government": "instansi pemerintah atau bukan",
    "needs_check": "nama perlu diperiksa atau tidak",
    "is_active": "aktif atau tidak",
}
"""What may change of an agency besides its names, in the words of the history."""


class NameTaken(Refused):
    """Raised when another agency has that name already."""

    def __init__(self, name: str, holder: Agency):
        self.holder = holder
        super().__init__(f"“{name}” sudah menjadi nama {holder}. Bila keduanya satu badan, gabungkan.")


class AmbiguousName(Refused):
    """Raised when several agencies have the name that was typed."""

    def __init__(self, typed: str, found: list[Agency]):
        names = "; ".join(agency.name for agency in found[:4])
        super().__init__(f"“{typed}” dapat berarti lebih dari satu instansi. Tulis lengkap: {names}.")


class AgencyMerged(Refused):
    """Raised when the agency was merged into another; its row is only kept for old letters."""

    def __init__(self, agency: Agency):
        super().__init__(f"{agency} sudah digabung ke dalam {agency.merged_into}. Pakai yang itu.")


def note_change(agency: Agency, what: AgencyEvent.What, *, by: User | None, note: str = "") -> None:
    """Write down what happened to an agency."""
    AgencyEvent.objects.create(agency=agency, what=what, by=by, note=note[:500])


@transaction.atomic
def agency_called(typed: str, *, by: User | None = None) -> Agency:
    """The agency that `typed` means, recorded when it is new. Raises AmbiguousName.

    A new one is to be looked at by whoever keeps the agencies: `needs_check`.
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
    """Record an agency under a name and a short form that nobody has yet. Raises NameTaken."""
    office = lock_names()
    _must_be_free(name, short)
    agency = Agency.objects.create(name=name, short=short, **{"place": office.place, **facts})
    note_change(agency, What.CREATE, by=by)
    also_known_as(agency, short)
    return agency


@transaction.atomic
def change_agency(agency: Agency, *, name: str, short: str, by: User, **facts: object) -> Agency:
    """Rename an agency, correct its facts. Its former name and short form go on finding it.

    Raises NameTaken, AgencyMerged.
    """
    lock_names()
    agency = locked_agency(agency)
    _must_be_free(name, short, but=agency)
    former = agency.name
    changed = [field for field, value in facts.items() if getattr(agency, field) != value]
    for field, value in {"name": name, "short": short, **facts}.items():
        setattr(agency, field, value)
    agency.aliases.filter(key=name_key(name)).delete()  # what is the name again is no alias
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
    """Note whether the standard's requirement 2 holds of this body (SK 019/KPA/2024). Raises AgencyMerged."""
    agency = locked_agency(agency)
    if agency.is_government == is_government:
        return
    agency.is_government = is_government
    agency.save()
    words = "instansi pemerintah" if is_government else "bukan instansi pemerintah"
    note_change(agency, What.CHANGE, by=by, note=f"Dicatat sebagai {words}")


@transaction.atomic
def add_alias(agency: Agency, *, name: str, by: User) -> None:
    """Let `name` find the agency too; nothing happens when it does already. Raises NameTaken, AgencyMerged."""
    lock_names()
    agency = locked_agency(agency)
    _must_be_free(name, but=agency)
    if also_known_as(agency, name):
        note_change(agency, What.ALIAS, by=by, note=name)


@transaction.atomic
def remove_alias(alias: AgencyAlias, *, by: User) -> None:
    """Let a name that was given by mistake find the agency no more; the history keeps it. Raises AgencyMerged."""
    lock_names()
    agency = locked_agency(alias.agency)
    if name_key(agency.short) == alias.key:
        agency.short = ""
        agency.save()
    if AgencyAlias.objects.filter(pk=alias.pk).delete()[0]:
        note_change(agency, What.UNALIAS, by=by, note=alias.name)


def lock_names() -> Office:
    """Until the transaction ends nobody else gives or takes a name."""
    return Office.objects.select_for_update().get_or_create(pk=Office.ONLY)[0]


def locked_agency(agency: Agency) -> Agency:
    """The row as it stands now, locked until the transaction ends. Raises AgencyMerged."""
    agency = Agency.objects.select_for_update(of=("self",), no_key=True).get(pk=agency.pk)
    if agency.merged_into_id:
        raise AgencyMerged(agency)
    return agency


def _must_be_free(*names: str, but: Agency | None = None) -> None:
    """Raises NameTaken when another agency has one of `names`, whether as its name or as an alias."""
    others = Agency.objects.current().exclude(pk=but.pk) if but else Agency.objects.current()
    for name in filter(None, names):
        key = name_key(name)
        holder = others.filter(Q(key=key) | Q(aliases__key=key)).first()
        if holder:
            raise NameTaken(name, holder)


def also_known_as(agency: Agency, name: str) -> bool:
    """Under `lock_names`: make `name` an alias unless it finds the agency already; says whether it did."""
    key = name_key(name)
    if not key or key == agency.key or agency.aliases.filter(key=key).exists():
        return False
    AgencyAlias.objects.create(agency=agency, name=name)
    return True
