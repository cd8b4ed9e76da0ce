"""Signing in, the own account, and the page each role begins with."""

from django.contrib import messages
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from office.devices import CodeRefused, pair, remember
from office.models import Device

FIRST_PAGES = [
    # permission, page: the first that fits is where a person's day begins
    ("guestbook.serve_visit", "guestbook:counter_list"),
    ("recommendations.issue_letter", "recommendations:letter_queue"),
    ("office.change_office", "admin:index"),
]
DEVICE_PAGES = {
    Device.Kind.KIOSK: "guestbook:kiosk",
    Device.Kind.BOARD: "guestbook:board",
    Device.Kind.TABLET: "ratings:tablet",
}


@method_decorator(never_cache, name="dispatch")
class LoginView(auth.LoginView):
    redirect_authenticated_user = True


class PasswordChangeView(auth.PasswordChangeView):
    success_url = reverse_lazy("office:account")

    def form_valid(self, form) -> HttpResponse:
        form.user.must_change_password = False
        messages.success(self.request, "Kata sandi Anda sudah diganti.")
        return super().form_valid(form)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Lead each person to the page where their day begins."""
    for permission, page in FIRST_PAGES:
        if request.user.has_perm(permission):
            return redirect(page)
    return redirect("office:account")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pair_device(request: HttpRequest) -> HttpResponse:
    """A machine of the waiting room becomes the office's own by the code that the admin has shown."""
    problem = ""
    if request.method == "POST":
        try:
            device, key = pair(request.POST.get("code", "")[:40])
        except CodeRefused as refusal:
            problem = str(refusal)
        else:
            answer = redirect(DEVICE_PAGES[device.kind])
            remember(answer, key)
            return answer
    context = {"office": None, "problem": problem}
    return render(request, "office/device_pair.html", context, status=400 if problem else 200)


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """The own account: name, roles, password, sign out."""
    return render(request, "office/account.html")
