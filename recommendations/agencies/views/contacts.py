"""Pages of an agency's contacts: add one, change one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from office.refusals import Refused
from office.requests import StaffRequest
from office.texts import with_full_stop
from recommendations.access import may_record
from recommendations.agencies.actions.contacts import add_contact, change_contact
from recommendations.agencies.forms.contacts import KnownContactForm, known_account
from recommendations.agencies.views.emails import email_panel
from recommendations.models import Agency, Applicant


@require_http_methods(["GET", "HEAD", "POST"])
@may_record
def contact_add(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the form of a new contact of an agency. Save the contact."""
    agency = get_object_or_404(Agency.objects.current(), pk=pk)
    form = KnownContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account = add_contact(agency, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, with_full_stop(f"{account.name} dicatat sebagai kontak {agency}"))
            return redirect("recommendations:contact_edit", account.pk)
    context = {"form": form, "agency": agency, "account": None}
    return render(request, "recommendations/agencies/contact_edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@may_record
def contact_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a contact and whether the e-mail works. Save its changed facts."""
    people = Applicant.objects.visible_to(request.user).filter(agency__merged_into=None).select_related("agency")
    account = get_object_or_404(people, pk=pk)
    form = KnownContactForm(request.POST or None, initial=known_account(account))
    if request.method == "POST" and form.is_valid():
        try:
            change_contact(account, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, f"Data {form.cleaned_data['name']} tersimpan.")
            return redirect("recommendations:contact_edit", account.pk)
    email = email_panel(account, request.path)
    context = {"form": form, "agency": account.agency, "account": account, "email": email}
    return render(request, "recommendations/agencies/contact_edit.html", context)
