"""Verbs of organisations: list, mend, verify, and have the index follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from corridor.directory import rules
from corridor.directory.models import Identifier, Organisation, OrganisationName, Verification, WithdrawnVerification
from corridor.kernel.models import User
from corridor.kernel.operations import hold, record, tell
from corridor.kernel.states import Urgency

Name = tuple[str, str, str]  # kind, language, text


def tell_index(organisation: Organisation, *, urgency: int = Urgency.SOON) -> None:
    """Have the one index follow this organisation."""
    key = str(organisation.pk)
    tell("directory.index_organisation", organisation=key, lock=f"organisation:{key}", urgency=urgency)


@transaction.atomic
def list_organisation(
    *,
    by: User | None,
    names: Iterable[Name],
    identifiers: Mapping[str, str] | None = None,
    urgency: int = Urgency.SOON,
    **facts: Any,
) -> Organisation:
    """Enter an organisation into the directory. Being listed says nothing about taking part; `by=None` is an import."""
    organisation = Organisation(**facts)
    if by is not None:
        lies = rules.may_lie(organisation.home, organisation.latitude, organisation.longitude)
        (rules.may_list(by, organisation.home) & lies).enforce()
    organisation.save(force_insert=True)
    set_names(organisation, names)
    Identifier.objects.bulk_create(
        [Identifier(organisation=organisation, scheme=s, value=v) for s, v in (identifiers or {}).items()]
    )
    record("organisation.listed", organisation, by=by, type=organisation.type)
    tell_index(organisation, urgency=urgency)
    return organisation


def set_names(organisation: Organisation, names: Iterable[Name]) -> None:
    """Give an organisation exactly these names."""
    OrganisationName.objects.filter(organisation=organisation).delete()
    unique = {(kind, text): language for kind, language, text in names if text}
    OrganisationName.objects.bulk_create(
        [
            OrganisationName(organisation=organisation, kind=k, text=t[:300], language=lang)
            for (k, t), lang in unique.items()
        ]
    )


@transaction.atomic
def edit_organisation(
    organisation: Organisation, *, by: User, names: Iterable[Name] | None = None, **facts: Any
) -> None:
    """Mend an entry, with exactly these names where names are given; the index follows."""
    hold(organisation)
    rules.may_edit(by, organisation).enforce()
    changed = [field for field, value in facts.items() if getattr(organisation, field) != value]
    for field in changed:
        setattr(organisation, field, facts[field])
    if {"latitude", "longitude"} & set(changed):
        rules.may_lie(organisation.home, organisation.latitude, organisation.longitude).enforce()
    if changed:
        organisation.save(update_fields=changed)
    if names is not None and set(names := list(names)) != set(_names_of(organisation)):
        set_names(organisation, names)
        changed.append("names")
    if not changed:
        return
    record("organisation.edited", organisation, by=by, fields=sorted(changed))
    tell_index(organisation)


def _names_of(organisation: Organisation) -> list[Name]:
    return [
        (name.kind, name.language, name.text) for name in OrganisationName.objects.filter(organisation=organisation)
    ]


@transaction.atomic
def verify(organisation: Organisation, *, by: User, reason: str) -> Verification:
    """A focal point gives its word for an organisation of its country."""
    hold(organisation)
    rules.may_verify(by, organisation).enforce()
    verification = Verification.objects.create(organisation=organisation, verified_by=by, reason=reason)
    record("organisation.verified", organisation, by=by)
    tell_index(organisation)
    return verification


@transaction.atomic
def withdraw_verification(organisation: Organisation, *, by: User, reason: str) -> WithdrawnVerification:
    """Take the focal point's word back. Its people stay members; from now on they confirm and publish nothing by themselves."""
    hold(organisation)
    rules.may_withdraw_verification(by, organisation).enforce()
    given = organisation.verification
    withdrawn = WithdrawnVerification.objects.create(
        organisation=organisation,
        verified_by_id=given.verified_by_id,
        verified_at=given.created_at,
        verified_reason=given.reason,
        withdrawn_by=by,
        reason=reason,
    )
    given.delete()
    organisation.refresh_from_db()
    record("organisation.verification_withdrawn", organisation, by=by)
    tell_index(organisation)
    return withdrawn
