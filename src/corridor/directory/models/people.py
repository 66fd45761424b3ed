"""People as they describe themselves: a profile, languages, a place on the roster of experts, and what each reader may read of it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Value
from django.db.models.functions import MD5, Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from corridor.directory.models.circles import CONFIRMING, audience_of, circle_q, stands_within
from corridor.directory.models.organisations import HOME, Organisation
from corridor.directory.states import SPOKEN, ProfileField
from corridor.kernel.models import Audience, Grant, Record, User
from corridor.kernel.states import Theme, Visibility

if TYPE_CHECKING:
    from collections.abc import Iterable

ORCID = r"^\d{4}-\d{4}-\d{4}-\d{3}[0-9X]$"


@dataclass(frozen=True)
class Shown:
    """What one reader may read of a person; everything else is empty. Pages and the index get this and never the profile."""

    pk: UUID
    fields: frozenset[str]
    name: str = ""
    home: str = ""
    headline: str = ""
    expertise: str = ""
    expertise_language: str = ""
    themes: tuple[str, ...] = ()
    languages: tuple[SpokenLanguage, ...] = ()
    affiliation: Organisation | None = None
    affiliation_text: str = ""
    website: str = ""
    orcid: str = ""
    orcid_confirmed_at: datetime.datetime | None = None
    roster: tuple[str, ...] = ()
    is_sample: bool = False

    @property
    def has_anything(self) -> bool:
        """Whether there is a page to show."""
        return bool(self.fields)


class ProfileQuerySet(models.QuerySet["Profile"]):
    """Profiles."""

    def standing(self) -> ProfileQuerySet:
        """Those of people whose account is open and whom somebody has confirmed: of nobody else is anything shown."""
        confirmed = Grant.objects.current().filter(user=OuterRef("user"), office__in=CONFIRMING)
        return self.filter(Exists(confirmed), user__is_active=True)

    def visible_to(self, user: object) -> ProfileQuerySet:
        """Those of whom this reader may read anything. Their own people read no more of them than others do."""
        return self.standing().filter(Exists(FieldConsent.objects.readable_by(audience_of(user)).filter(_THIS)))

    def showing(self, field: str, *, to: object) -> ProfileQuerySet:
        """Those whose consent for one field lets this reader read it."""
        return self.filter(Exists(FieldConsent.objects.readable_by(audience_of(to)).filter(_THIS, field=field)))

    def on_roster(self, *, of: str = "", to: object) -> ProfileQuerySet:
        """Those whom this reader finds on the roster, of a theme or of any: they are read by name, and listed there for this reader."""
        entries = RosterEntry.objects.current().readable_by(audience_of(to)).filter(_THIS)
        listed = self.standing().showing(ProfileField.NAME, to=to)
        return listed.filter(Exists(entries.filter(theme=of) if of else entries))

    def in_order_of_the_day(self, day: datetime.date | None = None) -> ProfileQuerySet:
        """In an order that another day changes. By the letters of six scripts one country would always stand first."""
        seed = Value(f" {day or timezone.now().date()}")
        return self.order_by(MD5(Concat(Cast("pk", models.CharField()), seed)), "pk")

    def for_reading(self) -> ProfileQuerySet:
        """With everything that `shown_to` looks at, in a fixed number of queries."""
        offices = Prefetch("user__grants", queryset=Grant.objects.current(), to_attr="offices_now")
        current = Prefetch("roster", queryset=RosterEntry.objects.current(), to_attr="roster_now")
        return self.select_related("user", "affiliation").prefetch_related(
            "consents", "languages", "affiliation__names", offices, current
        )


class Profile(Record):
    """What a person says of themselves for others. Every field stays unread until there is a consent for it."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profile")
    home = models.CharField(_("country"), max_length=2, blank=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    headline = models.CharField(_("in one line"), max_length=160, blank=True)
    expertise = models.TextField(_("what you know and can do"), max_length=4000, blank=True)
    expertise_language = models.CharField(max_length=10, choices=settings.LANGUAGES, blank=True)
    themes = ArrayField(models.CharField(max_length=12, choices=Theme), default=list, blank=True)
    affiliation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="profiles"
    )
    affiliation_text = models.CharField(_("where you work"), max_length=200, blank=True)
    website = models.URLField(_("web site"), blank=True)
    orcid = models.CharField(_("ORCID iD"), max_length=19, blank=True)
    orcid_confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(home="") | Q(home__regex=HOME), name="profile_home_is_iso"),
            models.CheckConstraint(condition=Q(orcid="") | Q(orcid__regex=ORCID), name="profile_orcid_has_its_shape"),
            models.CheckConstraint(
                condition=Q(orcid_confirmed_at__isnull=True) | ~Q(orcid=""),
                name="profile_orcid_is_there_when_confirmed",
            ),
            models.UniqueConstraint(
                fields=["orcid"], condition=Q(orcid_confirmed_at__isnull=False), name="profile_orcid_confirmed_once"
            ),
            models.CheckConstraint(condition=Q(themes__contained_by=list(Theme.values)), name="profile_themes_known"),
            models.CheckConstraint(
                condition=Q(affiliation__isnull=True) | Q(affiliation_text=""), name="profile_works_at_one_place"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def orcid_is_confirmed(self) -> bool:
        """Whether ORCID itself named the iD that stands here, as that of whoever signed in there."""
        return self.orcid_confirmed_at is not None

    def says(self, field: str) -> bool:
        """Whether a field holds anything to consent to."""
        if field == ProfileField.LANGUAGES:
            return bool(self.languages.all())
        if field == ProfileField.AFFILIATION:
            return bool(self.affiliation_id or self.affiliation_text)
        return bool(getattr(self, field))

    @property
    def is_sample(self) -> bool:
        """Whether this person is invented."""
        return self.user.is_sample

    def shown_to(self, audience: Audience) -> Shown:
        """What these readers may read, from what `for_reading` fetched. Whether anything is shown at all: `standing`."""
        fields = frozenset(c.field for c in self.consents.all() if self._within(audience, c.visibility))
        if not (self.place or self.affiliation_text):
            fields -= {ProfileField.AFFILIATION}
        entries = [e.theme for e in _fetched(self, "roster_now") if self._within(audience, e.visibility)]
        worded = fields & {ProfileField.HEADLINE, ProfileField.EXPERTISE}
        values: dict[str, Any] = {field: getattr(self, field) for field in fields & _PLAIN}
        if ProfileField.THEMES in fields:
            values["themes"] = tuple(self.themes)
        if ProfileField.LANGUAGES in fields:
            values["languages"] = tuple(self.languages.all())
        if ProfileField.AFFILIATION in fields:
            values |= {"affiliation": self.place, "affiliation_text": self.affiliation_text}
        if ProfileField.ORCID in fields:
            values["orcid_confirmed_at"] = self.orcid_confirmed_at
        return Shown(
            self.pk,
            fields,
            expertise_language=self.expertise_language if worded else "",
            roster=tuple(theme for theme in Theme.values if theme in entries and ProfileField.NAME in fields),
            is_sample=self.user.is_sample,
            **values,
        )

    def _within(self, audience: Audience, visibility: str) -> bool:
        return stands_within(audience, visibility, home=self.home, organisation=self.place.pk if self.place else None)

    @property
    def place(self) -> Organisation | None:
        """The organisation it names, as long as the person holds an office there: nobody goes on in the name of one they left."""
        held = {grant.scope_id for grant in _fetched(self.user, "offices_now")}
        return self.affiliation if self.affiliation_id and str(self.affiliation_id) in held else None


class SpokenLanguage(models.Model):
    """One language of a person, and what they do in it."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="languages")
    tag = models.CharField(max_length=10)
    reads = models.BooleanField(default=False)
    writes = models.BooleanField(default=False)
    speaks = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "tag"], name="spoken_language_once_a_person"),
            models.CheckConstraint(condition=Q(tag__in=SPOKEN), name="spoken_language_known"),
            models.CheckConstraint(
                condition=Q(reads=True) | Q(writes=True) | Q(speaks=True), name="spoken_language_is_used"
            ),
        ]

    def __str__(self) -> str:
        return self.tag


class ConsentQuerySet(models.QuerySet["FieldConsent"]):
    """Consents that hold."""

    def readable_by(self, audience: Audience) -> ConsentQuerySet:
        """Those within whose circle these readers stand."""
        return self.filter(circle_q(audience))


class FieldConsent(Record):
    """A person's word that one field may be read, by whom, since when, and in which words they were asked."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="consents")
    field = models.CharField(max_length=12, choices=ProfileField)
    visibility = models.CharField(max_length=10, choices=Visibility)
    words = models.CharField(max_length=20)
    given_at = models.DateTimeField(default=timezone.now)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["profile", "field"], name="field_consent_one_a_field"),
            models.CheckConstraint(condition=Q(field__in=ProfileField.values), name="field_consent_field_known"),
            models.CheckConstraint(condition=Q(visibility__in=Visibility.values), name="field_consent_circle_known"),
            models.CheckConstraint(condition=~Q(words=""), name="field_consent_names_its_words"),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.visibility}"


