"""Nouns of matching: a notice is a card of facts with versions of its text, and everything that is decided about it."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from corridor.directory.models import HOME, Organisation
from corridor.directory.states import OrganisationType
from corridor.kernel.models import Audience, Record, User
from corridor.kernel.states import Theme, Visibility
from corridor.language.states import Language
from corridor.matching.models.authorship import own_of
from corridor.matching.states import (
    NOTICE_MOVES,
    WORDING_MOVES,
    Internet,
    IpStatus,
    Irrelevance,
    NoticeKind,
    NoticeState,
    PartnerRole,
    Partnership,
    PowerSource,
    ReportReason,
    Stage,
    Upkeep,
    WordingState,
)

LONGEST_VALIDITY = datetime.timedelta(days=366)


def _codes(choices: type[models.TextChoices], label: Any) -> ArrayField[Any, Any]:
    return ArrayField(models.CharField(max_length=30, choices=choices), default=list, blank=True, verbose_name=label)


def _amount(label: Any, digits: int = 10, places: int = 2, least: int = 0) -> models.DecimalField[Any, Any]:
    validators = [MinValueValidator(least)]
    return models.DecimalField(
        label, max_digits=digits, decimal_places=places, null=True, blank=True, validators=validators
    )


class Card(models.Model):
    """The facts that everybody reads in their own language without any translation."""

    themes = _codes(Theme, _("themes"))
    stage = models.CharField(_("stage of development"), max_length=20, choices=Stage, blank=True)
    trl = models.PositiveSmallIntegerField(
        _("technology readiness level (1 to 9)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(9)],
    )
    ip_status = models.CharField(_("intellectual property"), max_length=20, choices=IpStatus, blank=True)
    partnerships = _codes(Partnership, _("type of partnership"))
    partner_types = _codes(OrganisationType, _("partner sought"))
    partner_roles = _codes(PartnerRole, _("what the partner does"))
    target_countries = ArrayField(
        models.CharField(max_length=2), default=list, blank=True, verbose_name=_("target countries")
    )
    power_source = models.CharField(_("electricity"), max_length=20, choices=PowerSource, blank=True)
    power_kw = _amount(_("power in kW"))
    water_m3_day = _amount(_("water in m³ a day"))
    heat_celsius = _amount(_("process heat in °C"), 6, 1)
    ambient_max_celsius = _amount(_("hottest surroundings in °C"), 4, 1, -50)
    internet = models.CharField(_("internet"), max_length=20, choices=Internet, blank=True)
    upkeep = models.CharField(_("who keeps it running"), max_length=20, choices=Upkeep, blank=True)
    budget_amount = _amount(_("budget"), 14)
    budget_currency = models.CharField(_("currency"), max_length=3, blank=True)

    class Meta:
        abstract = True


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices."""

    def visible_to(self, user: object) -> NoticeQuerySet:
        """Those a person may read: published ones within their circle, and what their own organisation or office works on."""
        audience = user.audience if isinstance(user, User) else Audience(None)
        circle = Q(published__visibility=Visibility.PUBLIC)
        if audience.is_member:
            circle |= Q(published__visibility=Visibility.MEMBERS)
        if audience.offices_of:
            circle |= Q(published__visibility=Visibility.SIX)
            circle |= Q(published__visibility=Visibility.NATIONAL, home__in=audience.offices_of)
        if audience.homes:
            circle |= Q(published__visibility=Visibility.NATIONAL, home__in=audience.homes)
        readable = Q(state__in=READABLE) & circle & TAKES_PART
        return self.filter(readable | self._own(audience))

    def _own(self, audience: Audience) -> Q:
        own, read = own_of(audience), (WordingState.SUBMITTED, WordingState.PUBLISHED)
        submitted = Q(wordings__state__in=read, home__in=audience.offices_of)
        return own | Q(pk__in=Notice.objects.filter(submitted).values("pk")) if audience.offices_of else own

    def own(self, user: User) -> NoticeQuerySet:
        """Those a person works on, as the rule `works_on` says of one."""
        return self.filter(own_of(user.audience))

    def open(self, on: datetime.date | None = None) -> NoticeQuerySet:
        """Those that can be answered on a day."""
        return self.taking_part().filter(state=NoticeState.PUBLISHED, valid_until__gte=on or timezone.now().date())

    def taking_part(self) -> NoticeQuerySet:
        """Those whose organisation is not suspended, or that have none yet."""
        return self.filter(TAKES_PART)

    def for_reading(self) -> NoticeQuerySet:
        """With what a list or a page shows, in a fixed number of queries."""
        with_them = ("published", "organisation", "organisation__verification", "mandate")
        return self.select_related(*with_them).prefetch_related("organisation__names")


