"""Nouns of the directory: the six countries, their focal points, organisations with many names, and requests to be confirmed."""

from __future__ import annotations

import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from corridor.directory.states import REQUEST_MOVES, NameKind, OrganisationType, RequestState, SizeClass
from corridor.kernel.models import Record

HOME = "^[A-Z]{2}$"


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


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations."""

    def verified(self) -> OrganisationQuerySet:
        """Those that a focal point verified."""
        return self.filter(verification__isnull=False)

    def with_names(self) -> OrganisationQuerySet:
        """Together with their names, in one query more."""
        return self.prefetch_related("names")


class Organisation(Record):
    """A university, cooperative, hospital, hub, zone … that acts in the corridor or is listed because people look for it."""

    home = models.CharField(max_length=2)
    type = models.CharField(_("type"), max_length=20, choices=OrganisationType)
    size = models.CharField(_("size"), max_length=10, choices=SizeClass, blank=True)
    place = models.CharField(_("town or district"), max_length=120, blank=True)
    province = models.CharField(_("province"), max_length=120, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    website = models.URLField(_("web site"), blank=True)
    about = models.TextField(_("description"), max_length=4000, blank=True)
    about_language = models.CharField(max_length=10, choices=settings.LANGUAGES, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    source = models.CharField(max_length=200, blank=True)
    source_on = models.DateField(null=True, blank=True)
    is_sample = models.BooleanField(default=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(home__regex=HOME), name="organisation_has_home"),
            models.CheckConstraint(condition=Q(type__in=OrganisationType.values), name="organisation_type_known"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="organisation_is_not_its_own_parent"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="organisation_place_on_earth",
            ),
        ]
        indexes = [models.Index(fields=["home", "type"], name="organisation_home_type_idx")]

    def __str__(self) -> str:
        return self.name

    def named(self, kind: str, language: str | None = None) -> str:
        """The first name of a kind, in a language when given; from the names already fetched."""
        return next((n.text for n in self.names.all() if n.kind == kind and language in (None, n.language)), "")

    @property
    def native_name(self) -> str:
        """The official name, in the language in which it is official."""
        return self.named(NameKind.OFFICIAL)

    @property
    def name(self) -> str:
        """The name to show a reader: in the reader's language if there is one, else the official one."""
        language = get_language() or "en"
        own = next((n.text for n in self.names.all() if n.language == language and n.kind != NameKind.ACRONYM), "")
        return own or self.named(NameKind.TRANSLATION, "en") or self.native_name or str(self.pk)

    @property
    def is_verified(self) -> bool:
        """Whether a focal point verified it."""
        return hasattr(self, "verification")


class OrganisationName(models.Model):
    """One name of an organisation, in one language and script."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="names")
    kind = models.CharField(max_length=20, choices=NameKind, default=NameKind.OFFICIAL)
    language = models.CharField(max_length=10, blank=True)
    text = models.CharField(max_length=300)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "text", "kind"], name="organisation_name_once"),
            models.CheckConstraint(condition=~Q(text=""), name="organisation_name_not_empty"),
        ]

    def __str__(self) -> str:
        return self.text


class Identifier(models.Model):
    """What an organisation is called in another register: ROR, ISNI, Wikidata, a national number."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=20)
    value = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "value"], name="identifier_names_one_organisation")]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


class Verification(Record):
    """A focal point's word that an organisation is what it says."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="verification")
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("how it was verified"), max_length=500)

    def __str__(self) -> str:
        return self.reason


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


class MembershipRequest(Record):
    """A person asks to be confirmed as a member: of a country, and usually of an organisation there."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="membership_requests")
    home = models.CharField(max_length=2)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="requests"
    )
    organisation_text = models.CharField(_("organisation, if it is not listed"), max_length=200, blank=True)
    statement = models.TextField(_("who you are and what you do there"), max_length=1000)
    state = models.CharField(max_length=12, choices=RequestState, default=RequestState.WAITING)
    moves = REQUEST_MOVES

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RequestState.values), name="membership_request_state_known"),
            models.CheckConstraint(condition=Q(home__regex=HOME), name="membership_request_has_home"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(state=RequestState.WAITING), name="membership_request_one_waiting_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.organisation or self.organisation_text or self.home}"


class Vouching(Record):
    """The answer to a request, by whom and for what reason; kept for good."""

    request = models.OneToOneField(MembershipRequest, on_delete=models.CASCADE, related_name="vouching")
    vouched_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    is_confirmed = models.BooleanField()
    reason = models.CharField(_("reason"), max_length=500)
    vouched_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="vouching_has_reason")]

    def __str__(self) -> str:
        return self.reason