class ConsentWithdrawal(Record):
    """A consent that no longer holds: for which field and circle, from when until when. Never what had been shown."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="withdrawals")
    field = models.CharField(max_length=12, choices=ProfileField)
    visibility = models.CharField(max_length=10, choices=Visibility)
    words = models.CharField(max_length=20)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__gte=F("given_at")), name="consent_withdrawn_after_it_was_given"
            ),
            models.CheckConstraint(condition=Q(field__in=ProfileField.values), name="consent_withdrawal_field_known"),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.visibility}"


class RosterQuerySet(models.QuerySet["RosterEntry"]):
    """Entries of the roster."""

    def current(self) -> RosterQuerySet:
        """Those that have not ended."""
        return self.filter(ended_at__isnull=True)

    def readable_by(self, audience: Audience) -> RosterQuerySet:
        """Those that are listed for these readers."""
        return self.filter(circle_q(audience))


class RosterEntry(Record):
    """A person's consent to be listed as an expert for one theme, for one circle of readers, until it ends."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="roster")
    theme = models.CharField(max_length=12, choices=Theme)
    visibility = models.CharField(max_length=10, choices=Visibility)
    words = models.CharField(max_length=20)
    consented_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = RosterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "theme"], condition=Q(ended_at__isnull=True), name="roster_entry_once_a_theme"
            ),
            models.CheckConstraint(condition=Q(theme__in=Theme.values), name="roster_entry_theme_known"),
            models.CheckConstraint(condition=Q(visibility__in=Visibility.values), name="roster_entry_circle_known"),
            models.CheckConstraint(condition=~Q(words=""), name="roster_entry_names_its_words"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("consented_at")), name="roster_entry_ends_after"
            ),
        ]
        indexes = [models.Index(fields=["theme"], condition=Q(ended_at__isnull=True), name="roster_entry_theme_idx")]

    def __str__(self) -> str:
        return self.theme


_THIS = Q(profile=OuterRef("pk"))
_PLAIN = frozenset({"name", "home", "headline", "expertise", "website", "orcid"})


def _fetched(record: Profile | User, name: str) -> Iterable[Any]:
    """What `for_reading` put beside a record. A profile fetched without it is a fault of the code, and says so."""
    fetched: Iterable[Any] = getattr(record, name)
    return fetched
