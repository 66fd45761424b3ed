"""Suspending and lifting in tests, and what is said meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from corridor.directory.models import Organisation, OrganisationSuspension
from corridor.directory.operations.suspensions import lift_suspension, suspend_organisation
from corridor.kernel.logic.verdict import Refused
from tests import make

WHY = "Several people were asked for money in its name."
SUSPENDED = "This organisation is suspended. Until that is lifted, nothing is begun, answered or published for it."
RESTS = "This organisation takes no part here at present."
STILL = "This rests at present. It can be read, and nothing is answered or added until it goes on."


def suspend(organisation: Organisation) -> OrganisationSuspension:
    """An officer of its country suspends it."""
    return suspend_organisation(organisation, by=make.officer(organisation.home), reason=WHY)


def lift(organisation: Organisation) -> None:
    """Another officer of its country lifts that."""
    lift_suspension(organisation, by=make.officer(organisation.home))


def why_not(act: Callable[[], object]) -> list[str]:
    """Why something was refused."""
    with pytest.raises(Refused) as refusal:
        act()
    return [str(one) for one in refusal.value.reasons]


def fresh(record: Any) -> Any:
    """A record as the next request reads it."""
    return type(record)._default_manager.get(pk=record.pk)
