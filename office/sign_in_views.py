"""The one page on which staff sign in, and the page of a user's own sessions."""

from django.contrib import admin, messages
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required, permission_required
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from office.forms import SignInForm
from office.models import SignIn, User
from office.requests import StaffRequest
from office.second_factor_actions import has_factor
from office.second_factor_views import wait_for_code
from office.sign_in_actions import end_sign_ins, open_sign_in
from office.welcome import welcome


@method_decorator(never_cache, name="dispatch")
class LoginView(auth.LoginView):
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Sign the user in, or ask for the code of the telephone when the user has a second step."""
        user = form.get_user()
        if has_factor(user):
            return wait_for_code(self.request, user, self.get_success_url())
        return welcome(self.request, super().form_valid(form))


@login_not_required
@never_cache
def lead_to_sign_in(request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
    """Lead from the sign-in address of Django's admin to ours, with the same next page.

    Raise PermissionDenied for a user who is signed in and may not open the admin's pages: ours would lead back here.
    """
    if admin.site.has_permission(request):
        return redirect("admin:index")
    if request.user.is_authenticated:
        raise PermissionDenied
    following = request.GET.get("next") or reverse("admin:index")
    return redirect(f"{reverse('login')}?{urlencode({'next': following})}")


@permission_required("office.change_user", raise_exception=True)
@require_POST
def end_pause(request: StaffRequest, pk: int) -> HttpResponse:
    """End the pause after wrong passwords of one account."""
    user = get_object_or_404(User, pk=pk)
    if open_sign_in(user, by=request.user):
        messages.success(request, f"{user} dapat masuk lagi.")
    else:
        messages.info(request, f"Masuk sebagai {user} tidak sedang ditunda.")
    return redirect("office:account_events")


@require_safe
def session_list(request: StaffRequest) -> HttpResponse:
    """Show where the user is signed in."""
    found = SignIn.objects.lasting().filter(user=request.user)
    context = {"sign_ins": found, "here": request.session.session_key}
    return render(request, "office/session_list.html", context)


@require_POST
def end_session(request: StaffRequest, pk: int) -> HttpResponse:
    """End one of the user's own sessions."""
    sign_in = get_object_or_404(SignIn, pk=pk, user=request.user)
    end_sign_ins(request.user, but=request.session.session_key or "", only=sign_in.pk)
    messages.success(request, f"Sesi {sign_in.words} sudah diakhiri.")
    return redirect("office:session_list")


@require_POST
def end_other_sessions(request: StaffRequest) -> HttpResponse:
    """End all of the user's sessions but this one."""
    end_sign_ins(request.user, but=request.session.session_key or "")
    messages.success(request, "Semua sesi lain sudah diakhiri.")
    return redirect("office:session_list")
