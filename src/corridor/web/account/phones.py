"""Signing in by phone, and the number for it: pages that ask for a number, then for the code that was sent there.

It is the link of a mail by another way: what any sign-in changes ends the code too (`links.fingerprint`), and the last gate and the
second factor come after it. Codes and numbers are the kernel's.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import get_next_redirect_url, perform_login
from allauth.core import ratelimit
from allauth.core.exceptions import ReauthenticationRequired
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from corridor.kernel import rules
from corridor.kernel.logic.phones import NumberUnusable, calling_codes, digits_of, mobile_number
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import Phone, PhoneCode, User
from corridor.kernel.models.phones import marks
from corridor.kernel.operations.phones import OVER, ask_code, give_number, remove_number, texting, use_code
from corridor.kernel.states import CodePurpose, Texting
from corridor.web.account import links
from corridor.web.account.adapter import ERRORS
from corridor.web.account.addresses import with_next
from corridor.web.page import page
from corridor.web.page import signed_in as me

reading_and_sending = require_http_methods(["GET", "HEAD", "POST"])
hiding = sensitive_post_parameters("number", "code")
WHY = {
    "unreadable": gettext_lazy(
        "This is not a phone number that we can read. Begin with + and the code of the country."
    ),
    "country": gettext_lazy("Messages are sent only to numbers that begin with one of the codes above."),
    "mobile": gettext_lazy("Messages reach mobile phones only, and this is not the number of one."),
}


class NumberForm(forms.Form):
    """A phone number, as people write it."""

    number = forms.CharField(
        label=gettext_lazy("Phone number"),
        max_length=40,
        widget=forms.TextInput({"type": "tel", "inputmode": "tel", "autocomplete": "tel", "dir": "ltr"}),
    )

    def __init__(self, *args: Any, request: HttpRequest, home: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.request, self.home = request, home
        codes = ", ".join(dict.fromkeys(calling_codes(settings.TEXTING["countries"])))
        self.fields["number"].help_text = _("A mobile number with the code of its country: %(codes)s.") % {
            "codes": codes
        }

    def clean_number(self) -> str:
        """The number in its one form. How often it is asked about is counted, whether anybody has it or not."""
        try:
            number = mobile_number(self.cleaned_data["number"], countries=settings.TEXTING["countries"], home=self.home)
        except NumberUnusable as unusable:
            raise forms.ValidationError(WHY[unusable.why]) from None
        allowed = ratelimit.consume(self.request, action="phone_code", key=marks(number)[0])
        if allowed and self.request.user.is_authenticated:
            allowed = ratelimit.consume(self.request, action="phone_number")
        if not allowed:
            raise forms.ValidationError(ERRORS["rate_limited"])
        return number


class DigitsForm(forms.Form):
    """The code from a message."""

    code = forms.CharField(
        label=gettext_lazy("Code from the message"),
        max_length=20,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""

    def clean_code(self) -> str:
        """Digits of every script, with or without spaces."""
        return digits_of(self.cleaned_data["code"])


def keep(request: HttpRequest, code: PhoneCode, number: str) -> None:
    """This browser, and no other, may type the code; of the number it remembers how it ends."""
    request.session[f"phone_code_{code.purpose}"] = [str(code.pk), number[-2:]]


def kept(request: HttpRequest, purpose: CodePurpose) -> tuple[PhoneCode | None, str]:
    """The code that this browser may type, while it can be typed, and how the number ends."""
    key, ending = request.session.get(f"phone_code_{purpose}", (None, ""))
    code = PhoneCode.objects.filter(pk=key, purpose=purpose).first() if key else None
    return (code if code is not None and code.is_open else None), ending


def again(request: HttpRequest, reason: object, to: str) -> HttpResponse:
    """Back to where a code is asked for, and why."""
    messages.error(request, str(reason))
    return redirect(with_next(request, reverse(to)))


@never_cache
@login_not_required
@hiding
@reading_and_sending
def asking(request: HttpRequest) -> HttpResponse:
    """Say a number. The answer is the same whether an account has it or not."""
    state = texting()
    if state == Texting.OFF:
        raise Http404
    if request.user.is_authenticated:
        return redirect(get_next_redirect_url(request) or settings.LOGIN_REDIRECT_URL)
    form = NumberForm(request.POST if request.method == "POST" else None, request=request)
    if request.method == "POST" and state == Texting.READY and form.is_valid():
        number = form.cleaned_data["number"]
        phone = Phone.objects.that_opens(number)
        mark, until = (phone.mark, links.fingerprint(phone.user)) if phone else ("", "")
        code = ask_code(phone.user if phone else None, by=None, purpose=CodePurpose.SIGN_IN, mark=mark, until=until)
        keep(request, code, number)
        return redirect(with_next(request, reverse("phone_sign_in_code")))
    may = rules.may_text(state)
    context = {"form": form, "may": may, "next": get_next_redirect_url(request)}
    return page(request, "account/phone_sign_in.html", context, status=200 if may else 503)


@never_cache
@login_not_required
@hiding
@reading_and_sending
def signing_in(request: HttpRequest) -> HttpResponse:
    """Type the code; it signs in, and a second factor is asked for after it where there is one."""
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    code, ending = kept(request, CodePurpose.SIGN_IN)
    if code is None:
        return again(request, OVER, "phone_sign_in")
    form = DigitsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            used = use_code(code.pk, purpose=CodePurpose.SIGN_IN, typed=form.cleaned_data["code"])
        except Refused as refused:
            form.add_error("code", str(refused))
        else:
            return enter(request, used)
        if kept(request, CodePurpose.SIGN_IN)[0] is None:
            return again(request, OVER, "phone_sign_in")
    context = {"form": form, "ending": ending, "may": rules.may_text(texting()), "next": get_next_redirect_url(request)}
    return page(request, "account/phone_sign_in_code.html", context)


def enter(request: HttpRequest, code: PhoneCode) -> HttpResponse:
    """Sign in whoever the code was sent to, unless they have another number or signed in since. It proves a phone, and no mail address."""
    request.session.pop(f"phone_code_{code.purpose}", None)
    with transaction.atomic():
        people = User.objects.select_for_update(of=("self",), no_key=True)
        user = people.filter(phone_codes=code, is_active=True).first()
        has_phone = Phone.objects.filter(user=user, mark=code.mark).exists()  # read once the lock is held
        if user is not None and has_phone and constant_time_compare(code.until, links.fingerprint(user)):
            record_authentication(request, user, method="code")
            response: HttpResponse = perform_login(request, user, redirect_url=get_next_redirect_url(request))
            return response
    return again(request, OVER, "phone_sign_in")


def proven(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """As allauth's `reauthentication_required`, which keeps a form that came too late in the table of sessions, in clear: this does not."""
    asking_first: Callable[[HttpRequest], HttpResponse] = reauthentication_required(view)

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        try:
            return asking_first(request)
        except ReauthenticationRequired:
            if request.method != "POST":
                raise
        messages.warning(request, _("What you typed was not kept. Type it once more afterwards."))
        return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': request.path})}")

    return guarded


