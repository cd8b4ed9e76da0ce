"""The one page on which staff sign in."""

from django.contrib import admin
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from office.forms import SignInForm


@method_decorator(never_cache, name="dispatch")
class LoginView(auth.LoginView):
    authentication_form = SignInForm
    redirect_authenticated_user = True


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
