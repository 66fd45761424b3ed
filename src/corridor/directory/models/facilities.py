"""What organisations have to give: equipment, tests, land, buildings, incentives, programmes, services; and that it ended."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from corridor.directory.models.organisations import HOME, Organisation
from corridor.directory.states import CapacityUnit, FacilityKind, Opening
from corridor.kernel.models import Audience, Record, User
from corridor.kernel.states import Theme
from corridor.language.states import Language


class FacilityQuerySet(models.QuerySet["Facility"]):
    """What organisations have to give."""

    def open(self) -> FacilityQuerySet:
        """What can be asked for: not closed, of an organisation that takes part, not left behind at an entry that was merged."""
        return self.filter(closing__isnull=True, organisation__acts=True)

    def visible_to(self, user: object) -> FacilityQuerySet:
        """What a person may read: all, but of a suspended organisation only its own people and the officers of its country."""
        audience = user.audience if isinstance(user, User) else Audience(None)
        own = Q(organisation__in=audience.organisations) | Q(home__in=audience.offices_of)
        return self.filter(Q(organisation__suspension__isnull=True) | own)

    def for_reading(self) -> FacilityQuerySet:
        """With its organisation and whether it is closed, in one query more for the organisation's names."""
        return self.select_related("organisation", "closing").prefetch_related("organisation__names")


class Facility(Record):
    """One thing that an organisation has to give, and on which terms: a spectrometer, a test, a plot, a tax relief, a course."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="facilities")
    home = models.CharField(max_length=2)
    kind = models.CharField(max_length=12, choices=FacilityKind)
    name = models.CharField(max_length=200)
    name_language = models.CharField(max_length=10, choices=settings.LANGUAGES, blank=True)
    about = models.TextField(max_length=3000, blank=True)
    about_language = models.CharField(max_length=10, choices=settings.LANGUAGES, blank=True)
    admission = models.TextField(max_length=1500, blank=True)
    price = models.CharField(max_length=300, blank=True)
    spoken = ArrayField(models.CharField(max_length=10, choices=Language), default=list, blank=True)
    contact = models.CharField(max_length=300, blank=True)
    opening = models.CharField(max_length=12, choices=Opening, default=Opening.UNSAID)
    capacity = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    capacity_unit = models.CharField(max_length=12, choices=CapacityUnit, blank=True)
    themes = ArrayField(models.CharField(max_length=12, choices=Theme), default=list, blank=True)
    source = models.CharField(max_length=200, blank=True)
    source_on = models.DateField(default=timezone.localdate)

    objects = FacilityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(home__regex=HOME), name="facility_has_home"),
            models.CheckConstraint(condition=Q(kind__in=FacilityKind.values), name="facility_kind_known"),
            models.CheckConstraint(condition=Q(opening__in=Opening.values), name="facility_opening_known"),
            models.CheckConstraint(condition=~Q(name=""), name="facility_has_name"),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True, capacity_unit="")
                | Q(capacity__isnull=False, capacity__gte=0, capacity_unit__in=CapacityUnit.values),
                name="facility_capacity_has_unit",
            ),
            models.CheckConstraint(condition=Q(themes__contained_by=Theme.values), name="facility_themes_known"),
            models.CheckConstraint(condition=Q(spoken__contained_by=Language.values), name="facility_languages_known"),
            models.UniqueConstraint(fields=["organisation", "name"], name="facility_named_once_an_organisation"),
        ]
        indexes = [models.Index(fields=["home", "kind"], name="facility_home_kind_idx")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_closed(self) -> bool:
        """Whether it can no longer be asked for."""
        return hasattr(self, "closing")

    @property
    def is_sample(self) -> bool:
        """Whether it is invented, as its organisation is."""
        return self.organisation.is_sample


class FacilityClosing(Record):
    """Something that an organisation had to give is not to be had any more: since when, by whose word, and why."""

    facility = models.OneToOneField(Facility, on_delete=models.CASCADE, related_name="closing")
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="facility_closing_has_reason")]

    def __str__(self) -> str:
        return self.reason
