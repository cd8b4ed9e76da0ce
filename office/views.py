"""Show the user's account and the calendar, pair a device, and redirect to a role's first page."""

from django.contrib import messages
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required, permission_required
from django.contrib.auth.forms import PasswordChangeForm
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from office.account_actions import note_password
from office.calendar_files import as_csv, as_ics
from office.decrees import missing_decree
from office.device_actions import pair
from office.devices import PREPARED, prepare_key, prepared_key, remember
from office.downloads import file_answer
from office.failed_sign_ins import failed_sign_ins
from office.forms import AccountEventForm
from office.models import AccountEvent, CalendarChange, CalendarYear, DayOff, Device, Office, SecondFactor
from office.months import FIRST_YEAR, LAST_YEAR, WEEKDAYS, months_of
from office.refusals import Refused
from office.requests import StaffRequest
from office.sign_in_actions import follow_session

FIRST_PAGES = [
    # (permission, page): a user starts at the first page whose permission they have
    ("guestbook.serve_visit", "guestbook:counter_list"),
    ("recommendations.issue_letter", "recommendations:letter_queue"),
    ("office.change_office", "admin:index"),
]
CHANGES_SHOWN = 10
EVENTS_A_PAGE = 25
DEVICE_PAGES: dict[str, str] = {
    Device.Kind.KIOSK: "guestbook:kiosk",
    Device.Kind.BOARD: "guestbook:board",
    Device.Kind.TABLET: "ratings:tablet",
}


class PasswordChangeView(auth.PasswordChangeView):
    success_url = reverse_lazy("office:account")

    @transaction.atomic
    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        """Save the password, and end the user's sessions in other browsers."""
        form.user.must_change_password = False
        former = self.request.session.session_key or ""
        messages.success(self.request, "Kata sandi Anda sudah diganti. Sesi di peramban lain berakhir.")
        answer = super().form_valid(form)
        note_password(form.user, by=form.user)
        follow_session(form.user, former=former, now=self.request.session.session_key or "")
        return answer


@require_safe
def home(request: StaffRequest) -> HttpResponse:
    """Redirect the user to the first page of their role, or to their account when no page fits."""
    for permission, page in FIRST_PAGES:
        if request.user.has_perm(permission):
            return redirect(page)
    return redirect("office:account")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pair_device(request: HttpRequest) -> HttpResponse:
    """Pair a device of the waiting room: the typed code was made by the admin. A wrong code shows the form again."""
    problem = ""
    if request.method == "POST":
        try:
            device, key = pair(request.POST.get("code", "")[:40], prepared_key(request))
        except Refused as refusal:
            problem = str(refusal)
        else:
            answer = redirect(DEVICE_PAGES[device.kind])
            remember(answer, key)
            answer.delete_cookie(PREPARED)
            return answer
    context = {"office": None, "problem": problem}
    page = render(request, "office/device_pair.html", context, status=400 if problem else 200)
    prepare_key(request, page)
    return page


@require_safe
def calendar_year(request: StaffRequest, year: int) -> HttpResponse:
    """Show a year of the calendar: its days off, their decree, the missing decree and the last changes."""
    rows = list(DayOff.objects.filter(day__year=year))
    found = CalendarYear.objects.filter(year=year).first()
    context = {
        "year": year,
        "months": months_of(year, {row.day: row.name for row in rows}),
        "weekdays": WEEKDAYS,
        "days": rows,
        "found": found,
        "is_decreed": bool(found and found.is_decreed),
        "missing": missing_decree(timezone.localdate()),
        "changes": CalendarChange.objects.select_related("by")[:CHANGES_SHOWN],
        "is_first": year <= FIRST_YEAR,
        "is_last": year >= LAST_YEAR,
    }
    return render(request, "office/calendar_year.html", context)


@require_safe
def calendar_now(request: StaffRequest) -> HttpResponse:
    """Redirect to the calendar of this year."""
    return redirect("office:calendar_year", timezone.localdate().year)


@require_safe
def calendar_file(request: StaffRequest, year: int, kind: str) -> HttpResponse:
    """Download the days off of a year as CSV or ICS."""
    rows = DayOff.objects.filter(day__year=year)
    office = Office.objects.current()
    if kind == "csv":
        content, content_type = as_csv(rows), "text/csv; charset=utf-8"
    else:
        name = f"Hari libur {office.name} {year}"
        content, content_type = as_ics(rows, name=name, address=office.website), "text/calendar; charset=utf-8"
    return file_answer(content, name=f"hari-libur-{year}.{kind}", content_type=content_type)


@require_safe
def account(request: StaffRequest) -> HttpResponse:
    """Show the user's own account: name, roles, password, sign out."""
    return render(request, "office/account.html")


@permission_required("office.view_accountevent", raise_exception=True)
@never_cache
@require_safe
def account_events(request: StaffRequest) -> HttpResponse:
    """Show what was done to accounts, roles, heads and devices, newest first, by person and kind."""
    form = AccountEventForm(request.GET)
    found = AccountEvent.objects.fitting(**form.cleaned_data) if form.is_valid() else AccountEvent.objects.none()
    shown = found.select_related("about", "device", "by")
    page = Paginator(shown, EVENTS_A_PAGE).get_page(request.GET.get("page"))
    is_filtered = any(request.GET.get(name) for name in form.fields)
    context = {"form": form, "page": page, "is_filtered": is_filtered, "failed": failed_sign_ins()}
    context["factors"] = SecondFactor.objects.exclude(confirmed_at=None).select_related("user").order_by("user__name")
    return render(request, "office/account_events.html", context)
