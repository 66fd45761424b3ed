"""Confirming one's ORCID iD by signing in at ORCID (OpenID Connect). It signs nobody in here, and takes nothing but the iD.

allauth asks ORCID as it asks the services of ministries. ORCID stands in no list of these, so no page of theirs leads there;
the way there and back is one of a session in which somebody is signed in.
"""

from __future__ import annotations

import logging
import secrets
import time
from typing import Any, Final

from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import build_absolute_uri
from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from requests import RequestException

from corridor.directory import rules
from corridor.directory.models import Profile
from corridor.directory.operations.orcid import confirm_orcid
from corridor.kernel.logic.verdict import Refused
from corridor.web.limits import Limit
from corridor.web.page import page, signed_in
from corridor.web.people.mine import profile_of, trail

log = logging.getLogger(__name__)
WAY: Final = "corridor_orcid_way"
LIFETIME: Final = 15 * 60
BEGUN = Limit("orcid", most=20, seconds=3600)
# No answer, or one that is not what the standard says: in its form, in a field, in its signature, in the iD.
WRONG_ANSWERS = (RequestException, OAuth2Error, KeyError, ValueError, TypeError, AttributeError)


class OrcidAdapter(OpenIDConnectOAuth2Adapter):
    """ORCID as allauth asks it, with the operator's client and our own way back."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, "orcid")
        self.app = SocialApp(provider="openid_connect", provider_id="orcid", name="ORCID", **settings.ORCID)

    def get_provider(self) -> OpenIDConnectProvider:
        """The operator's client there; it is in no table and no list."""
        return OpenIDConnectProvider(self.request, app=self.app)

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """Where ORCID sends people back to."""
        return str(build_absolute_uri(request, reverse("my-orcid-return")))

    @property
    def client(self) -> OAuth2Client:
        """What speaks to ORCID."""
        return self.get_client(self.request, self.app)


def begin(request: HttpRequest) -> str:
    """Begin a way there and back in this session, in place of one begun before. Answers the address at ORCID."""
    adapter = OrcidAdapter(request)
    client, challenge = adapter.client, generate_code_challenge()
    way: dict[str, Any] = {
        "state": secrets.token_urlsafe(32),
        "nonce": secrets.token_urlsafe(32),
        "person": str(signed_in(request).pk),
    }
    way |= {"verifier": challenge.pop("code_verifier"), "begun_at": time.time()}
    client.state = way["state"]
    address = client.get_redirect_url(adapter.authorize_url, ["openid"], {**challenge, "nonce": way["nonce"]})
    request.session[WAY] = way
    return str(address)


def take_way(request: HttpRequest) -> dict[str, Any] | None:
    """The way that this person began in this session and comes back on; by being taken it is over."""
    way = request.session.get(WAY)
    if way is None or not constant_time_compare(way["state"], request.GET.get("state", "")):
        return None
    del request.session[WAY]
    is_first = cache.add(f"orcid-way:{way['state']}", 1, 2 * LIFETIME)  # of two at once, whose session still holds it
    is_young = abs(time.time() - way["begun_at"]) <= LIFETIME
    return way if is_first and is_young and way["person"] == str(signed_in(request).pk) else None


def ask_orcid(request: HttpRequest, way: dict[str, Any]) -> str:
    """What ORCID calls the person who signed in there, by a signed answer to this very question. Its tokens are dropped."""
    if "code" not in request.GET:
        raise OAuth2Error(f"it says {request.GET.get('error', '')!r}")
    adapter = OrcidAdapter(request)
    told = adapter.get_access_token_data(request, adapter.app, adapter.client, pkce_code_verifier=way["verifier"])
    said = jwtkit.verify_and_decode(
        credential=told["id_token"],
        keys_url=adapter.openid_config["jwks_uri"],
        issuer=adapter.openid_config["issuer"],
        audience=adapter.app.client_id,
        lookup_kid=jwtkit.lookup_kid_jwk,
    )
    if not constant_time_compare(said["nonce"], way["nonce"]):
        raise OAuth2Error("the answer is to another question")
    return str(said["sub"])


def own_profile(request: HttpRequest) -> Profile | None:
    """The person's profile, where the operator has a client at ORCID."""
    if not settings.ORCID["client_id"]:
        raise Http404
    return profile_of(signed_in(request))


@never_cache
@require_safe
def confirmation(request: HttpRequest) -> HttpResponse:
    """What happens, and the way to ORCID. A link from elsewhere leads to this page at most, and confirms nothing."""
    profile = own_profile(request)
    if profile is None:
        return redirect("my-profile")
    rules.may_confirm_orcid(signed_in(request), profile).enforce()
    context = {"profile": profile, "way": "", "trail": trail(_("Confirm your ORCID iD"))}
    if BEGUN.is_reached(request):
        return page(request, "people/orcid.html", {**context, "is_too_often": True}, status=429)
    BEGUN.count(request)
    try:
        context["way"] = begin(request)
    except WRONG_ANSWERS:
        log.exception("ORCID does not answer as it should")
    return page(request, "people/orcid.html", context, status=200 if context["way"] else 503)


@never_cache
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """Back from ORCID."""
    profile = own_profile(request)
    way = take_way(request) if profile else None
    if profile is None or way is None:
        messages.error(request, _("This way back from ORCID is over, or was begun elsewhere. Nothing was changed."))
    elif request.GET.get("error") == "access_denied":
        messages.info(request, _("At ORCID you chose not to go on. Nothing was changed."))
    else:
        conclude(request, profile, way)
    return redirect("my-profile")


def conclude(request: HttpRequest, profile: Profile, way: dict[str, Any]) -> None:
    """Write what ORCID says, or say why not."""
    try:
        confirm_orcid(profile, by=signed_in(request), orcid=ask_orcid(request, way))
    except Refused as refusal:
        for reason in refusal.reasons:
            messages.error(request, str(reason))
    except WRONG_ANSWERS:
        log.exception("ORCID does not answer as it should")
        messages.error(request, _("ORCID did not answer as it should. Nothing was changed. Try again later."))
    else:
        messages.success(request, _("ORCID confirmed your iD. Who may read it stays as you chose."))
