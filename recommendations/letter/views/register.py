"""The register of numbers: show it, download it, explain numbers that no letter has, and reserve a range.

The officers who send the letters keep the register; the Kepala issues and reads it.
"""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from office.content_types import XLSX
from office.downloads import file_answer
from office.fields import first_error
from office.models import Office
from office.refusals import Refused
from office.requests import StaffRequest
from recommendations.access import may_send, may_view
from recommendations.letter.actions import numbering
from recommendations.letter.forms.numbering import RangeForm, RegisterForm, VoidForm
from recommendations.letter.register import (
    RegisterLine,
    register_lines,
    register_spans,
    spans_with,
    unregistered_letters,
)
from recommendations.letter.register_sheet import register_workbook
from recommendations.models import RegisterNumber

PER_PAGE = 100


@require_safe
@never_cache
@may_view
def number_register(request: StaffRequest) -> HttpResponse:
    """Show one register of one year. The address contains register, year, search and page.

    The search is in the whole register. Only the lines of the page are read whole.
    """
    office = Office.objects.current()
    form = RegisterForm(request.GET, office=office)
    wanted = form.wanted
    register, year = wanted["register"], int(wanted["tahun"])
    others = unregistered_letters(register, year)
    facts = {"register": register, "year": year}
    context = {
        "form": form,
        "wanted": wanted,
        "name": RegisterNumber.Register(register).label,
        "is_common": register == RegisterNumber.Register.COMMON,
        "page": _page(register, year, office, words=wanted["cari"], number=request.GET.get("page", "")),
        "others": [(letter, number) for letter, number in others if wanted["cari"].casefold() in number.casefold()],
        "void_form": VoidForm(initial=facts | _range(request), auto_id="void_%s"),
        "reserve_form": RangeForm(initial=facts, auto_id="reserve_%s"),
    }
    return render(request, "recommendations/letter/number_register.html", context)


def _page(register: str, year: int, office: Office, *, words: str, number: str) -> Page[RegisterLine]:
    """Return one page of lines: of those with the words, or of all."""
    found = spans_with(words, register, year, office) if words else register_spans(register, year, office)
    spans: Page[Any] = Paginator(found, PER_PAGE).get_page(number)
    return Page(register_lines(register, year, office, list(spans)), spans.number, spans.paginator)


def _range(request: StaffRequest) -> dict[str, str]:
    """Return the numbers of the gap whose link was pressed."""
    named = {"first": request.GET.get("dari", ""), "last": request.GET.get("sampai", "")}
    return {name: value for name, value in named.items() if value.isdecimal()}


@require_safe
@never_cache
@may_view
def number_register_xlsx(request: StaffRequest) -> HttpResponse:
    """Download the whole register of the year as a workbook, also when the page shows a search."""
    office = Office.objects.current()
    wanted = RegisterForm(request.GET, office=office).wanted
    register, year = wanted["register"], int(wanted["tahun"])
    title, name = f"Register nomor {year}", RegisterNumber.Register(register).label
    book = register_workbook(
        register_lines(register, year, office),
        unregistered_letters(register, year),
        about=(title, f"{office.name}. {name}"),
    )
    return file_answer(book, name=f"{title} {name}.xlsx", content_type=XLSX)


@require_POST
@may_send
def void_numbers(request: StaffRequest) -> HttpResponse:
    """Explain why no letter has the numbers of a range."""
    form = VoidForm(request.POST)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return _back(request)
    try:
        count = numbering.void_numbers(**form.cleaned_data, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{count} nomor dinyatakan batal.")
    return _back(request)


@require_POST
@may_send
def reserve_numbers(request: StaffRequest) -> HttpResponse:
    """Reserve a range that the office's common register gave to this desk."""
    form = RangeForm(request.POST)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return _back(request)
    try:
        count = numbering.reserve_numbers(**form.cleaned_data, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{count} nomor dipesan. Nomor itu diusulkan saat surat diterbitkan.")
    return _back(request)


def _back(request: StaffRequest) -> HttpResponse:
    """Redirect to the register that the form was on."""
    query = QueryDict(mutable=True)
    query.update({"register": request.POST.get("register", ""), "tahun": request.POST.get("year", "")})
    return redirect(f"{reverse('recommendations:number_register')}?{query.urlencode()}")
