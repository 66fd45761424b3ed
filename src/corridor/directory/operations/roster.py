"""Verbs of the roster of experts: be listed for a theme, for one circle of readers, and be listed no more."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from corridor.directory import rules
from corridor.directory.models import Profile, RosterEntry
from corridor.directory.operations.people import end_entry
from corridor.kernel.models import User
from corridor.kernel.operations import hold, record


@transaction.atomic
def join_roster(profile: Profile, *, by: User, theme: str, visibility: str, words: str) -> None:
    """Be listed as an expert for a theme. Who reads the list finds the name and whatever else this reader may read."""
    hold(profile)
    rules.may_join_roster(by, profile, theme, visibility=visibility, words=words).enforce()
    before = profile.roster.current().filter(theme=theme).first()
    if before is not None and (before.visibility, before.words) == (visibility, words):
        return
    if before is not None:
        end_entry(profile, before, by=by)
    RosterEntry.objects.create(profile=profile, theme=theme, visibility=visibility, words=words)
    record("roster.joined", profile, by=by, theme=theme, visibility=visibility, words=words)


@transaction.atomic
def leave_roster(profile: Profile, *, by: User, theme: str) -> None:
    """Be listed for a theme no more, from this moment."""
    hold(profile)
    rules.may_withdraw(by, profile).enforce()
    for entry in list(profile.roster.current().filter(theme=theme)):
        end_entry(profile, entry, by=by)


@transaction.atomic
def choose_themes(profile: Profile, *, by: User, choices: Mapping[str, str], words: str) -> None:
    """Join and leave for several themes as one deed; an empty choice means not listed, and one that stays is left alone."""
    hold(profile)
    now = dict(profile.roster.current().values_list("theme", "visibility"))
    for theme, visibility in choices.items():
        if visibility == now.get(theme, ""):
            continue
        if visibility:
            join_roster(profile, by=by, theme=theme, visibility=visibility, words=words)
        else:
            leave_roster(profile, by=by, theme=theme)
