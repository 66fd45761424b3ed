"""How second factors are done here: codes of an app, passkeys, recovery codes. allauth brings what they do."""

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from allauth.mfa.webauthn.views import AddWebAuthnView
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from cryptography.fernet import MultiFernet
from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corridor.kernel.logic import sealing
from corridor.kernel.models import User
from corridor.kernel.operations import record

SALT = "corridor.web.account.factors"


class FactorAdapter(DefaultMFAAdapter):
    """allauth's second factors, with Corridor's words; their secrets are encrypted, so a copy of the database is no key."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": gettext_lazy("This address cannot be used."),
        "cannot_generate_recovery_codes": gettext_lazy(
            "Set up an app or a passkey first; recovery codes stand in for it."
        ),
        "incorrect_code": gettext_lazy(
            "This code is not right, or was used already. Codes of an app change every 30 seconds."
        ),
        "unverified_email": gettext_lazy("Confirm your e-mail address first."),
    }

    def encrypt(self, text: str) -> str:
        """What the database keeps of a secret."""
        return keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; when the installation's key was changed there is none, and no code fits it."""
        return sealing.opened(encrypted_text, keys())

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """What a new passkey is called until its person says otherwise."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Passkey %(number)d") % {"number": number}

    def _get_site_name(self) -> str:
        return settings.NODE["name"]


def keys() -> MultiFernet:
    """Keys from the installation's secret, the present one first."""
    return sealing.keys((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS), SALT)


class Code(forms.Form):
    """A field for a code, as telephones and readers of screens like it."""

    label = gettext_lazy("Code from the app, or a recovery code")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = self.label
        self.fields["code"].widget.attrs = {
            "autocomplete": "one-time-code", "inputmode": "numeric", "autocapitalize": "none", "spellcheck": "false",
        }  # fmt: skip
        self.label_suffix = ""


class ActivateAppForm(Code, ActivateTOTPForm):
    """The first code of an app, which shows that it works."""

    label = gettext_lazy("Code that the app shows")


class FactorForm(Code, AuthenticateForm):
    """The second factor at signing in."""


class FactorAgainForm(Code, ReauthenticateForm):
    """The second factor once more, before something that matters."""


class Sound(forms.Form):
    """What a browser says of a passkey is taken apart by a library that trips over nonsense; here that is a wrong code."""

    def full_clean(self) -> None:
        """Check it, whatever it is."""
        try:
            super().full_clean()
        except (KeyError, ValueError, TypeError, AttributeError, IndexError):
            self.cleaned_data = {}
            self.add_error(None, FactorAdapter.error_messages["incorrect_code"])


class PasskeyForm(Sound, AuthenticateWebAuthnForm):
    """A passkey as the second factor."""


class PasskeyAloneForm(Sound, LoginWebAuthnForm):
    """A passkey in place of a password."""


class PasskeyAgainForm(Sound, ReauthenticateWebAuthnForm):
    """A passkey once more, before something that matters."""


class AddPasskeyForm(Sound, AddWebAuthnForm):
    """A new passkey, and whether it alone is to sign in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["name"].label = _("Name of this passkey")
        self.fields["name"].help_text = _("So that you know it again: this telephone, the key in the drawer.")
        self.fields["passwordless"].label = _("Sign in with this passkey alone")
        self.fields["passwordless"].help_text = _("It then asks for your finger, your face or its PIN each time.")


class NamePasskeyForm(EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["name"].label = _("Name of this passkey")


class Fortified:
    """Who sets up a factor ends every other session: none that began without it goes on with the powers it gives."""

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Set it up, end the others, record it."""
        user = self.request.user  # type: ignore[attr-defined]
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        end_other_sessions(self.request, user)  # type: ignore[attr-defined]
        record("user.factor_added", user, by=user)
        return response


class ActivateApp(Fortified, ActivateTOTPView):
    """Set up an app that shows codes."""


class AddPasskey(Fortified, AddWebAuthnView):
    """Set up a passkey."""

    success_url = reverse_lazy("mfa_index")
