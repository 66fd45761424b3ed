"""Words of matching: kinds of notices, facts of a card, moves of notices and introductions, what came of conversations."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class NoticeKind(TextChoices):
    """Which way it goes: something is needed, something is offered, or partners are sought for something to do together."""

    NEED = "need", _("Need")
    OFFER = "offer", _("Offer")
    PARTNER = "partner", _("Partner search")


# What each kind looks for among the notices of others.
COUNTERPARTS: dict[str, tuple[str, ...]] = {
    NoticeKind.NEED: (NoticeKind.OFFER, NoticeKind.PARTNER),
    NoticeKind.OFFER: (NoticeKind.NEED, NoticeKind.PARTNER),
    NoticeKind.PARTNER: (NoticeKind.PARTNER, NoticeKind.OFFER, NoticeKind.NEED),
}


class NoticeState(TextChoices):
    """Where a notice stands."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    PUBLISHED = "published", _("Published")
    FULFILLED = "fulfilled", _("Fulfilled")
    EXPIRED = "expired", _("Expired")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    SUSPENDED = "suspended", _("Suspended")


NOTICE_MOVES: dict[str, tuple[str, ...]] = {
    NoticeState.DRAFT: (NoticeState.SUBMITTED, NoticeState.WITHDRAWN),
    NoticeState.SUBMITTED: (NoticeState.DRAFT, NoticeState.PUBLISHED, NoticeState.WITHDRAWN),
    NoticeState.PUBLISHED: (
        NoticeState.FULFILLED,
        NoticeState.EXPIRED,
        NoticeState.WITHDRAWN,
        NoticeState.SUSPENDED,
    ),
    NoticeState.EXPIRED: (NoticeState.PUBLISHED, NoticeState.WITHDRAWN, NoticeState.SUSPENDED),
    NoticeState.SUSPENDED: (
        NoticeState.PUBLISHED,
        NoticeState.EXPIRED,
        NoticeState.FULFILLED,
        NoticeState.WITHDRAWN,
    ),
    NoticeState.FULFILLED: (NoticeState.SUSPENDED,),
    NoticeState.WITHDRAWN: (),
}