TAKES_PART = Q(organisation__suspension__isnull=True)
# States in which readers outside the team see the last published text (an ended one says that it has ended).
READABLE = (NoticeState.PUBLISHED, NoticeState.FULFILLED, NoticeState.EXPIRED)


class Notice(Record, Card):
    """A need, an offer or a partner search of an organisation: a card of facts, and a text in versions."""

    home = models.CharField(max_length=2)
    kind = models.CharField(_("kind"), max_length=10, choices=NoticeKind)
    state = models.CharField(max_length=12, choices=NoticeState, default=NoticeState.DRAFT)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="notices"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices")
    problem_owner = models.CharField(_("whose problem it is, if not yours"), max_length=200, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    published = models.ForeignKey("Wording", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    is_sample = models.BooleanField(default=False)

    moves = NOTICE_MOVES
    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=NoticeState.values), name="notice_state_known"),
            models.CheckConstraint(condition=Q(kind__in=NoticeKind.values), name="notice_kind_known"),
            models.CheckConstraint(condition=Q(home__regex=HOME), name="notice_has_home"),
            models.CheckConstraint(
                condition=~Q(
                    state__in=[NoticeState.PUBLISHED, NoticeState.FULFILLED, NoticeState.EXPIRED, NoticeState.SUSPENDED]
                )
                | Q(
                    published__isnull=False,
                    published_at__isnull=False,
                    valid_until__isnull=False,
                    organisation__isnull=False,
                ),
                name="notice_published_is_whole",
            ),
            models.CheckConstraint(condition=Q(trl__isnull=True) | Q(trl__range=(1, 9)), name="notice_trl_in_range"),
        ]
        indexes = [
            models.Index(fields=["state", "-published_at"], name="notice_newest_idx"),
            models.Index(fields=["home", "state"], name="notice_home_state_idx"),
        ]

    def __str__(self) -> str:
        return self.published.title if self.published else str(self.pk)

    @property
    def is_open(self) -> bool:
        """Whether it can be answered today."""
        return (
            self.state == NoticeState.PUBLISHED
            and not self.rests
            and self.valid_until is not None
            and self.valid_until >= timezone.now().date()
        )

    @property
    def rests(self) -> bool:
        """Whether its organisation is suspended: then it is off the site for others, whatever its own state is."""
        return self.organisation is not None and self.organisation.is_suspended

    @property
    def latest(self) -> Wording:
        """The newest version of its text, published or not."""
        newest = self.wordings.order_by("-number").first()
        assert newest is not None
        return newest


