"""Problems that an organisation posts to its network, and what others of the network answer."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from corridor.directory.models import Network, Organisation
from corridor.kernel.models import Audience, Record, User
from corridor.language.states import Language
from corridor.matching.models.introductions import spoken_for
from corridor.matching.models.notices import Notice
from corridor.matching.states import ANSWER_MOVES, AnswerState

STANDING = (AnswerState.GIVEN, AnswerState.TAKEN_UP, AnswerState.IN_USE)


class ProblemQuerySet(models.QuerySet["PostedProblem"]):
    """Posted problems."""

    def with_counts(self) -> ProblemQuerySet:
        """Each with how many answers stand, and whether one of them is in use."""
        own = Answer.objects.filter(problem=OuterRef("pk"))
        return self.annotate(
            answered=Count("answers", filter=Q(answers__state__in=STANDING), distinct=True),
            in_use=Exists(own.filter(state=AnswerState.IN_USE)),
        )

    def taking_part(self) -> ProblemQuerySet:
        """Those whose organisation is not suspended."""
        return self.filter(notice__organisation__suspension__isnull=True)

    def figures(self) -> dict[str, int]:
        """How many are posted, have an answer that stands, and have one in use: counted, never typed in, and without what rests."""
        own = Answer.objects.filter(problem=OuterRef("pk"))
        answered = Exists(own.filter(state__in=STANDING))
        in_use = Exists(own.filter(state=AnswerState.IN_USE))
        counted: dict[str, Any] = self.taking_part().aggregate(
            posted=Count("pk"), answered=Count("pk", filter=answered), in_use=Count("pk", filter=in_use)
        )
        return counted


class PostedProblem(Record):
    """A published need that its organisation put before a network under its own name."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="problems")
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="posted_in")
    posted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = ProblemQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["network", "notice"], name="problem_posted_once_a_network")]

    def __str__(self) -> str:
        return str(self.notice)

    @property
    def home(self) -> str:
        """A problem is at home where its notice is."""
        return self.notice.home


class AnswerQuerySet(models.QuerySet["Answer"]):
    """Answers."""

    def visible_to(self, user: object) -> AnswerQuerySet:
        """Those written by or for an organisation that a person speaks for today. Nobody else reads them, not who has left."""
        audience = user.audience if isinstance(user, User) else Audience(None)
        if audience.user_id is None:
            return self.none()
        own = spoken_for(user)
        return self.filter(Q(organisation__in=own) | Q(problem__notice__organisation__in=own))


class Answer(Record):
    """What an organisation of the network can do about a problem, and what became of it."""

    problem = models.ForeignKey(PostedProblem, on_delete=models.CASCADE, related_name="answers")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="answers")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("what you can do about it"), max_length=3000)
    language = models.CharField(max_length=10, choices=Language, blank=True)
    state = models.CharField(max_length=12, choices=AnswerState, default=AnswerState.GIVEN)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    moves = ANSWER_MOVES
    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=AnswerState.values), name="answer_state_known"),
            models.CheckConstraint(condition=~Q(text=""), name="answer_says_something"),
            models.UniqueConstraint(
                fields=["problem", "organisation"], condition=Q(state__in=STANDING), name="answer_one_stands"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def home(self) -> str:
        """An answer is at home where its organisation is."""
        return self.organisation.home
