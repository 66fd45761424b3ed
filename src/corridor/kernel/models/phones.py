"""Phones that people sign in with, and the codes sent to them. Numbers are kept encrypted, codes are not kept at all."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from corridor.kernel.logic import sealing
from corridor.kernel.models.people import Record, User
from corridor.kernel.states import CodePurpose

if TYPE_CHECKING:
    _Text = models.TextField[str, str]
else:
    _Text = models.TextField  # Django's own cannot be subscripted

SALT: Final = "corridor.kernel.phones"
LIFETIME: Final = datetime.timedelta(minutes=10)
AHEAD: Final = datetime.timedelta(minutes=1)
"""By how much the clocks of two machines may differ."""
TRIES: Final = 3


def secrets() -> tuple[str, ...]:
    """The installation's secrets, the present one first."""
    return (settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS))


def marks(number: str) -> list[str]:
    """By what a number is found again without being readable, under each of the installation's secrets."""
    return [sealing.mark(number, secret, SALT) for secret in secrets()]


class SealedField(_Text):
    """A text that the database holds encrypted; empty where the installation's secret is another one now."""

    def get_prep_value(self, value: Any) -> Any:
        """What the database gets."""
        return sealing.keys(secrets(), SALT).encrypt(str(value).encode()).decode() if value else ""

    def from_db_value(self, value: str | None, *_: object) -> str:
        """What it means."""
        return sealing.opened(value or "", sealing.keys(secrets(), SALT))


class PhoneQuerySet(models.QuerySet["Phone"]):
    """Phones."""

    def of_number(self, number: str) -> PhoneQuerySet:
        """The one with a number, in E.164."""
        return self.filter(mark__in=marks(number))

    def that_opens(self, number: str) -> Phone | None:
        """The one whose account a code sent to it may open.

        An account without a password is none: there a new address or a second factor would ask for nothing more than the SIM card.
        """
        found = self.of_number(number).filter(user__is_active=True).select_related("user").first()
        return found if found is not None and found.user.has_usable_password() else None


class Phone(Record):
    """The number with which a person also signs in. They showed that they have it; nobody else ever sees it."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="phone")
    number = SealedField()
    mark = models.CharField(max_length=64)

    objects = PhoneQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mark"], name="phone_number_of_one_account")]

    def __str__(self) -> str:
        return str(self.pk)


class PhoneCode(Record):
    """A code of six digits that was asked for: for ten minutes, three tries and one use. It follows from `id` and the secret.

    Asked for with a number that no account has it is nobody's: it behaves like any other, is never sent and never fits.
    `number` is the new number that the code is to confirm; `mark` is that of the phone to which a code for signing in goes, `until` is
    what any sign-in of the person changes. `tried_at` stands on it from just before it is handed to the sender.
    """

    user = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="phone_codes")
    purpose = models.CharField(max_length=10, choices=CodePurpose)
    number = SealedField(blank=True)
    mark = models.CharField(max_length=64, blank=True)
    until = models.CharField(max_length=64, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True, db_index=True)
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=10, blank=True)
    receipt = models.CharField(max_length=80, blank=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(purpose__in=CodePurpose.values), name="phone_code_purpose_known"),
            models.CheckConstraint(condition=Q(tries__lte=TRIES), name="phone_code_three_tries"),
        ]
        indexes = [
            models.Index(fields=["sent_at"], condition=Q(sent_at__isnull=False), name="phone_code_sent"),
            models.Index(fields=["failed_at"], condition=Q(failed_at__isnull=False), name="phone_code_failed"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def lives(self) -> bool:
        """Whether its ten minutes last. One from the future was written before the clock was set back."""
        return -AHEAD <= timezone.now() - self.created_at <= LIFETIME

    @property
    def is_open(self) -> bool:
        """Whether it can still be typed."""
        return self.lives and self.used_at is None and self.tries < TRIES

    @property
    def digits(self) -> str:
        """The code itself, as it is sent."""
        return sealing.six_digits(str(self.pk), secrets()[0], SALT)

    def fits(self, typed: str) -> bool:
        """Whether this is what was sent."""
        return self.user_id is not None and any(
            sealing.is_same(typed, sealing.six_digits(str(self.pk), secret, SALT)) for secret in secrets()
        )
