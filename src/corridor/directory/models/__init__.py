"""Nouns of the directory: the six countries, their focal points, organisations with many names, requests to be confirmed,
and people as they describe themselves."""

from corridor.directory.models.circles import audience_of, example_of
from corridor.directory.models.countries import Country, FocalPoint, in_reader_language
from corridor.directory.models.membership import MembershipRequest, Vouching
from corridor.directory.models.organisations import (
    HOME,
    Identifier,
    Organisation,
    OrganisationName,
    OrganisationQuerySet,
    Verification,
    WithdrawnVerification,
)
from corridor.directory.models.people import (
    ConsentWithdrawal,
    FieldConsent,
    Profile,
    ProfileQuerySet,
    RosterEntry,
    Shown,
    SpokenLanguage,
)

__all__ = [
    "HOME",
    "ConsentWithdrawal",
    "Country",
    "FieldConsent",
    "FocalPoint",
    "Identifier",
    "MembershipRequest",
    "Organisation",
    "OrganisationName",
    "OrganisationQuerySet",
    "Profile",
    "ProfileQuerySet",
    "RosterEntry",
    "Shown",
    "SpokenLanguage",
    "Verification",
    "Vouching",
    "WithdrawnVerification",
    "audience_of",
    "example_of",
    "in_reader_language",
]
