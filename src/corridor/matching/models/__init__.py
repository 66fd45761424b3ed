"""Nouns of matching: notices with what is decided about them, problems that networks look into, and saved searches."""

from corridor.matching.models.alerts import Calendar, Digest, Finding, SavedSearch
from corridor.matching.models.networks import Answer, PostedProblem, ProblemQuerySet
from corridor.matching.models.notices import (
    LONGEST_VALIDITY,
    Attachment,
    Card,
    Dismissal,
    Mandate,
    Notice,
    NoticeQuerySet,
    Report,
    Return,
    Suspension,
    Watch,
    Withdrawal,
    Wording,
)

__all__ = [
    "LONGEST_VALIDITY",
    "Answer",
    "Attachment",
    "Calendar",
    "Card",
    "Digest",
    "Dismissal",
    "Finding",
    "Mandate",
    "Notice",
    "NoticeQuerySet",
    "PostedProblem",
    "ProblemQuerySet",
    "Report",
    "Return",
    "SavedSearch",
    "Suspension",
    "Watch",
    "Withdrawal",
    "Wording",
]
