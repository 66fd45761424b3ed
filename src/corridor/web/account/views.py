"""Pages of an account: what is known of the person, membership, offices, and the link that signs in."""

from typing import Any, cast

from allauth.account.internal.flows.email_verification import verify_email_indirectly
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import get_next_redirect_url, perform_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from corridor.directory.models import Organisation
from corridor.directory.operations.membership import ask_membership
from corridor.directory.states import RequestState
from corridor.kernel.models import Grant, Phone, User
from corridor.kernel.operations import describe, end_grant
from corridor.web.account import links
from corridor.web.account.forms import ELSEWHERE, Description
from corridor.web.account.holdings import holding, holdings_of, name_of, request_of
from corridor.web.account.membership_form import MembershipForm, organisation_by, typed_in
from corridor.web.page import page

reading_and_sending = require_http_methods(["GET", "HEAD", "POST"])


def me(request: HttpRequest) -> User:
    """Whoever is signed in; pages without `login_not_required` have somebody."""
    return cast(User, request.user)


@never_cache
@reading_and_sending
def account(request: HttpRequest) -> HttpResponse:
    """What is known of the person, what they hold, and how they sign in."""
    user = me(request)
    said = {"name": user.name, "home": user.home or ELSEWHERE, "language": user.language}
    form = Description(request.POST or None, initial=said, label_suffix="")
    if request.method == "POST" and form.is_valid():
        describe(user, by=user, **form.cleaned_data)
        return saved(form.cleaned_data["language"])
    held = holdings_of(user)
    asked = request_of(user)
    context = {
        "form": form,
        "current": [holding for holding in held if holding.is_current],
        "former": [holding for holding in held if not holding.is_current],
        "asked": asked,
        "asked_of": name_of(asked.organisation) if asked and asked.organisation else None,
        "is_waiting": asked is not None and asked.state == RequestState.WAITING,
        "recovery": user.recoveries.filter(agreed_at=None, stopped_at=None).first(),
        "phone": Phone.objects.filter(user=user).first(),
        "was_saved": "saved" in request.GET,
    }
    return page(request, "account/account.html", context)


def saved(language: str) -> HttpResponse:
    """Back to the account, in the language that was picked there: the choice on this device follows it."""
    response = redirect("account")
    response["Location"] += "?saved"
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


@never_cache
@reading_and_sending
def membership(request: HttpRequest) -> HttpResponse:
    """Ask to be confirmed as a member. 'Look up' shows the directory's names; nothing typed is lost on the way."""
    user = me(request)
    if request.method == "POST" and "look" not in request.POST:
        form = MembershipForm(request.POST)
        if form.is_valid():
            ask_membership(user, by=user, **form.cleaned_data)
            messages.success(request, _("Your request was sent. You will get a mail when it is answered."))
            return redirect("account")
    else:
        form = MembershipForm(typed=request.POST.dict() if request.method == "POST" else first_typed(request))
    return page(request, "account/membership.html", {"form": form})


def first_typed(request: HttpRequest) -> dict[str, Any]:
    """What the form shows at first; a page of an organisation may name it."""
    named: Organisation | None = organisation_by(request.GET.get("organisation", ""))
    asked = request_of(me(request))
    waiting = asked if asked is not None and asked.state == RequestState.WAITING else None
    return typed_in(waiting, home=me(request).home, organisation=named, is_claim="claim" in request.GET)


@never_cache
@reading_and_sending
def resignation(request: HttpRequest, pk: str) -> HttpResponse:
    """Lay down an office of one's own: first what it means, then the deed."""
    held = get_object_or_404(Grant.objects.current().filter(user=me(request), ends_on=None), pk=pk)
    organisation = organisation_by(held.scope_id)
    if request.method == "POST":
        end_grant(held, by=me(request))
        messages.success(request, _("You laid this office down today. What you did in it stays."))
        return redirect("account")
    return page(request, "account/resignation.html", {"holding": holding(held, organisation)})


@never_cache
@login_not_required
@sensitive_variables("token")
@reading_and_sending
def sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """A link from a mail. Opening it only asks, since scanners of mail open links too; the button signs in, once."""
    if request.method == "POST":
        with transaction.atomic():
            user = links.read_token(token, User.objects.select_for_update(no_key=True))
            if user is not None:
                return signed_in(request, user)
    else:
        user = links.read_token(token, User.objects.all())
    if user is None:
        return page(request, "account/sign_in_link_spent.html", status=410)
    return page(request, "account/sign_in_link.html", {"person": user, "next": get_next_redirect_url(request)})


def signed_in(request: HttpRequest, user: User) -> HttpResponse:
    """Sign somebody in who has read their mail; the address is proven by that."""
    record_authentication(request, user, method="code", email=user.email)
    verify_email_indirectly(request, user, user.email)
    response: HttpResponse = perform_login(request, user, redirect_url=get_next_redirect_url(request), email=user.email)
    return response
