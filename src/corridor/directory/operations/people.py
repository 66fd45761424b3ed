"""Verbs of people: describe oneself, let others read a field, take that back for one field or for everything at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from corridor.directory import rules
from corridor.directory.logic.orcid import NotAnOrcid, normalised
from corridor.directory.models import ConsentWithdrawal, FieldConsent, Profile, RosterEntry, SpokenLanguage
from corridor.directory.operations.people_index import KIND
from corridor.directory.states import SPOKEN, ProfileField
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import User
from corridor.kernel.operations import hold, record, tell
from corridor.kernel.states import Visibility
from corridor.language.operations.index import take_out

FACTS = frozenset(
    ("home", "name", "headline", "expertise", "expertise_language", "themes", "affiliation", "affiliation_text")
) | {"website", "orcid"}


@dataclass(frozen=True)
class Spoken:
    """What a person does in one language."""

    tag: str
    reads: bool = False
    writes: bool = False
    speaks: bool = False


def index_anew(profile: Profile) -> None:
    """The index forgets a person in this very transaction, and a job tells it what may be found now."""
    take_out(KIND, profile.pk)
    key = str(profile.pk)
    tell("directory.index_person", person=key, lock=f"person:{key}")


@transaction.atomic
def describe_oneself(user: User, *, by: User, languages: Iterable[Spoken] | None = None, **facts: Any) -> Profile:
    """Say of oneself what others may read one day. It is shown to nobody but by a consent for each field.

    A consent ends by itself where its ground is gone: the field is empty now, or its circle would be another one.
    """
    if unknown := set(facts) - FACTS:
        raise TypeError(f"a profile has no {sorted(unknown)}")
    hold(user)  # described twice at once, the second finds the first one's profile
    rules.may_describe_oneself(by, user).enforce()
    rules.may_work_at(by, facts.get("affiliation")).enforce()
    profile = Profile.objects.select_for_update(of=("self",)).filter(user=user).first()
    if profile is None:
        profile = Profile.objects.create(user=user, home=user.home)
    changed = [*_say(profile, facts), *(_speak(profile, languages) if languages is not None else [])]
    if changed:
        end_groundless(profile, changed, by=by)
        record("profile.described", profile, by=by, fields=sorted(changed))
        index_anew(profile)
    return profile


def _say(profile: Profile, facts: Mapping[str, Any]) -> list[str]:
    said = dict(facts)
    if said.get("orcid"):
        said["orcid"] = _orcid(said["orcid"])
    changed = [field for field, value in said.items() if getattr(profile, field) != value]
    for field in changed:
        setattr(profile, field, said[field])
    if "orcid" in changed:
        profile.orcid_confirmed_at = None  # it was another iD that was confirmed
    if changed:
        profile.save(update_fields=[*changed, "orcid_confirmed_at"])
    return changed


def _orcid(text: str) -> str:
    try:
        return normalised(text)
    except NotAnOrcid as error:
        raise Refused([_("This is no ORCID iD: its last sign does not fit the others.")]) from error


def _speak(profile: Profile, languages: Iterable[Spoken]) -> list[str]:
    wanted = {spoken.tag: spoken for spoken in languages if spoken.tag in SPOKEN and _is_used(spoken)}
    rows = profile.languages.order_by("id").values_list("tag", "reads", "writes", "speaks")
    if [Spoken(*row) for row in rows] == list(wanted.values()):
        return []
    SpokenLanguage.objects.filter(profile=profile).delete()
    SpokenLanguage.objects.bulk_create(
        [SpokenLanguage(profile=profile, tag=s.tag, reads=s.reads, writes=s.writes, speaks=s.speaks) for s in wanted.values()]
    )  # fmt: skip
    return [ProfileField.LANGUAGES]


def _is_used(spoken: Spoken) -> bool:
    return spoken.reads or spoken.writes or spoken.speaks


def end_groundless(profile: Profile, changed: list[str], *, by: User) -> None:
    """End the consents whose circle is another one since these facts changed, and those that say nothing any more."""
    moved = set()
    if "home" in changed:
        moved.add(Visibility.NATIONAL)
    if "affiliation" in changed:
        moved.add(Visibility.TEAM)
    for consent in list(profile.consents.all()):
        if consent.visibility in moved or not profile.says(consent.field):
            _end(profile, consent, by=by)
    for entry in list(profile.roster.current()):
        if entry.visibility in moved:
            end_entry(profile, entry, by=by)


@transaction.atomic
def consent(profile: Profile, *, by: User, field: str, visibility: str, words: str) -> None:
    """Let a circle of readers read one field, in words that the person has just read. Another circle replaces the one before."""
    hold(profile)
    rules.may_consent(by, profile, field, visibility=visibility, words=words).enforce()
    before = profile.consents.filter(field=field).first()
    if before is not None and (before.visibility, before.words) == (visibility, words):
        return
    if before is not None:
        _keep_end(before)
    FieldConsent.objects.create(profile=profile, field=field, visibility=visibility, words=words)
    record("consent.given", profile, by=by, field=field, visibility=visibility, words=words)
    index_anew(profile)


@transaction.atomic
def withdraw(profile: Profile, *, by: User, field: str) -> None:
    """Take the consent for one field back: from this moment nobody else reads it and search does not find it."""
    hold(profile)
    rules.may_withdraw(by, profile).enforce()
    given = profile.consents.filter(field=field).first()
    if given is not None:
        _end(profile, given, by=by)
        index_anew(profile)


@transaction.atomic
def withdraw_everything(profile: Profile, *, by: User) -> None:
    """Take every consent back at once and leave the roster. What was said stays with the person, and nobody else reads it."""
    hold(profile)
    rules.may_withdraw(by, profile).enforce()
    for entry in list(profile.roster.current()):
        end_entry(profile, entry, by=by)
    for given in list(profile.consents.all()):
        _end(profile, given, by=by)
    index_anew(profile)


@transaction.atomic
def choose_circles(profile: Profile, *, by: User, choices: Mapping[str, str], words: str) -> None:
    """Give and take back consents for several fields as one deed; an empty choice means nobody, and one that stays is left alone."""
    hold(profile)
    now = dict(profile.consents.values_list("field", "visibility"))
    for field, visibility in choices.items():
        if visibility == now.get(field, ""):
            continue
        if visibility:
            consent(profile, by=by, field=field, visibility=visibility, words=words)
        else:
            withdraw(profile, by=by, field=field)


def _end(profile: Profile, given: FieldConsent, *, by: User) -> None:
    _keep_end(given)
    record("consent.withdrawn", profile, by=by, field=given.field, visibility=given.visibility)
    if given.field == ProfileField.NAME:  # experts are listed by name
        for entry in list(profile.roster.current()):
            end_entry(profile, entry, by=by)


def _keep_end(given: FieldConsent) -> None:
    """Keep that there was a consent and until when; never what had been shown."""
    ConsentWithdrawal.objects.create(
        profile_id=given.profile_id,
        field=given.field,
        visibility=given.visibility,
        words=given.words,
        given_at=given.given_at,
        withdrawn_at=max(timezone.now(), given.given_at),  # a clock that is late must not keep anybody from withdrawing
    )
    given.delete()


def end_entry(profile: Profile, entry: RosterEntry, *, by: User) -> None:
    """End one entry of the roster of a person who is held."""
    entry.ended_at = max(timezone.now(), entry.consented_at)
    entry.save(update_fields=["ended_at"])
    record("roster.left", profile, by=by, theme=entry.theme, visibility=entry.visibility)
