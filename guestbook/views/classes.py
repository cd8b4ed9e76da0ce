"""Save the SKD classes of the visitor at the counter."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from guestbook import actions
from guestbook.forms.reception import ClassesForm
from guestbook.models import Visit, Visitor
from guestbook.views.notes import serves_visits
from office.requests import StaffRequest


@serves_visits
@require_POST
def classify(request: StaffRequest, number: int, pk: int) -> HttpResponse:
    """Save the classes that were changed on the page. htmx sends each choice alone; the button sends the whole form.

    A class that was only shown is not saved, because it may have been corrected since. A form of the recap of a day
    leads back there.
    """
    visit = get_object_or_404(Visit.objects.select_related("visitor"), pk=pk, counter__number=number)
    form = ClassesForm(request.POST, instance=visit.visitor)
    if form.is_valid():
        actions.classify_visitor(visit.visitor, by=request.user, **form.chosen)
    if request.htmx:
        form = ClassesForm(instance=_visitor_now(visit)) if form.is_valid() else form
        return render(request, "guestbook/_classes_saved.html", {"form": form, "saved_at": timezone.now()})
    if form.errors:
        messages.error(request, "Ada pilihan yang tidak dikenal. Pilih sekali lagi dari daftar.")
    else:
        messages.success(request, "Data kunjungan disimpan.")
    if "rekap" in request.POST:
        return redirect(reverse("reports:day_recap", query={"hari": visit.day.isoformat()}))
    return redirect("guestbook:console", number)


def _visitor_now(visit: Visit) -> Visitor:
    """Return the visitor as saved, so that the answer also counts what another page has changed."""
    return Visitor.objects.get(pk=visit.visitor_id)
