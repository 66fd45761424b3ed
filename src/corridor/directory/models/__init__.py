"""Nouns of the directory: countries, their focal points, organisations with what they have to give, and requests to be confirmed."""

from corridor.directory.models.circles import audience_of, example_of, officers_of, speakers_of
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
from corridor.directory.models.imports import Import, ImportedRow, ImportProgress
from corridor.directory.models.membership import MembershipRequest, Vouching
from corridor.directory.models.networks import Network, NetworkMembership
from corridor.directory.models.offices import (
    Acceptance,
    Confirmation,
    Invitation,
    Recovery,
    is_within,
    published_domain,
)
from corridor.directory.models.operators import OperatorMotion, OperatorWord
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
from corridor.directory.models.suspensions import Objection, OrganisationSuspension

__all__ = [
    "HOME",
    "Acceptance",
    "Confirmation",
    "ConsentWithdrawal",
    "Correction",
    "CorrectionAnswer",
    "Country",
    "Distinction",
    "Facility",
    "FacilityClosing",
    "FacilityQuerySet",
    "FieldConsent",
    "FocalPoint",
    "Identifier",
    "Import",
    "ImportProgress",
    "ImportedRow",
    "Invitation",
    "LikelyDuplicate",
    "LikelyDuplicateQuerySet",
    "MembershipRequest",
    "Merge",
    "Network",
    "NetworkMembership",
    "Objection",
    "OperatorMotion",
    "OperatorWord",
    "Organisation",
    "OrganisationName",
    "OrganisationQuerySet",
    "OrganisationSuspension",
    "Profile",
    "ProfileQuerySet",
    "Recovery",
    "RosterEntry",
    "Shown",
    "SpokenLanguage",
    "Trait",
    "UndoneMerge",
    "Verification",
    "Vouching",
    "WithdrawnVerification",
    "audience_of",
    "example_of",
    "in_reader_language",
    "is_within",
    "officers_of",
    "published_domain",
    "speakers_of",
]
