"""My profile: what I say, who reads it, what it looks like to them, and taking it back."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from corridor.directory import rules
from corridor.directory.models import Profile, example_of
from corridor.directory.operations.people import choose_circles, withdraw_everything
from corridor.kernel.models import User
from corridor.kernel.states import Theme, Visibility
from corridor.web.components.parts import Choice, Crumb
from corridor.web.page import page, signed_in
from corridor.web.people.choices import CircleForm, field_circles, items_of, nobody
from corridor.web.people.lines import card_of

reading_and_sending = require_http_methods(["GET", "HEAD", "POST"])


def profile_of(user: User) -> Profile | None:
    """The person's own profile."""
    return Profile.objects.for_reading().filter(user=user).first()


@never_cache
@reading_and_sending
def my_profile(request: HttpRequest) -> HttpResponse:
    """What I say, field by field with its readers, and the preview for each circle."""
    user = signed_in(request)
    profile = profile_of(user)
    if profile is None:
        return page(request, "people/begin.html", {"trail": trail()})
    form = CircleForm(request.POST or None, items=items_of(profile), circles=field_circles(profile), nobody=nobody())
    if request.method == "POST":
        deed, may = partial(choose_circles, profile, by=user), partial(rules.may_consent, user, profile)
        if form.take(deed, may):
            messages.success(request, _("Saved. It holds from this moment; search follows within seconds."))
            return redirect("my-profile")
    seen = Profile.objects.visible_to(user).filter(pk=profile.pk).exists()
    context = {"form": form, "may_be_shown": rules.may_be_shown(user, profile), "seen": seen, "profile": profile}
    parts = {**preview(request, profile), **listed(profile), **orcid_of(profile, user)}
    return page(request, "people/mine.html", {**context, **parts, "trail": trail()})


def preview(request: HttpRequest, profile: Profile) -> dict[str, Any]:
    """What one circle of readers sees, with links to the other circles, the widest first."""
    circles = list(reversed(field_circles(profile)))
    asked = request.GET.get("as", "")
    chosen = asked if asked in circles else Visibility.PUBLIC
    place = profile.place.pk if profile.place else None
    shown = profile.shown_to(example_of(chosen, home=profile.home, organisation=place))
    url = reverse("my-profile")
    tabs = [Choice(Visibility(one).label, f"{url}?as={one}#preview", is_current=one == chosen) for one in circles]
    return {"card": card_of(shown), "preview_tabs": tabs}


def orcid_of(profile: Profile, user: User) -> dict[str, Any]:
    """Whether the iD can be confirmed by signing in at ORCID; nothing is said of it where the operator has no client there."""
    return {"may_confirm_orcid": rules.may_confirm_orcid(user, profile)} if settings.ORCID["client_id"] else {}


def listed(profile: Profile) -> dict[str, Any]:
    """Where on the roster the person stands, and for whom."""
    now = {entry.theme: entry for entry in profile.roster.all() if entry.ended_at is None}
    return {"entries": [(theme.label, now[theme].get_visibility_display()) for theme in Theme if theme in now]}


@never_cache
@reading_and_sending
def withdrawal(request: HttpRequest) -> HttpResponse:
    """Take every consent back: first what happens, then the deed."""
    profile = get_object_or_404(Profile, user=signed_in(request))
    if request.method == "POST":
        withdraw_everything(profile, by=signed_in(request))
        messages.success(request, _("Withdrawn. From this moment nobody else reads anything of your profile here."))
        return redirect("my-profile")
    context = {
        "consents": profile.consents.count(),
        "entries": profile.roster.current().count(),
        "trail": trail(_("Withdraw everything")),
    }
    return page(request, "people/withdrawal.html", context)


def trail(last: str = "") -> tuple[Crumb, ...]:
    """The way to a page of one's own profile."""
    start = Crumb(_("Start page"), reverse("home"))
    if not last:
        return start, Crumb(_("My profile"))
    return start, Crumb(_("My profile"), reverse("my-profile")), Crumb(last)
