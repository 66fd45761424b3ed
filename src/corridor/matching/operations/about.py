"""What this room holds of people, and what becomes of drafts that nobody else could ever read."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from corridor.kernel.models import User
from corridor.kernel.operations import record
from corridor.kernel.operations.people import Fate, Held, hold_of_people
from corridor.matching.models import Notice, RoomSeat
from corridor.matching.operations.attachments import detach
from corridor.matching.states import NoticeState

OWN = _("Notices belong to the organisation they were written for. Your name is taken off.")
DECIDED = _("It was decided for a country or an organisation. Your name is taken off.")
BETWEEN = _("It belongs to the two organisations that were introduced. Your name is taken off.")
REASONED = ("created_at", "notice", "reason")


def throw_drafts_away(user: User) -> None:
    """Drafts for no organisation, which were never handed in, go with their author."""
    for notice in Notice.objects.filter(author=user, organisation=None, state=NoticeState.DRAFT, published=None):
        for attachment in notice.attachments.all():
            detach(attachment, by=user)
        record("notice.thrown_away", notice, by=user)
        notice.delete()


def stand_up(user: User) -> None:
    """Whoever leaves the site leaves the rooms they sit in, even as the last of their side: nobody is kept by a conversation."""
    for seat in RoomSeat.objects.filter(user=user, left_at=None).select_related("room"):
        RoomSeat.objects.filter(pk=seat.pk).update(left_at=timezone.now())
        record("room.left", seat.room, by=user)


hold_of_people(
    Held(
        "matching.Notice", "author",
        ("id", "created_at", "kind", "state", "home", "organisation", "themes", "valid_until", "published_at"),
        Fate.STAYS, _("your notices"), OWN,
    ),
    Held(
        "matching.Wording", "notice__author",
        ("notice", "number", "state", "language", "title", "text", "advantages", "specification", "original_text", "visibility"),
        Fate.STAYS, _("the texts of your notices"), OWN,
    ),
    Held(
        "matching.Wording", "decided_by", ("notice", "number", "state", "decided_at"),
        Fate.STAYS, _("texts that you decided on"), DECIDED,
    ),
    Held("matching.Return", "returned_by", ("created_at", "wording", "reason"), Fate.STAYS, _("texts that you returned"), DECIDED),
    Held("matching.Withdrawal", "withdrawn_by", REASONED, Fate.STAYS, _("notices that you withdrew"), OWN),
    Held("matching.Suspension", "suspended_by", REASONED, Fate.STAYS, _("notices that you suspended"), DECIDED),
    Held("matching.Suspension", "lifted_by", ("notice", "lifted_at"), Fate.STAYS, _("suspensions that you lifted"), DECIDED),
    Held("matching.Report", "reported_by", (*REASONED, "remark"), Fate.UNLINKED, _("texts that you reported")),
    Held("matching.Report", "answered_by", ("notice", "answered_at"), Fate.STAYS, _("reports that you answered"), DECIDED),
    Held(
        "matching.Attachment", "attached_by", ("id", "created_at", "notice", "name", "content_type", "size"),
        Fate.STAYS, _("files that you attached"), OWN, file="file",
    ),
    Held("matching.Dismissal", "user", (*REASONED, "kind", "record_id"), Fate.GOES, _("suggestions that you put aside")),
    Held("matching.Watch", "user", ("created_at", "notice"), Fate.GOES, _("notices that you follow")),
    Held(
        "matching.SavedSearch", "user", ("created_at", "text", "asked", "rhythm", "looked_at"),
        Fate.GOES, _("your saved searches"),
    ),
    Held("matching.Digest", "user", ("created_at", "rhythm", "period"), Fate.GOES, _("letters about your saved searches")),
    Held("matching.Calendar", "user", ("created_at",), Fate.GOES, _("the address of your calendar of deadlines")),
    Held("matching.Mandate", "recorded_by", ("created_at", "notice"), Fate.STAYS, _("notices that you wrote for somebody else"), OWN),
    Held("matching.Mandate", "taken_over_by", ("notice", "taken_over_at"), Fate.STAYS, _("notices that you took over"), OWN),
    Held("matching.PostedProblem", "posted_by", ("created_at", "network", "notice"), Fate.STAYS, _("problems that you posted"), OWN),
    Held(
        "matching.Answer", "answered_by", ("created_at", "problem", "organisation", "text", "language", "state"),
        Fate.STAYS, _("your answers to problems"), OWN,
    ),
    leaving=throw_drafts_away,
)  # fmt: skip

hold_of_people(
    Held(
        "matching.Introduction", "begun_by",
        ("id", "created_at", "asker", "asked", "notice", "language", "who_we_are", "interest", "questions", "state"),
        Fate.STAYS, _("introductions that you asked for or proposed"), BETWEEN,
    ),
    Held(
        "matching.Consent", "given_by", ("created_at", "introduction", "side"),
        Fate.STAYS, _("introductions to which you said yes"), BETWEEN,
    ),
    Held(
        "matching.Decline", "declined_by", ("created_at", "introduction", "side", "reason"),
        Fate.STAYS, _("introductions that you declined"), BETWEEN,
    ),
    Held("matching.Pause", "paused_by", ("created_at", "organisation", "ended_at"), Fate.STAYS, _("pauses that you began"), OWN),
    Held("matching.Pause", "ended_by", ("organisation", "ended_at"), Fate.STAYS, _("pauses that you ended"), OWN),
    Held("matching.RoomSeat", "user", ("created_at", "room", "side", "left_at"), Fate.STAYS, _("rooms in which you sat"), BETWEEN),
    Held(
        "matching.RoomSeat", "invited_by", ("created_at", "room", "side"),
        Fate.STAYS, _("colleagues whom you brought into a room"), BETWEEN,
    ),
    Held("matching.Message", "author", ("created_at", "room", "side", "text", "language"), Fate.STAYS, _("your messages"), BETWEEN),
    Held(
        "matching.RoomFile", "laid_by", ("created_at", "room", "side", "name", "content_type", "size"),
        Fate.STAYS, _("files that you laid into a room"), BETWEEN, file="file",
    ),
    Held(
        "matching.ProposedDate", "proposed_by", ("created_at", "room", "side", "starts_at", "minutes", "link"),
        Fate.STAYS, _("dates that you proposed"), BETWEEN,
    ),
    Held("matching.DateAgreement", "agreed_by", ("created_at", "date"), Fate.STAYS, _("dates to which you agreed"), BETWEEN),
    Held(
        "matching.Outcome", "said_by",
        ("created_at", "room", "side", "kind", "reason", "agreement", "signed_on", "has_ip_schedule"),
        Fate.STAYS, _("what you said came of an introduction"), BETWEEN,
    ),
    leaving=stand_up,
)  # fmt: skip
