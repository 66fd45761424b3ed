"""What a person gets when they ask for their own data: account, offices, requests, profile, every consent and its end."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet

from corridor.directory.models import MembershipRequest, Profile
from corridor.directory.states import CONSENT_WORDS
from corridor.kernel.models import Grant, User

PROFILE = (
    "name",
    "home",
    "headline",
    "expertise",
    "expertise_language",
    "themes",
    "affiliation_text",
    "website",
    "orcid",
)


def of_person(user: User) -> dict[str, Any]:
    """Everything that this room keeps of a person, for that person alone."""
    offices = Grant.objects.filter(user=user).order_by("starts_on", "pk")
    asked = MembershipRequest.objects.filter(user=user).order_by("created_at")
    return {
        "account": _row(user, ("email", "name", "home", "language", "joined_at", "last_login")),
        "offices": _rows(offices, ("office", "scope", "scope_id", "home", "starts_on", "ends_on", "reason")),
        "requests": _rows(
            asked,
            ("home", "organisation_id", "organisation_text", "statement", "state", "created_at", "vouching__reason"),
        ),
        "profile": _profile(Profile.objects.filter(user=user).select_related("affiliation").first()),
    }


def _profile(profile: Profile | None) -> dict[str, Any] | None:
    if profile is None:
        return None
    affiliation = profile.affiliation
    consents = profile.consents.order_by("given_at", "pk")
    ended = profile.withdrawals.order_by("withdrawn_at", "pk")
    roster = profile.roster.order_by("consented_at", "pk")
    return {
        **_row(profile, ("id", "created_at", *PROFILE)),
        "affiliation": {"id": affiliation.pk, "name": affiliation.name} if affiliation else None,
        "languages": _rows(profile.languages.all(), ("tag", "reads", "writes", "speaks")),
        "consents": _rows(consents, ("field", "visibility", "words", "given_at")),
        "ended_consents": _rows(ended, ("field", "visibility", "words", "given_at", "withdrawn_at")),
        "roster": _rows(roster, ("theme", "visibility", "words", "consented_at", "ended_at")),
        "words_of_consents": {version: str(words) for version, words in CONSENT_WORDS.items()},
    }


def _row(record: Model, fields: tuple[str, ...]) -> dict[str, Any]:
    return {field: getattr(record, field) for field in fields}


def _rows(records: QuerySet[Any], fields: tuple[str, ...]) -> list[dict[str, Any]]:
    return [dict(row) for row in records.values(*fields)]
