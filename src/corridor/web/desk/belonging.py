"""Which organisations and countries a person belongs to, for their own desk."""

from __future__ import annotations

from dataclasses import dataclass

from corridor.directory.models import Organisation
from corridor.kernel.models import User
from corridor.kernel.states import Scope
from corridor.web.components.names import country_in_words
from corridor.web.results import name_for_reader

MOST = 6


@dataclass(frozen=True)
class Belonging:
    """One office of one's own: what one is, and of what."""

    office: str
    over: str
    language: str
    organisation: Organisation | None
    country: str


def belonging_of(user: User) -> list[Belonging]:
    """The offices in force, in two queries at most; whoever speaks for very many sees the first ones."""
    grants = user.audience.grants
    keys = [scope_id for _office, scope, scope_id, _home in grants if scope == Scope.ORGANISATION]
    listed = Organisation.objects.standing().with_names().filter(pk__in=keys[:MOST]) if keys else []
    organisations = {str(found.pk): found for found in listed}
    belongings = []
    for office, scope, scope_id, home in grants:
        organisation = organisations.get(scope_id)
        if organisation is not None:
            belongings.append(Belonging(str(office.label), *name_for_reader(organisation), organisation, home))
        elif scope != Scope.ORGANISATION:
            over = country_in_words(scope_id) if scope == Scope.COUNTRY else ""
            belongings.append(Belonging(str(office.label), over, "", None, scope_id if scope == Scope.COUNTRY else ""))
    return belongings
