"""Nouns of the directory: countries, their focal points, organisations with what they have to give, and requests to be confirmed."""

from corridor.directory.models.corrections import Correction, CorrectionAnswer
from corridor.directory.models.countries import Country, FocalPoint, in_reader_language
from corridor.directory.models.duplicates import (
    Distinction,
    LikelyDuplicate,
    LikelyDuplicateQuerySet,
    Merge,
    Trait,
    UndoneMerge,
)
from corridor.directory.models.facilities import Facility, FacilityClosing, FacilityQuerySet
from corridor.directory.models.membership import MembershipRequest, Vouching
from corridor.directory.models.networks import Network, NetworkMembership
from corridor.directory.models.organisations import (
    HOME,
    Identifier,
    Organisation,
    OrganisationName,
    OrganisationQuerySet,
    Verification,
    WithdrawnVerification,
)

__all__ = [
    "HOME",
    "Correction",
    "CorrectionAnswer",
    "Country",
    "Distinction",
    "Facility",
    "FacilityClosing",
    "FacilityQuerySet",
    "FocalPoint",
    "Identifier",
    "LikelyDuplicate",
    "LikelyDuplicateQuerySet",
    "MembershipRequest",
    "Merge",
    "Network",
    "NetworkMembership",
    "Organisation",
    "OrganisationName",
    "OrganisationQuerySet",
    "Trait",
    "UndoneMerge",
    "Verification",
    "Vouching",
    "WithdrawnVerification",
    "in_reader_language",
]