class WordingState(TextChoices):
    """Where one version of a notice's text stands."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    PUBLISHED = "published", _("Published")
    RETURNED = "returned", _("Returned")


WORDING_MOVES: dict[str, tuple[str, ...]] = {
    WordingState.DRAFT: (WordingState.SUBMITTED,),
    WordingState.SUBMITTED: (WordingState.PUBLISHED, WordingState.RETURNED, WordingState.DRAFT),
    WordingState.RETURNED: (WordingState.DRAFT,),
    WordingState.PUBLISHED: (),
}


class Stage(TextChoices):
    """How far a technology has come."""

    CONCEPT = "concept", _("Concept")
    LAB_TESTED = "lab_tested", _("Tested in the laboratory")
    PROTOTYPE = "prototype", _("Prototype")
    FIELD_TESTED = "field_tested", _("Tested in the field")
    ON_MARKET = "on_market", _("On the market")


class IpStatus(TextChoices):
    """How the rights to it stand."""

    NONE = "none", _("No rights claimed")
    OPEN = "open", _("Open licence")
    KNOW_HOW = "know_how", _("Secret know-how")
    APPLIED = "applied", _("Patent applied for")
    GRANTED = "granted", _("Patent granted")
    COPYRIGHT = "copyright", _("Copyright")
    EXCLUSIVE_RIGHTS = "exclusive_rights", _("Exclusive rights")


class Partnership(TextChoices):
    """What the parties would do together."""

    LICENCE = "licence", _("Licence")
    TECHNICAL_COOPERATION = "technical_cooperation", _("Technical cooperation")
    JOINT_RD = "joint_rd", _("Joint research and development")
    SUPPLY = "supply", _("Supply of equipment or goods")
    SERVICE = "service", _("Service")
    INVESTMENT = "investment", _("Investment")
    TRAINING = "training", _("Training")
    DEMONSTRATION = "demonstration", _("Demonstration")


class PartnerRole(TextChoices):
    """What the partner would do."""

    DEVELOPER = "developer", _("develops")
    ADAPTER = "adapter", _("adapts to local conditions")
    MANUFACTURER = "manufacturer", _("manufactures")
    SUPPLIER = "supplier", _("supplies")
    TESTER = "tester", _("tests or certifies")
    USER = "user", _("uses or tries out")
    TRAINER = "trainer", _("trains")
    FUNDER = "funder", _("funds")
    HOST = "host", _("hosts")


class PowerSource(TextChoices):
    """What electricity there is."""

    GRID = "grid", _("Steady grid")
    UNSTABLE_GRID = "unstable_grid", _("Grid with outages")
    OFF_GRID = "off_grid", _("No grid")


class Internet(TextChoices):
    """What line there is."""

    NONE = "none", pgettext_lazy("internet", "None")
    MOBILE = "mobile", _("Mobile network")
    BROADBAND = "broadband", _("Broadband")


class Upkeep(TextChoices):
    """Who can keep it running."""

    OWNER = "owner", _("The owner, without training")
    TRAINED_LOCAL = "trained_local", _("A trained local person")
    VISITING_TECHNICIAN = "visiting_technician", _("A visiting technician")
    SUPPLIER_CONTRACT = "supplier_contract", _("The supplier, by contract")


class Irrelevance(TextChoices):
    """Why a suggestion is of no use to somebody."""

    OTHER_PROBLEM = "other_problem", _("It solves another problem")
    WRONG_SCALE = "wrong_scale", _("Too large or too small for us")
    CONDITIONS = "conditions", _("Our power, water, heat or budget do not allow it")
    KNOWN = "known", _("We know them already")
    FAR = "far", _("Too far away")
    OTHER = "other", _("Another reason")


class ReportReason(TextChoices):
    """Why a public text is reported."""

    FALSE = "false", _("It is false or misleading")
    SPAM = "spam", _("It is advertising or spam")
    PERSONAL = "personal", _("It shows somebody's personal data")
    SECRET = "secret", _("It discloses something confidential")
    UNLAWFUL = "unlawful", _("It may break a law")
    OTHER = "other", _("Another reason")


class AnswerState(TextChoices):
    """What became of an answer to a problem."""

    GIVEN = "given", pgettext_lazy("answer", "Given")
    TAKEN_UP = "taken_up", pgettext_lazy("answer", "Taken up")
    IN_USE = "in_use", pgettext_lazy("answer", "In use")
    DECLINED = "declined", pgettext_lazy("answer", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("answer", "Withdrawn")


ANSWER_MOVES: dict[str, tuple[str, ...]] = {
    AnswerState.GIVEN: (AnswerState.TAKEN_UP, AnswerState.DECLINED, AnswerState.WITHDRAWN),
    AnswerState.TAKEN_UP: (AnswerState.IN_USE, AnswerState.DECLINED, AnswerState.WITHDRAWN),
    AnswerState.IN_USE: (),
    AnswerState.DECLINED: (),
    AnswerState.WITHDRAWN: (),
}


class Side(TextChoices):
    """Which party of an introduction somebody acts for."""

    ASKER = "asker", pgettext_lazy("introduction", "who asked")
    ASKED = "asked", pgettext_lazy("introduction", "who was asked")

    @property
    def other(self) -> Side:
        """The party across."""
        return Side.ASKED if self == Side.ASKER else Side.ASKER


class IntroductionState(TextChoices):
    """How far two parties have come in getting to know each other. To whoever asked, 'set aside' reads as 'asked'."""

    PROPOSED = "proposed", pgettext_lazy("introduction", "Proposed")
    ASKED = "asked", pgettext_lazy("introduction", "Asked")
    SET_ASIDE = "set_aside", pgettext_lazy("introduction", "Set aside")
    ACCEPTED = "accepted", pgettext_lazy("introduction", "Accepted")
    DECLINED = "declined", pgettext_lazy("introduction", "Declined")
    LAPSED = "lapsed", pgettext_lazy("introduction", "Lapsed")
    WITHDRAWN = "withdrawn", pgettext_lazy("introduction", "Withdrawn")


INTRODUCTION_MOVES: dict[str, tuple[str, ...]] = {
    IntroductionState.PROPOSED: (
        IntroductionState.ACCEPTED,
        IntroductionState.DECLINED,
        IntroductionState.LAPSED,
        IntroductionState.WITHDRAWN,
    ),
    IntroductionState.ASKED: (
        IntroductionState.ACCEPTED,
        IntroductionState.DECLINED,
        IntroductionState.SET_ASIDE,
        IntroductionState.LAPSED,
        IntroductionState.WITHDRAWN,
    ),
    IntroductionState.SET_ASIDE: (
        IntroductionState.ACCEPTED,
        IntroductionState.DECLINED,
        IntroductionState.LAPSED,
        IntroductionState.WITHDRAWN,
    ),
    IntroductionState.ACCEPTED: (),
    IntroductionState.DECLINED: (),
    IntroductionState.LAPSED: (),
    IntroductionState.WITHDRAWN: (),
}


class DeclineReason(TextChoices):
    """Why somebody does not want to be introduced."""

    NO_FIT = "no_fit", _("It does not fit what we do")
    NO_CAPACITY = "no_capacity", _("We have no time or people for it now")
    TOO_EARLY = "too_early", _("It is too early for us")
    HAVE_PARTNER = "have_partner", _("We have a partner for this already")
    UNCLEAR = "unclear", _("We do not understand what is wanted")
    OTHER = "other", _("Another reason")


class OutcomeKind(TextChoices):
    """What came of a conversation so far."""

    TALKING = "talking", pgettext_lazy("outcome", "We are talking")
    AGREED = "agreed", pgettext_lazy("outcome", "We agreed on something")
    WITHDRAWN = "withdrawn", pgettext_lazy("outcome", "We do not go on")


class Agreement(TextChoices):
    """What two parties agreed on."""

    LICENCE = "licence", _("Licence")
    JOINT_RD = "joint_rd", _("Joint research and development")
    SUPPLY = "supply", _("Supply of equipment or goods")
    SERVICE = "service", _("Service")
    MOU = "mou", _("Memorandum of understanding")


class NoDeal(TextChoices):
    """Why two parties do not go on."""

    NO_ANSWER = "no_answer", _("The other side does not answer")
    NO_FIT = "no_fit", _("It does not fit")
    NO_MONEY = "no_money", _("The money is missing")
    RULES = "rules", _("Rules or permits stand against it")
    OTHER_PARTNER = "other_partner", _("We found another partner")
    OTHER = "other", _("Another reason")


class Rhythm(TextChoices):
    """How often somebody gets letters about a saved search."""

    DAILY = "daily", pgettext_lazy("rhythm", "Every day")
    WEEKLY = "weekly", pgettext_lazy("rhythm", "Once a week, on Monday")
    NEVER = "never", pgettext_lazy("rhythm", "No letters, only on my desk")
