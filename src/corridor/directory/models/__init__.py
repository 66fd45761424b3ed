"""Nouns of the directory: the six countries, their focal points, organisations with many names, and requests to be confirmed."""

from corridor.directory.models.corrections import Correction, CorrectionAnswer
from corridor.directory.models.countries import Country, FocalPoint, in_reader_language
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
    "FocalPoint",
    "Identifier",
    "MembershipRequest",
    "Network",
    "NetworkMembership",
    "Organisation",
    "OrganisationName",
    "OrganisationQuerySet",
    "Verification",
    "Vouching",
    "WithdrawnVerification",
    "in_reader_language",
]
