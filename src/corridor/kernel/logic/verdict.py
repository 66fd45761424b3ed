"""Verdicts: an answer to "may this be done?" that carries every reason a person needs to read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


class Refused(Exception):  # noqa: N818 - in the words of the programme one is refused, one does not err
    """Something may not be done; `reasons` says why, each in words a person can read (lazily translated)."""

    def __init__(self, reasons: Iterable[object]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(self.reasons)

    def __str__(self) -> str:
        return " ".join(str(reason) for reason in self.reasons)


@dataclass(frozen=True)
class Verdict:
    """Yes, or no with all reasons. A reason is anything whose `str()` is a sentence (lazy translations stay lazy)."""

    reasons: tuple[object, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether it may be done."""
        return not self.reasons

    def __bool__(self) -> bool:
        return self.allowed

    def __and__(self, other: Verdict) -> Verdict:
        return Verdict((*self.reasons, *(r for r in other.reasons if r not in self.reasons)))

    def enforce(self) -> None:
        """Raise `Refused` with all reasons when the answer is no."""
        if self.reasons:
            raise Refused(self.reasons)


def unless(holds: bool, reason: object) -> Verdict:
    """A verdict that is yes when `holds`, and otherwise no for `reason`."""
    return Verdict() if holds else Verdict((reason,))


def together(*verdicts: Verdict) -> Verdict:
    """All of them: yes when each is yes, else no with the reasons of each, none twice."""
    total = Verdict()
    for verdict in verdicts:
        total = total & verdict
    return total
