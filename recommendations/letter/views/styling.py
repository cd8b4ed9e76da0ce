"""The admin's page for the words and the layout of the letter, with an example of the letter beside the form."""

from base64 import b64encode
from typing import Any

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from office.models import LetterStyle, Office
from office.refusals import Refused
from office.requests import StaffRequest
from recommendations.access import may_change_office
from recommendations.instruments.texts import listed
from recommendations.letter.actions.styling import change_style
from recommendations.letter.example import NoExampleNow, example_pages
from recommendations.letter.forms.styling import MARGINS, TEXTS, LetterStyleForm, standard_text
from recommendations.letter.style_seal import ShownStyle, shown_style

FORMS = ("FS3", "FP-KPA")
GROUPS = {
    "Kepala surat": ("nature", "subject", "new_logo", "no_logo"),
    "Kalimat, FS3": ("opening", "duties"),
    "Kalimat, FP-KPA": ("compilation_opening", "compilation_duties"),
    "Kalimat, keduanya": ("request", "closing"),
    "Halaman": ("font", *MARGINS),
}
WIDTHS = {
    **dict.fromkeys(("nature", "new_logo", "no_logo"), "style-half"),
    **dict.fromkeys(MARGINS, "style-quarter"),
}
"""The classes of fields that do not take the whole width."""
WHOLE, PART = "recommendations/letter/letter_style.html", "recommendations/letter/_style_changes.html"
FITS = "Contoh ini sesuai isian."
SAVED = "Contoh ini sesuai yang tersimpan."
WRONG = "Contoh ini belum berubah: perbaiki dulu isian yang bertanda."


@require_http_methods(["GET", "HEAD", "POST"])
@may_change_office
def letter_style(request: StaffRequest) -> HttpResponse:
    """Show the form and the example. POST saves the form.

    When the stored style changed meanwhile, the page keeps what was typed and says what changed.
    """
    style = LetterStyle.objects.current()
    seal = request.POST.get("shown", "") if request.method == "POST" else shown_style(style).sealed()
    form = LetterStyleForm(request.POST or None, request.FILES or None, instance=style)
    if request.method == "POST" and form.is_valid():
        shown = ShownStyle.unsealed(seal)
        try:
            change_style(form.instance, changed=_changed(form), shown=shown, by=request.user)
        except Refused as refusal:
            now = LetterStyle.objects.current()
            seal, form = shown_style(now).sealed(), form.beside(now, shown)
            messages.error(request, f"{refusal} {_differing(form)}")
        else:
            messages.success(request, "Kata dan tata letak disimpan, untuk surat yang terbit sesudah ini.")
            return redirect("recommendations:letter_style")
    return render(request, WHOLE, _facts(request, form) | {"shown": seal})


def _changed(form: LetterStyleForm) -> list[str]:
    return [str(form[name].label) for name in form.changed_data]


def _differing(form: LetterStyleForm) -> str:
    """Return in words that nothing was saved, and which fields saving would change now."""
    if not form.changed_data:
        return "Belum ada yang disimpan; isian di bawah kini sama dengan yang tersimpan."
    return f"Belum ada yang disimpan; isian di bawah berbeda dari yang tersimpan pada: {listed(_changed(form))}."


@require_POST
@may_change_office
def letter_style_preview(request: StaffRequest) -> HttpResponse:
    """Show the example with the form as typed, and what is wrong with the form. Nothing is saved.

    `baku` names a text that gets its standard words again. htmx asks for the changed parts of the page only.
    """
    typed, again = request.POST.copy(), request.POST.get("baku", "")
    if again in TEXTS:
        typed[again] = standard_text(again)
    form = LetterStyleForm(typed, request.FILES, instance=LetterStyle.objects.current())
    facts = _facts(request, form) | {
        "again": form[again] if again in TEXTS else None,
        "shown": typed.get("shown", ""),
    }
    return render(request, PART if request.htmx else WHOLE, facts)


def _facts(request: StaffRequest, form: LetterStyleForm) -> dict[str, Any]:
    """Return what the page shows. A form with errors keeps the example that the browser has, or gets the saved one."""
    chosen = request.POST.get("contoh", "")
    code = chosen if chosen in FORMS else FORMS[0]
    groups = {title: [_row(form[name]) for name in names] for title, names in GROUPS.items()}
    facts = {"form": form, "groups": groups, "codes": FORMS, "code": code}
    if form.is_bound and not form.is_valid():
        pages = [] if request.htmx else _pages(LetterStyle.objects.current(), code)[0]
        return facts | {"pages": pages, "state": WRONG, "is_wrong": True}
    pages, problem = _pages(form.instance, code)
    fits = FITS if form.is_bound else SAVED
    return facts | {"pages": pages, "state": problem or fits, "is_wrong": bool(problem)}


def _pages(style: LetterStyle, code: str) -> tuple[list[str], str]:
    """Return the pages of the example as data: URIs, and why there are none."""
    try:
        made = example_pages(Office.objects.current(), style, code=code, today=timezone.localdate())
    except NoExampleNow as problem:
        return [], str(problem)
    return [f"data:image/jpeg;base64,{b64encode(page).decode()}" for page in made], ""


def _row(field: BoundField) -> dict[str, Any]:
    return {"field": field, "width": WIDTHS.get(field.name, ""), "has_standard": field.name in TEXTS}
