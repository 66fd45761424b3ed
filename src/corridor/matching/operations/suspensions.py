"""What follows when an organisation was suspended, or that was lifted: its notices in the index, and word to those who wait for it."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Q

from corridor.directory.models import OrganisationSuspension, speakers_of
from corridor.kernel.models import Letter, User
from corridor.kernel.operations import write_letter
from corridor.matching.models import Introduction, Notice
from corridor.matching.models.introductions import OPEN
from corridor.matching.operations.introductions import receivers_of
from corridor.matching.operations.notices import tell_index
from corridor.matching.operations.rooms import readers_of
from corridor.matching.states import IntroductionState, NoticeState, OutcomeKind, Side


@transaction.atomic
def follow(suspension_id: str) -> None:
    """Bring the index up to date, and tell the other sides that it rests, or that it goes on: never why, and never of whom.

    Can run twice: a letter is written once for its key. Nobody is told that something goes on who was not told that it rests.
    """
    suspension = OrganisationSuspension.objects.select_related("organisation").get(pk=suspension_id)
    for notice in Notice.objects.filter(organisation=suspension.organisation_id, state=NoticeState.PUBLISHED):
        tell_index(notice)
    for introduction in _concerned(suspension):
        for reader in _others(introduction, suspension):
            about = f"{suspension.pk.hex}:{introduction.pk.hex}:{reader.pk.hex}"
            facts = {"introduction": str(introduction.pk)}
            if suspension.is_in_force:
                write_letter(reader, "introduction_rests", key=f"rests:{about}", **facts)
            elif Letter.objects.filter(key=f"rests:{about}").exists():
                write_letter(reader, "introduction_goes_on", key=f"goes_on:{about}", **facts)


def _concerned(suspension: OrganisationSuspension) -> Iterator[Introduction]:
    """What is between the organisation and others and has not ended."""
    sides = Q(asker=suspension.organisation_id) | Q(asked=suspension.organisation_id)
    going = Q(state__in=[*OPEN, IntroductionState.ACCEPTED])
    for introduction in Introduction.objects.filter(sides, going).select_related("asker", "asked", "notice"):
        outcome = introduction.room.outcome if introduction.state == IntroductionState.ACCEPTED else None
        if outcome is None or outcome.kind != OutcomeKind.WITHDRAWN:
            yield introduction


def _others(introduction: Introduction, suspension: OrganisationSuspension) -> set[User]:
    """Who waits on the side that is not suspended, and the broker of a proposal."""
    side = Side.ASKED if introduction.asker_id == suspension.organisation_id else Side.ASKER
    if introduction.state == IntroductionState.ACCEPTED:
        own = speakers_of(introduction.party(side).pk)
        return set(readers_of(introduction.room)) & set(own)
    if introduction.state == IntroductionState.SET_ASIDE and side == Side.ASKED:
        return set()  # they said that they do not want to hear of it
    said = introduction.consents.filter(side=side).values("given_by")
    broker = User.objects.filter(pk=introduction.begun_by_id, is_active=introduction.is_brokered)
    return {
        *(speakers_of(introduction.party(side).pk).filter(pk__in=said) or receivers_of(introduction, side)),
        *broker,
    }
