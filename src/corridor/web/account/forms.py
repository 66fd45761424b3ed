"""Forms of an account, in our words; allauth brings what they do."""

from typing import Any, cast

from allauth.account import forms as allauth
from allauth.account.app_settings import AppSettings
from allauth.account.internal.flows.manage_email import sync_user_email_address
from allauth.account.internal.flows.signup import prevent_enumeration
from django import forms
from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from corridor.kernel.models import User
from corridor.web.components.names import country_in_words, shipped_countries

ELSEWHERE = "other"
PASSWORD_HELP = _(
    "At least 10 characters, not only digits and not a common word. A short sentence is easy to remember."
)
# What each field is called, and what a browser may fill in.
WORDS = {
    "login": (_("E-mail address"), "username"),
    "email": (_("E-mail address"), "username"),
    "password": (_("Password"), "current-password"),
    "oldpassword": (_("Present password"), "current-password"),
    "password1": (_("New password"), "new-password"),
    "password2": (_("New password once more"), "new-password"),
    "code": (_("Code from the mail"), "one-time-code"),
}


class Worded(forms.Form):
    """A form of allauth with our labels, help and hints to the browser, and no placeholders in place of labels."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name not in WORDS:
                continue
            field.label, field.widget.attrs["autocomplete"] = WORDS[name]
            field.help_text = PASSWORD_HELP if name == "password1" else ""
            field.widget.attrs.pop("placeholder", None)
            if name != "code":
                field.widget.attrs["autocapitalize"] = "none"
        self.label_suffix = ""


def home_choices() -> list[tuple[str, str]]:
    """The six in their order, and elsewhere."""
    six = [(code, country_in_words(code)) for code in shipped_countries()]
    return [("", "—"), *six, (ELSEWHERE, str(_("another country")))]


class Description(forms.Form):
    """What a person says of themselves; nothing of it is public."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("As colleagues should address you. It is not public."),
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    home = forms.ChoiceField(label=_("Country"))
    language = forms.ChoiceField(
        label=_("Language of pages and mail"), choices=settings.LANGUAGES, initial=get_language
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["home"]).choices = home_choices()

    def clean_home(self) -> str:
        """The code of one of the six, or nothing."""
        home = str(self.cleaned_data["home"])
        return "" if home == ELSEWHERE else home


class SignupForm(Worded, allauth.SignupForm, Description):
    """Who one is and how one signs in; nothing else is asked."""

    field_order = ("email", "password1", "name", "home", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = _("Password")

    def clean_email(self) -> str:
        """An address that somebody has already is taken in silence; its owner gets a mail."""
        email = str(super().clean_email())
        if User.objects.filter(email__iexact=email).exists():
            self.account_already_exists = True
        return email

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Make the account. Sent twice at once, the second counts as an address that is taken."""
        if self.account_already_exists:
            User().set_password(self.cleaned_data["password1"])  # takes as long as a new account would
        try:
            with transaction.atomic():
                user, response = super().try_save(request)
        except IntegrityError:
            user, response = None, prevent_enumeration(request, email=self.cleaned_data["email"])
        return user, response


class LoginForm(Worded, allauth.LoginForm):
    """E-mail address and password."""

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Sign in. The sample's addresses are invented, so no mail asks to confirm them."""
        if getattr(self.user, "is_sample", False) and "password" in self.user_credentials():
            self._login.email_verification = AppSettings.EmailVerificationMethod.NONE
        response: HttpResponse = super().login(request, redirect_url=redirect_url)
        return response


class RequestLinkForm(Worded, allauth.RequestLoginCodeForm):
    """Where to send a link that signs in."""

    _user: User | None

    def clean_email(self) -> str:
        """Only an account's own address gets its link, not one that it may change to."""
        email = str(super().clean_email())
        if self._user is not None and self._user.email.lower() != email.lower():
            self._user = None
        if self._user is not None:
            sync_user_email_address(self._user)  # an account made on the command line has no record of its address yet
        return email


class CodeForm(Worded, allauth.ConfirmLoginCodeForm):
    """The code from the same mail, for signing in where the mail is not read."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"autocapitalize": "characters", "spellcheck": "false"}


class AddressForm(Worded, allauth.AddEmailForm):
    """A new e-mail address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail address")
        self.fields["email"].widget.attrs["autocomplete"] = "email"


class ResetPasswordForm(Worded, allauth.ResetPasswordForm):
    """Where to send a link for a new password."""

    users: list[User]

    def clean_email(self) -> str:
        """Only an account's own address gets its link, not one that it may change to."""
        email = str(super().clean_email())
        self.users = [user for user in self.users if user.email.lower() == email.lower()]
        return email


class NewPasswordForm(Worded, allauth.ResetPasswordKeyForm):
    """A new password after the old one was forgotten."""


class ChangePasswordForm(Worded, allauth.ChangePasswordForm):
    """A new password in place of one that is known."""


class SetPasswordForm(Worded, allauth.SetPasswordForm):
    """A first password for somebody who had none."""


class ReauthenticateForm(Worded, allauth.ReauthenticateForm):
    """The password once more, before something that matters."""
