"""Nouns of the kernel: people who sign in, the offices they hold, what happened, and letters to people."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from corridor.kernel.logic.identifiers import uuid7
from corridor.kernel.states import CAPABILITIES, NEEDS_SECOND_FACTOR, SECOND_FACTORS, Capability, Office, Scope


class Record(models.Model):
    """Anything Corridor keeps: its identifier sorts by time of making."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True


class UserManager(BaseUserManager["User"]):
    """People by their e-mail address, whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person who can sign in. Only what signing in and speaking for somebody needs is kept.

    Of somebody who has left a row without name and address stays, since what they did in an office stays.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    home = models.CharField(_("country"), max_length=2, blank=True)
    language = models.CharField(_("language"), max_length=10, default="en", choices=settings.LANGUAGES)
    is_active = models.BooleanField(default=True)
    is_sample = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    removed_at = models.DateTimeField(null=True, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_unique_in_any_case")]

    def __str__(self) -> str:
        if self.removed_at:
            return str(_("somebody who has left"))
        return self.name or self.email.split("@")[0]

    @cached_property
    def audience(self) -> Audience:
        """What this person may read and do today, read once for each object (each request reads the person anew)."""
        return Audience.of(self)


class GrantQuerySet(models.QuerySet["Grant"]):
    """Offices held."""

    def current(self, on: datetime.date | None = None) -> GrantQuerySet:
        """Those in force on a day, today unless told."""
        day = on or timezone.now().date()
        return self.filter(starts_on__lte=day).filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))

    def over(self, scope: Scope, scope_id: object) -> GrantQuerySet:
        """Those held over one country, organisation or the installation."""
        return self.filter(scope=scope, scope_id=str(scope_id))

    def with_rest(self) -> GrantQuerySet:
        """Each with `rests`: whether it allows nothing for want of a second factor."""
        return self.annotate(rests=self._resting())

    def _resting(self) -> Case:
        """A condition: the office asks for a second factor and its holder has none."""
        factors = User.objects.filter(pk=OuterRef("user"), authenticator__type__in=SECOND_FACTORS)
        asked = Q(office__in=NEEDS_SECOND_FACTOR)
        if settings.SAMPLE_WITHOUT_SECOND_FACTOR:
            asked &= Q(user__is_sample=False)
        return Case(When(asked, then=~Exists(factors)), default=Value(False), output_field=models.BooleanField())

    def held(self) -> models.QuerySet[Grant, tuple[Any, ...]]:
        """What an audience is made of: holder, office, scope, scope's identifier, country, and whether the office rests."""
        rows: models.QuerySet[Any, Any] = self.with_rest()
        return rows.values_list("user_id", "office", "scope", "scope_id", "home", "rests")


