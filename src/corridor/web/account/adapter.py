"""How allauth does things here: whose language mail is in, who is refused, and what is said when something is wrong."""

import logging
import smtplib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from corridor.kernel.models import User
from corridor.kernel.operations import record
from corridor.web.account import links, rules
from corridor.web.account.addresses import absolute, with_next
from corridor.web.page import page

log = logging.getLogger(__name__)
SENT = "corridor_code_sent_when"

ERRORS = {
    "account_inactive": _("This account is closed."),
    "duplicate_email": _("This is your address already."),
    "email_password_mismatch": _("E-mail address and password do not fit together. Look for typing mistakes in both."),
    "email_taken": _("This address cannot be used."),
    "enter_current_password": _("This is not your present password."),
    "incorrect_code": _("This is not the code in our last mail to you."),
    "incorrect_password": _("This is not your password."),
    "invalid_password_reset": _("This link was used already or is too old."),
    "too_many_login_attempts": _("Too many attempts. Wait some minutes, then try again."),
    "same_as_current": _("This is your address already."),
    "rate_limited": _("Too many attempts. Wait some minutes, then try again."),
}


class AccountAdapter(DefaultAccountAdapter):
    """allauth's ways, with Corridor's rules and words."""

    error_messages = {**DefaultAccountAdapter.error_messages, **ERRORS}

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Whose password this is; for somebody who may not sign in here the form says why."""
        user: User | None = super().authenticate(request, **credentials)
        if user is not None and not (verdict := rules.may_sign_in(user, request)):
            raise ValidationError([str(reason) for reason in verdict.reasons])
        return user

    def pre_login(self, request: HttpRequest, user: User, **facts: Any) -> HttpResponse | None:
        """The last gate of every way of signing in."""
        rules.may_sign_in(user, request).enforce()
        if is_spent(request, user):
            clear_login(request)
            messages.error(
                request, _("This code was for one sign-in, and somebody has signed in since. Ask for a new one.")
            )
            return redirect("account_request_login_code")
        response: HttpResponse | None = super().pre_login(request, user, **facts)
        return response

    def save_user(self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True) -> User:
        """A new person, with what they said of themselves."""
        user.name, user.home = form.cleaned_data["name"], form.cleaned_data["home"]
        user.language = form.cleaned_data["language"]
        saved: User = super().save_user(request, user, form, commit=commit)
        record("user.joined", saved, by=saved)
        return saved

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """A first address is confirmed by whoever has the mail; a new one only by its person, signed in."""
        others = EmailAddress.objects.filter(user=email_address.user_id, verified=True).exclude(pk=email_address.pk)
        if others.exists() and request.user.pk != email_address.user_id:
            messages.error(request, _("Please sign in first, with your former address. Then open the link once more."))
            return False
        if User.objects.filter(email__iexact=email_address.email).exclude(pk=email_address.user_id).exists():
            messages.error(request, _("This address cannot be used."))
            return False
        return bool(super().confirm_email(request, email_address))

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        """Somebody who was signed in changed their address; anybody else signs in now."""
        return reverse("account" if self.request.user.is_authenticated else "account_login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the account."""
        return reverse("account")

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """The link in a mail that asks whether an address is right."""
        return absolute(request, reverse("account_confirm_email", args=[emailconfirmation.key]))

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link in a mail that lets somebody choose a new password."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return absolute(context.request, path.replace("UID-KEY", key))

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell somebody that their account was changed, in their language."""
        super().send_notification_mail(template_prefix, user, {"user": user, **(context or {})}, email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write to a person in the language of their account, to a stranger in the language of the page."""
        user = context.get("user") or User.objects.filter(email__iexact=email).first()
        words = {**context, **addresses_for(template_prefix, user), "node": settings.NODE}
        with translation.override(user.language if user else translation.get_language()):
            try:
                super().send_mail(template_prefix, email, words)
            except (OSError, smtplib.SMTPException):
                log.exception("mail %s could not be sent", template_prefix)
                raise ImmediateHttpResponse(no_mail()) from None


def addresses_for(template_prefix: str, user: User | None) -> dict[str, str]:
    """Links that a mail needs beside those that allauth makes."""
    request = context.request
    found = {
        "signup_url": absolute(request, reverse("account_signup")),
        "login_url": absolute(request, reverse("account_login")),
        "password_reset_link": absolute(request, reverse("account_reset_password")),
    }
    if template_prefix == "account/email/login_code" and user is not None:
        path = reverse("sign_in_link", args=[links.write_token(user)])
        found["link_url"] = absolute(request, with_next(request, path))
        request.session[SENT] = links.fingerprint(user)
    return found


def is_spent(request: HttpRequest, user: User) -> bool:
    """Whether somebody signed in after the code was sent that is now used: link and code together are for one sign-in.

    What was true when it was sent is compared, not times: the clock may have jumped in between.
    """
    stage = getattr(request, "_login_stage", None)
    if stage is None or "at" not in stage.state:
        return False
    return bool(request.session.get(SENT) != links.fingerprint(user))


def no_mail() -> HttpResponse:
    """Somebody waits for a mail that cannot go out: they are told at once, and what to do."""
    return page(context.request, "account/no_mail.html", status=503)
