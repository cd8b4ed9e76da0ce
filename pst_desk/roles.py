"""The roles and their permissions. A role is a group; a permission is named after its action.

Roles share one act: the officer scans the paper that the Kepala signed, or the Kepala uploads the signed PDF.
"""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

PETUGAS, KEPALA, ADMIN = "petugas", "kepala", "admin"

ROLES = {
    PETUGAS: [
        "guestbook.serve_visit",
        "guestbook.view_recap",
        "guestbook.view_guestbook",
        "guestbook.correct_visit",
        "recommendations.view_agency",
        "recommendations.view_submission",
        "recommendations.record_submission",
        "recommendations.examine_submission",
        "recommendations.sign_letter",
        "recommendations.send_letter",
        "ratings.view_own_totals",
        "complaints.receive_complaint",
        "complaints.handle_complaint",
    ],
    KEPALA: [
        "office.view_health",
        "office.view_accountevent",
        "guestbook.view_recap",
        "guestbook.view_guestbook",
        "recommendations.view_agency",
        "recommendations.view_submission",
        "recommendations.issue_letter",
        "recommendations.sign_letter",
        "recommendations.move_due_date",
        "ratings.view_rating",
        "ratings.freeze_report",
        "ratings.write_follow_up",
        "ratings.import_paper_answers",
        "complaints.view_complaint",
        "complaints.receive_complaint",
        "complaints.handle_complaint",
        "complaints.assign_complaint",
    ],
    ADMIN: [
        *(
            f"office.{act}_{model}"
            for model in ("user", "head", "counter", "service", "device")
            for act in ("add", "change", "view")
        ),
        *(f"office.delete_{model}" for model in ("counter", "service", "head")),
        "office.change_office",
        "office.change_calendar",
        "office.view_office",
        "office.view_health",
        "office.view_accountevent",
        "office.view_mail",
        "office.change_mail",
        "ratings.import_paper_answers",
        "guestbook.view_callpolicy",
        "guestbook.change_callpolicy",
        "complaints.view_complaintterm",
        "complaints.change_complaintterm",
        "recommendations.view_agency",
        "recommendations.change_agency",
        "recommendations.add_agency",
        "recommendations.view_ruleswitch",
        "recommendations.change_ruleswitch",
        *(f"recommendations.{act}_phrase" for act in ("add", "change", "delete", "view")),
        *(f"recommendations.{act}_archivedactivity" for act in ("add", "change", "delete", "view")),
    ],
}


def grant_roles() -> None:
    """Give the three groups exactly these permissions. Safe to repeat after every migration."""
    for role, names in ROLES.items():
        group, _ = Group.objects.get_or_create(name=role)
        group.permissions.set(_permissions(names))


def _permissions(names: list[str]) -> list[Permission]:
    wanted = Q()
    for name in names:
        app_label, codename = name.split(".")
        wanted |= Q(content_type__app_label=app_label, codename=codename)
    found = list(Permission.objects.filter(wanted))
    if len(found) != len(names):
        raise LookupError(f"Unknown permission among {names}")
    return found