class Wording(Record):
    """One version of a notice's text, with who may read it. Readers see the last published one."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="wordings")
    number = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=12, choices=WordingState, default=WordingState.DRAFT)
    language = models.CharField(
        _("language"), max_length=10, choices=[*Language.choices, ("", _("another language"))], blank=True
    )
    title = models.CharField(_("title"), max_length=150, blank=True)
    text = models.TextField(_("text"), max_length=8000, blank=True)
    advantages = models.TextField(_("advantages"), max_length=2000, blank=True)
    specification = models.TextField(_("expertise or specification sought"), max_length=2000, blank=True)
    original_text = models.TextField(blank=True)  # as typed, when Zawgyi was converted
    visibility = models.CharField(_("who may read it"), max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    is_anonymous = models.BooleanField(_("without the organisation's name"), default=False)
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    moves = WORDING_MOVES
    PROSE: ClassVar[tuple[str, ...]] = ("title", "text", "advantages", "specification")

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "number"], name="wording_numbered_once"),
            models.UniqueConstraint(
                fields=["notice"],
                condition=Q(state__in=[WordingState.DRAFT, WordingState.SUBMITTED]),
                name="wording_one_in_hand",
            ),
            models.CheckConstraint(condition=Q(state__in=WordingState.values), name="wording_state_known"),
            models.CheckConstraint(condition=Q(visibility__in=Visibility.values), name="wording_visibility_known"),
            models.CheckConstraint(
                condition=~Q(state__in=[WordingState.SUBMITTED, WordingState.PUBLISHED]) | ~Q(title=""),
                name="wording_has_title_when_submitted",
            ),
        ]
        indexes = [models.Index(fields=["state", "submitted_at"], name="wording_queue_idx")]

    def __str__(self) -> str:
        return self.title

    @property
    def home(self) -> str:
        """A version is at home where its notice is."""
        return self.notice.home

    @property
    def prose(self) -> dict[str, str]:
        """Its texts by field, without empty ones."""
        return {field: getattr(self, field) for field in self.PROSE if getattr(self, field)}


class Return(Record):
    """A publisher gave a submission back, with the reason; the author can mend and submit again."""

    wording = models.ForeignKey(Wording, on_delete=models.CASCADE, related_name="returns")
    returned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"), max_length=1000)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="return_has_reason")]

    def __str__(self) -> str:
        return self.reason


class Withdrawal(Record):
    """The author took a notice back for good."""

    notice = models.OneToOneField(Notice, on_delete=models.CASCADE, related_name="withdrawal")
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"), max_length=1000, blank=True)

    def __str__(self) -> str:
        return self.reason


class Suspension(Record):
    """An officer of its home country took a public text off the site, until it is lifted."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="suspensions")
    suspended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"), max_length=1000)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="suspension_has_reason"),
            models.UniqueConstraint(
                fields=["notice"], condition=Q(lifted_at__isnull=True), name="suspension_one_in_force"
            ),
        ]

    def __str__(self) -> str:
        return self.reason


class Report(Record):
    """A reader says that a public text should not stand as it does."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="reports")
    reason = models.CharField(_("reason"), max_length=20, choices=ReportReason)
    remark = models.TextField(_("what is wrong"), max_length=1000, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return self.get_reason_display()


class Attachment(Record):
    """A file beside a notice. What it is was read from its content, not from its name."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="attachments")
    file = models.FileField(upload_to="attachments/%Y/%m")
    name = models.CharField(max_length=150)
    content_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    attached_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["created_at"]
        constraints = [models.CheckConstraint(condition=Q(size__gt=0), name="attachment_not_empty")]

    def __str__(self) -> str:
        return self.name


class Dismissal(Record):
    """A suggestion that is of no use to one person; it shapes that person's list and nothing else."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="dismissals")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    record_id = models.UUIDField()
    reason = models.CharField(max_length=20, choices=Irrelevance)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "user", "kind", "record_id"], name="dismissal_once_a_person")
        ]

    def __str__(self) -> str:
        return self.get_reason_display()


class Watch(Record):
    """'Tell me when something comes': one letter for each new notice that suits this one."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="watches")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "user"], name="watch_once_a_person")]

    def __str__(self) -> str:
        return f"{self.user} · {self.notice_id}"


class Mandate(Record):
    """A problem owner without an account let somebody post for them: how they consented, how to reach them (private),

    and the paper code with which they can take the notice over later.
    """

    notice = models.OneToOneField(Notice, on_delete=models.CASCADE, related_name="mandate")
    owner_name = models.CharField(_("name of the problem owner"), max_length=200)
    contact = models.CharField(_("how to reach them (kept private)"), max_length=300)
    consent = models.TextField(_("how and when they agreed"), max_length=1000)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    code_hash = models.CharField(max_length=200)
    failures = models.PositiveSmallIntegerField(default=0)
    taken_over_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_over_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(consent=""), name="mandate_has_consent"),
            models.CheckConstraint(
                condition=Q(taken_over_by__isnull=True, taken_over_at__isnull=True)
                | Q(taken_over_by__isnull=False, taken_over_at__isnull=False),
                name="mandate_taken_over_wholly",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
