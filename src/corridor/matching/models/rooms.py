"""Nouns of a private room: who sits in it, what is said and laid there, proposed dates, and what comes of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from corridor.kernel.models import Record, User
from corridor.language.states import Language
from corridor.matching.models.introductions import Introduction, spoken_for
from corridor.matching.models.notices import Notice
from corridor.matching.states import Agreement, NoDeal, NoticeState, OutcomeKind, Side

# How long after the yes the parties are asked what came of it.
ASKED_AFTER_DAYS = (30, 90, 180)


class RoomQuerySet(models.QuerySet["Room"]):
    """Rooms."""

    def visible_to(self, user: object) -> RoomQuerySet:
        """Those in which a person sits and still speaks for the side they sit on."""
        return self.filter(Exists(RoomSeat.objects.held_by(user).filter(room=OuterRef("pk"))))

    def for_reading(self) -> RoomQuerySet:
        """With the two parties and what it is about."""
        about = ("introduction__asker", "introduction__asked", "introduction__notice__published")
        return self.select_related(*about).prefetch_related("introduction__asker__names", "introduction__asked__names")


class Room(Record):
    """Where two parties that said yes to each other talk. Nobody else comes in, officers and operators neither."""

    introduction = models.OneToOneField(Introduction, on_delete=models.CASCADE, related_name="room")
    asked_after = models.PositiveSmallIntegerField(default=0)

    objects = RoomQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(asked_after__in=(0, *ASKED_AFTER_DAYS)), name="room_asked_after_known")
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def home(self) -> str:
        """A room is at home where its introduction is."""
        return self.introduction.home

    @property
    def is_halted(self) -> bool:
        """Whether the notice it is about was suspended: it can be read, and nothing is added until that is lifted.

        What stands still because an organisation was suspended, `introduction.rests` tells.
        """
        notice: Notice | None = self.introduction.notice
        return notice is not None and notice.state == NoticeState.SUSPENDED

    @property
    def outcome(self) -> Outcome | None:
        """What came of it: the newest that was said."""
        return self.outcomes.order_by("-number").first()

    def side_of(self, user: User) -> Side | None:
        """On which side a person sits, if they do and still speak for it."""
        seat = RoomSeat.objects.held_by(user).filter(room=self).first()
        return Side(seat.side) if seat else None


class RoomSeatQuerySet(models.QuerySet["RoomSeat"]):
    """Seats."""

    def taken(self) -> RoomSeatQuerySet:
        """Those that nobody has left."""
        return self.filter(left_at__isnull=True)

    def held_by(self, user: object) -> RoomSeatQuerySet:
        """A person's own, on a side that they still speak for."""
        if not isinstance(user, User) or not user.is_active:
            return self.none()
        own = spoken_for(user)
        asker = Q(side=Side.ASKER, room__introduction__asker__in=own)
        return self.taken().filter(asker | Q(side=Side.ASKED, room__introduction__asked__in=own), user=user)


class RoomSeat(Record):
    """A person in a room, for one side, from when until when."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="seats")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=6, choices=Side)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    left_at = models.DateTimeField(null=True, blank=True)

    objects = RoomSeatQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(side__in=Side.values), name="room_seat_side_known"),
            models.UniqueConstraint(
                fields=["room", "user"], condition=Q(left_at__isnull=True), name="room_seat_once_a_person"
            ),
        ]

    def __str__(self) -> str:
        return self.get_side_display()


class Message(Record):
    """Something said in a room, in the writer's language. Translations lie beside it under the kind "message"."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="messages")
    side = models.CharField(max_length=6, choices=Side)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("message"), max_length=4000)
    language = models.CharField(max_length=10, choices=Language, blank=True)
    was_converted = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="message_says_something"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="message_side_known"),
        ]
        indexes = [models.Index(fields=["room", "created_at"], name="message_room_idx")]

    def __str__(self) -> str:
        return self.text[:60]


class RoomFile(Record):
    """A file laid into a room. What it is was read from its content; pictures lost what the camera wrote beside them."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="files")
    side = models.CharField(max_length=6, choices=Side)
    file = models.FileField(upload_to="rooms/%Y/%m")
    name = models.CharField(max_length=150)
    content_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    had_position = models.BooleanField(default=False)
    laid_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="room_file_not_empty"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="room_file_side_known"),
        ]

    def __str__(self) -> str:
        return self.name


class ProposedDate(Record):
    """When one side would like to meet. A moment is one everywhere; each reader sees it in both parties' zones."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="dates")
    side = models.CharField(max_length=6, choices=Side)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField(_("begins"))
    minutes = models.PositiveSmallIntegerField(
        _("how long"), validators=[MinValueValidator(15), MaxValueValidator(480)]
    )
    link = models.URLField(_("link to the video call"), max_length=500, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__range=(15, 480)), name="proposed_date_has_length"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="proposed_date_side_known"),
            models.UniqueConstraint(fields=["room", "starts_at"], name="proposed_date_once"),
        ]

    def __str__(self) -> str:
        return self.starts_at.isoformat()

    @property
    def is_agreed(self) -> bool:
        """Whether the other side said that it suits them."""
        return hasattr(self, "agreement")


class DateAgreement(Record):
    """The other side's word that a proposed date suits them."""

    date = models.OneToOneField(ProposedDate, on_delete=models.CASCADE, related_name="agreement")
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.date_id)


class Outcome(Record):
    """What one side says came of it, on a day. The one with the highest number counts."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="outcomes")
    number = models.PositiveIntegerField()
    side = models.CharField(max_length=6, choices=Side)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("how it stands"), max_length=10, choices=OutcomeKind)
    reason = models.CharField(_("reason"), max_length=14, choices=NoDeal, blank=True)
    agreement = models.CharField(_("type of agreement"), max_length=10, choices=Agreement, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    has_ip_schedule = models.BooleanField(_("it says who owns which rights"), null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["room", "number"], name="outcome_numbered_once"),
            models.CheckConstraint(condition=Q(kind__in=OutcomeKind.values), name="outcome_kind_known"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="outcome_side_known"),
            models.CheckConstraint(
                condition=Q(kind=OutcomeKind.WITHDRAWN, reason__in=NoDeal.values)
                | (~Q(kind=OutcomeKind.WITHDRAWN) & Q(reason="")),
                name="outcome_withdrawn_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(kind=OutcomeKind.AGREED, agreement__in=["", *Agreement.values])
                | Q(agreement="", signed_on__isnull=True, has_ip_schedule__isnull=True),
                name="outcome_agreed_on_something",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