@never_cache
@hiding
@reading_and_sending
@proven
def own(request: HttpRequest) -> HttpResponse:
    """One's own number: give one, another one, or none."""
    user, state = me(request), texting(CodePurpose.NUMBER)
    may = rules.may_text(state) & rules.may_have_phone(user, user)
    form = NumberForm(request.POST if request.method == "POST" else None, request=request, home=user.home)
    if request.method == "POST" and may and form.is_valid():
        number = form.cleaned_data["number"]
        keep(request, ask_code(user, by=user, purpose=CodePurpose.NUMBER, number=number), number)
        return redirect("phone_code")
    return page(
        request, "account/phone.html", {"form": form, "may": may, "phone": Phone.objects.filter(user=user).first()}
    )


@never_cache
@hiding
@reading_and_sending
def confirming(request: HttpRequest) -> HttpResponse:
    """Type the code that was sent to the new number. The password came before it was asked for, in this browser."""
    user = me(request)
    code, ending = kept(request, CodePurpose.NUMBER)
    if code is None:
        return again(request, OVER, "phone")
    form = DigitsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            give_number(user, by=user, code=code.pk, typed=form.cleaned_data["code"])
        except Refused as refused:
            form.add_error("code", str(refused))
        else:
            messages.success(request, _("From now on you can sign in with this phone."))
            return redirect("account")
        if kept(request, CodePurpose.NUMBER)[0] is None:
            return again(request, " ".join(map(str, form.errors["code"])), "phone")
    may = rules.may_text(texting(CodePurpose.NUMBER))
    return page(request, "account/phone_code.html", {"form": form, "ending": ending, "code": code, "may": may})


@require_POST
@reauthentication_required  # type: ignore[untyped-decorator]
def removal(request: HttpRequest) -> HttpResponse:
    """Take the number back."""
    remove_number(me(request), by=me(request))
    messages.success(request, _("Your phone number is removed. Nobody can sign in with it any more."))
    return redirect("account")
