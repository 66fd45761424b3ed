"""Nouns of matching: notices with what is decided about them, and problems that networks look into."""

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
    "Card",
    "Dismissal",
    "Mandate",
    "Notice",
    "NoticeQuerySet",
    "PostedProblem",
    "ProblemQuerySet",
    "Report",
    "Return",
    "Suspension",
    "Watch",
    "Withdrawal",
    "Wording",
]
