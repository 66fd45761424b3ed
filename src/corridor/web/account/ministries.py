"""Signing in through the sign-in service of a ministry (OpenID Connect). It says who somebody is, and gives no office."""

import logging
from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.openid_connect import views
from django.contrib.auth.decorators import login_not_required
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from requests import RequestException

from corridor.directory.models import is_within, published_domain
from corridor.kernel.logic.verdict import Verdict, together, unless
from corridor.kernel.models import User
from corridor.kernel.operations import record
from corridor.web.page import page

log = logging.getLogger(__name__)


def may_come_from(home: str, addresses: list[tuple[str, bool]]) -> Verdict:
    """A ministry speaks for addresses of its own domain, as the directory publishes it, that it has checked; for no others."""
    domain = published_domain(home)
    return together(
        unless(
            bool(addresses) and all(is_within(address, domain) for address, _verified in addresses),
            _("The sign-in service of a ministry can only vouch for mail addresses of that ministry."),
        ),
        unless(
            all(verified for _address, verified in addresses),
            _("Your ministry does not say that it checked this address."),
        ),
    )


class MinistryAdapter(DefaultSocialAccountAdapter):
    """allauth's way through another service, with Corridor's rules."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """The gate for whoever comes from a ministry, known here or not."""
        said = [(one.email, bool(one.verified)) for one in sociallogin.email_addresses]
        may_come_from(home_of(sociallogin), said).enforce()

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        """A new person, as their ministry describes them."""
        user: User = super().populate_user(request, sociallogin, data)
        parts = (data.get("first_name"), data.get("last_name"))
        user.name = (data.get("name") or " ".join(part for part in parts if part))[:120]
        user.home, user.language = home_of(sociallogin), get_language() or "en"
        return user

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: BaseForm | None = None) -> User:
        """Make the account; no office comes with it."""
        user: User = super().save_user(request, sociallogin, form)
        record("user.joined", user, by=user, source="ministry")
        return user

    def on_authentication_error(self, request: HttpRequest, provider: Any, **facts: Any) -> None:
        """The page says that it did not work; the log says why."""
        log.warning("sign-in through %s failed: %s %r", provider, facts.get("error"), facts.get("exception"))


def home_of(sociallogin: SocialLogin) -> str:
    """The country whose ministry it is."""
    return str(sociallogin.account.provider).upper()


def there_and_back(request: HttpRequest, provider_id: str, *, way: str) -> HttpResponseBase:
    """To the ministry, or back from it. A service that does not answer, or answers nonsense, is said to; nothing breaks."""
    try:
        response: HttpResponseBase = getattr(views, way)(request, provider_id)
    except (RequestException, KeyError, ValueError):
        log.exception("the sign-in service of %s does not answer as it should", provider_id)
        return page(request, "socialaccount/authentication_error.html", status=503)
    return response


@login_not_required
def login(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """To the ministry."""
    return there_and_back(request, provider_id, way="login")


@login_not_required
def callback(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Back from it."""
    return there_and_back(request, provider_id, way="callback")