class Grant(Record):
    """An office held by a person over a scope, from a day until a day. The scope is named, not linked: rooms below do not know it."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    office = models.CharField(max_length=30, choices=Office)
    scope = models.CharField(max_length=20, choices=Scope)
    scope_id = models.CharField(max_length=40)
    home = models.CharField(max_length=2, blank=True)
    starts_on = models.DateField(default=datetime.date.today)
    ends_on = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="granted")
    reason = models.CharField(max_length=500, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(office__in=Office.values), name="grant_office_known"),
            models.CheckConstraint(condition=Q(scope__in=Scope.values), name="grant_scope_known"),
            models.CheckConstraint(condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="grant_ends_after_start"),
            models.CheckConstraint(condition=Q(scope=Scope.INSTALLATION) | Q(home__regex="^[A-Z]{2}$"), name="grant_has_home"),
            models.UniqueConstraint(
                fields=["user", "office", "scope", "scope_id"], condition=Q(ends_on__isnull=True), name="grant_once_while_open"
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["scope", "scope_id"], name="grant_scope_idx")]

    def __str__(self) -> str:
        return f"{self.get_office_display()} · {self.scope_id}"


@dataclass(frozen=True)
class Audience:
    """What one asker may see and do: the offices in force today, in a form that rules and search can use."""

    user_id: UUID | None
    grants: tuple[tuple[Office, Scope, str, str], ...] = ()
    # Offices in force that allow nothing, because they ask for a second factor and the person has none.
    resting: tuple[tuple[Office, Scope, str, str], ...] = ()

    @classmethod
    def of(cls, user: object) -> Audience:
        """The audience of a person, or of nobody in particular when not signed in."""
        if not isinstance(user, User) or not user.is_active:
            return cls(None)
        return cls.gathered(user.pk, Grant.objects.current().filter(user=user).held())

    @classmethod
    def of_all(cls, users: Collection[UUID]) -> dict[UUID, Audience]:
        """The audiences of many people, in one query."""
        held: dict[UUID, list[tuple[Any, ...]]] = {user: [] for user in users}
        for row in Grant.objects.current().filter(user__in=held).held():
            held[row[0]].append(row)
        return {user: cls.gathered(user, rows) for user, rows in held.items()}

    @classmethod
    def gathered(cls, user_id: UUID, rows: Iterable[tuple[Any, ...]]) -> Audience:
        """The audience of a person from the rows of `held()`. The only place where an office begins to allow anything."""
        held = [((Office(office), Scope(scope), key, home), rests) for _, office, scope, key, home, rests in rows]
        in_force, resting = (tuple(grant for grant, rests in held if rests is which) for which in (False, True))
        return cls(user_id, in_force, resting)

    def can(self, capability: Capability, *, home: str | None = None, organisation: object = None) -> bool:
        """Whether some office in force allows it over that country, that organisation, or at all when neither is given."""
        for office, scope, scope_id, grant_home in self.grants:
            if capability not in CAPABILITIES[office]:
                continue
            if organisation is not None and scope == Scope.ORGANISATION and scope_id == str(organisation):
                return True
            if home is not None and scope == Scope.COUNTRY and grant_home == home:
                return True
            if home is None and organisation is None:
                return True
        return False

    @property
    def is_member(self) -> bool:
        """Whether somebody vouched for this person."""
        return self.can(Capability.READ_MEMBERS)

    @property
    def homes(self) -> tuple[str, ...]:
        """Countries within which this person may read what is national."""
        return self._homes(Capability.READ_NATIONAL)

    @property
    def offices_of(self) -> tuple[str, ...]:
        """Countries whose focal point this person works in."""
        return self._homes(Capability.READ_SIX)

    def _homes(self, capability: Capability) -> tuple[str, ...]:
        return tuple(
            sorted({home for office, _, _, home in self.grants if home and capability in CAPABILITIES[office]})
        )

    @property
    def organisations(self) -> tuple[str, ...]:
        """Identifiers of organisations this person speaks for."""
        return tuple(scope_id for office, scope, scope_id, _ in self.grants if scope == Scope.ORGANISATION)

    @property
    def principals(self) -> list[str]:
        """Who this person is in the eyes of a record that is shared with a team only."""
        return [str(self.user_id), *self.organisations] if self.user_id else []


class EventQuerySet(models.QuerySet["Event"]):
    """What happened."""

    def about(self, record: models.Model) -> EventQuerySet:
        """Everything that happened to one record, oldest first."""
        return self.filter(subject_kind=record._meta.model_name, subject_id=str(record.pk)).order_by("at", "id")


class Event(models.Model):
    """Something that happened, for good. Only codes and identifiers: never a text, a name or an address.

    Triggers refuse UPDATE, DELETE and TRUNCATE. There is no foreign key: events outlive their subjects and their people.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False, db_index=True)
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    home = models.CharField(max_length=2, blank=True)
    by_id = models.UUIDField(null=True)
    facts: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "at"], name="event_subject_idx"),
            models.Index(fields=["verb", "at"], name="event_verb_idx"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_kind} {self.subject_id}"


class Opening(Record):
    """The installation is opened: from then on offices of countries are given by members, and its operator appoints nobody."""

    one = models.BooleanField(default=True, editable=False, unique=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(one=True), name="opening_happens_once")]

    def __str__(self) -> str:
        return str(self.created_at)


class Letter(Record):
    """One message to one person, written with the act it tells of and posted by a job. `key` keeps it from being written twice.

    `is_once_only`: rather left out than sent twice, since a page of the site tells the same. `tried_at` stands on such a letter
    from just before it is handed to the mail server.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="letters")
    key = models.CharField(max_length=120, unique=True)
    template = models.CharField(max_length=60)
    facts: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    is_once_only = models.BooleanField(default=False)
    tried_at = models.DateTimeField(null=True, blank=True)
    posted_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.key
