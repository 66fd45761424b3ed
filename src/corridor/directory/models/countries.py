"""The six countries, as data, and their focal points as an office that ministries hold over time."""

from __future__ import annotations

import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from corridor.directory.models.organisations import HOME, Organisation
from corridor.kernel.models import Record


def in_reader_language(texts: dict[str, str]) -> str:
    """The text in the reader's language, else in English, else any."""
    return texts.get(get_language() or "en") or texts.get("en") or next(iter(texts.values()), "")


class Country(models.Model):
    """One of the six, as data: its names in seven languages, its time zone, and how it wants notices published."""

    code = models.CharField(primary_key=True, max_length=2)
    position = models.PositiveSmallIntegerField(unique=True)
    names: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField()
    time_zone = models.CharField(max_length=40)
    currency = models.CharField(max_length=3)
    languages: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    weekend: models.JSONField[list[int], list[int]] = models.JSONField(default=list)
    verified_publish_themselves = models.BooleanField(default=False)
    allows_machine_translation = models.BooleanField(default=False)  # whether public texts may be sent to an engine

    class Meta:
        ordering: ClassVar[list[str]] = ["position"]
        constraints = [models.CheckConstraint(condition=Q(code__regex=HOME), name="country_code_is_iso")]

    def __str__(self) -> str:
        return self.name

    @property
    def home(self) -> str:
        """A country is at home in itself."""
        return self.code

    @property
    def name(self) -> str:
        """The name in the reader's language, as the six agreed to write it."""
        return in_reader_language(self.names)

    @property
    def zone(self) -> ZoneInfo:
        """Its time zone."""
        return ZoneInfo(self.time_zone)


class FocalPoint(Record):
    """The office of focal point of a country, held by a ministry from a day until a day (article 10)."""

    home = models.CharField(max_length=2)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="focal_points")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["home"], condition=Q(ends_on__isnull=True), name="focal_point_one_a_country"),
            models.CheckConstraint(condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")), name="focal_point_ends_after"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.organisation)

    def held_on(self, day: datetime.date) -> bool:
        """Whether the ministry held the office on that day."""
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)
