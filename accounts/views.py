"""The one page that signs everyone in, and one's own account."""

from collections.abc import Callable
from email.utils import parseaddr
from functools import wraps
from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.flows.login import record_authentication
from allauth.account.stages import LoginByCodeStage
from allauth.account.utils import get_login_redirect_url, get_next_redirect_url
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.demo import CAST, settle
from accounts.forms import AddressForm, PersonForm, SignInCodeForm
from accounts.session_store import SessionStore
from accounts.sign_in import SignIn

View = Callable[..., HttpResponse]
by_code = login_stage_required(stage=LoginByCodeStage.key, redirect_urlname="account_login")


def only_in_demo(view: View) -> View:
    """Outside of the demonstration there is no such page, whatever the method."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account_login(request: HttpRequest) -> HttpResponse:
    """Start or resume: one field, the same answer for every address."""
    if request.user.is_authenticated:
        return redirect(get_login_redirect_url(request))
    then = get_next_redirect_url(request)
    typed = {"email": request.session.get("typed_address", "")}
    form = AddressForm(request.POST or None, initial=typed)
    if request.method == "POST" and form.is_valid():
        address = request.session["typed_address"] = form.cleaned_data["email"]
        SignIn.begin(request, address=address, then=then)
        return redirect("account_confirm_login_code")
    cast = CAST if settings.DEMO else ()
    page = {"form": form, "next": then or "", "cast": cast}
    return render(request, "account/account_login.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@by_code
def account_confirm_login_code(request: HttpRequest) -> HttpResponse:
    """The code that came by mail opens the session, and makes the account of a new address."""
    sign_in = SignIn(request._login_stage)  # type: ignore[attr-defined]
    if not sign_in.is_valid():
        sign_in.abort()
        messages.warning(request, _("That code has expired. Ask for a new one."))
        return redirect("account_login")
    form = SignInCodeForm(
        request.POST if request.method == "POST" else None,
        expected=sign_in.code,
        address=sign_in.address,
        until=sign_in.expires_at,
    )
    if request.method == "POST" and form.is_valid():
        return sign_in.finish(stay=form.cleaned_data["keep"])
    wrong = form.has_error("code", "wrong")
    if wrong and not sign_in.record_invalid_attempt():
        messages.error(request, _("Five wrong codes. Wait five minutes, then ask for a new code."))
        return redirect("account_login")
    page = {"form": form, "sign_in": sign_in, "sender": parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}
    return render(request, "account/account_confirm_login_code.html", page)


@require_POST
@by_code
def account_resend_login_code(request: HttpRequest) -> HttpResponse:
    """Another code to the same address, a minute after the last at the earliest."""
    sign_in = SignIn(request._login_stage)  # type: ignore[attr-defined]
    if sign_in.wait:
        messages.warning(
            request,
            _("A code has just left. You may ask for another one in %(seconds)s seconds.")
            % {"seconds": sign_in.wait},
        )
    elif not (sign_in.can_resend and sign_in.may_ask()):
        messages.error(
            request, _("Too many codes were asked for. Wait five minutes, then start again.")
        )
    else:
        sign_in.resend()
        # While all mail rests the page says that codes wait: it would be untrue that one has left.
        if not cast(SessionStore, request.session).mail_is_paused:
            messages.success(request, _("A new code has left. The ones before no longer work."))
    return redirect("account_confirm_login_code")


@login_not_required
@only_in_demo
@require_POST
def demo_sign_in(request: HttpRequest, key: str) -> HttpResponse:
    """One click signs in as a person of the demonstration, second factor included."""
    character = next((one for one in CAST if one.key == key), None)
    if character is None:
        raise Http404
    user = settle(character)
    get_adapter().login(request, user)
    record_authentication(request, user, method="demo", reauthenticated=True)
    return redirect(get_login_redirect_url(request))


@require_POST
def account_stay(request: HttpRequest) -> HttpResponse:
    """Stay signed in: the session's time begins anew, and the page learns when it ends now."""
    session = cast(SessionStore, request.session)
    session.prolong()
    return JsonResponse({"ends": session.ends_at})


@require_http_methods(["GET", "HEAD", "POST"])
def account_home(request: HttpRequest) -> HttpResponse:
    """One's own account: name, language of letters, ways to sign in."""
    user = request.user
    form = PersonForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("account_home")
    ways = Authenticator.objects.filter(user_id=user.pk)
    page = {
        "form": form,
        "passkeys": [way for way in ways if way.type == Authenticator.Type.WEBAUTHN],
        "app": any(way.type == Authenticator.Type.TOTP for way in ways),
    }
    return render(request, "account/account_home.html", page)
