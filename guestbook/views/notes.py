"""The officer's note on the visitor at the counter."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from guestbook import actions
from guestbook.forms.reception import NoteForm, TypedNoteForm
from guestbook.models import Visit
from office.requests import StaffRequest

serves_visits = permission_required("guestbook.serve_visit", raise_exception=True)
CONFIRMED = ("alihkan",)
"""The dialogs of the console that a button opens on the next page when the scripts are not there yet."""


def keeps_note(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Save the note that was typed on the console, before the act of the button.

    The note is sent with every button, because without the scripts nothing else sends it.
    """

    @wraps(view)
    def with_note(request: StaffRequest, number: int, *args: object, **kwargs: object) -> HttpResponse:
        form = TypedNoteForm(request.POST)
        if form.is_valid():
            visit = Visit.objects.filter(pk=form.cleaned_data["noted"], counter__number=number).first()
            if visit and visit.note != form.cleaned_data["note"]:
                actions.write_note(visit, note=form.cleaned_data["note"])
        return view(request, number, *args, **kwargs)

    return with_note


@serves_visits
@require_POST
def write_note(request: StaffRequest, number: int, pk: int) -> HttpResponse:
    """Save the note. htmx sends it while the officer types; without script the button does, also that of a dialog."""
    visit = get_object_or_404(Visit, pk=pk, counter__number=number)
    form = NoteForm(request.POST)
    if form.is_valid():
        actions.write_note(visit, note=form.cleaned_data["note"])
    if request.htmx:
        return render(request, "guestbook/_note_saved.html", {"form": form, "saved_at": timezone.now()})
    if form.errors:
        messages.error(request, str(form.errors["note"][0]))
    asked = request.POST.get("konfirmasi")
    query = f"?konfirmasi={asked}" if asked in CONFIRMED else ""
    return redirect(reverse("guestbook:console", args=[number]) + query)
