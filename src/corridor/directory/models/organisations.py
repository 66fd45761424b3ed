"""Organisations with many names, identifiers in other registers, and a focal point's word for them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from corridor.directory.states import NameKind, OrganisationType, SizeClass
from corridor.kernel.models import Record

HOME = "^[A-Z]{2}$"


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations."""

    def standing(self) -> OrganisationQuerySet:
        """Those that stand for themselves: all but the entries that were merged into another."""
        return self.filter(stands=True)

    def acting(self) -> OrganisationQuerySet:
        """Those for which something can be begun, answered and published: neither merged into another entry nor suspended."""
        return self.filter(acts=True)

    def suspended(self) -> OrganisationQuerySet:
        """Those that their own focal point has suspended."""
        return self.filter(suspension__isnull=False)

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
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    # The database computes it from `merged_into`. A foreign key that it adds lets an entry be merged only into one that stands.
    stands = models.GeneratedField(
        expression=Q(merged_into__isnull=True),  # type: ignore[arg-type]  # a condition is an expression
        output_field=models.BooleanField(),
        db_persist=True,
    )
    suspension = models.ForeignKey(
        "OrganisationSuspension", null=True, blank=True, on_delete=models.RESTRICT, related_name="+"
    )
    # Computed by the database too, so that no rule and no list has to put together anew who acts here.
    acts = models.GeneratedField(
        expression=Q(merged_into__isnull=True, suspension__isnull=True),  # type: ignore[arg-type]
        output_field=models.BooleanField(),
        db_persist=True,
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(home__regex=HOME), name="organisation_has_home"),
            models.CheckConstraint(condition=Q(type__in=OrganisationType.values), name="organisation_type_known"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="organisation_is_not_its_own_parent"),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="organisation_is_not_merged_into_itself"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(suspension__isnull=True),
                name="organisation_merged_is_not_suspended",
            ),
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

    def is_part_of(self, other: Organisation) -> bool:
        """Whether it stands below another in the tree of parts."""
        seen, above = {self.pk}, self.parent
        while above is not None and above.pk not in seen:
            if above.pk == other.pk:
                return True
            seen.add(above.pk)
            above = above.parent
        return False

    @property
    def is_suspended(self) -> bool:
        """Whether its own focal point has suspended it."""
        return self.suspension_id is not None

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


class WithdrawnVerification(Record):
    """A focal point's word taken back: what it had said, who took it back and why. Kept for good."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="withdrawn_verifications")
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField()
    verified_reason = models.CharField(max_length=500)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("why it is withdrawn"), max_length=500)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="withdrawn_verification_has_reason"),
            models.CheckConstraint(
                condition=Q(created_at__gte=F("verified_at")), name="verification_withdrawn_afterwards"
            ),
        ]

    def __str__(self) -> str:
        return self.reason
