"""Words of the language room: the seven languages, translations, engines of the index, and terms of the lexicon."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Language(TextChoices):
    """The seven, each by the code of its texts and of its interface."""

    EN = "en", _("English")
    KM = "km", _("Khmer")
    LO = "lo", _("Lao")
    MY = "my", _("Burmese")
    TH = "th", _("Thai")
    VI = "vi", _("Vietnamese")
    ZH_HANS = "zh-hans", _("Chinese")


class Origin(TextChoices):
    """Who made a translation."""

    AUTHOR = "author", _("by the author")
    HUMAN = "human", _("by a volunteer")
    MACHINE = "machine", _("by a machine")


class RequestState(TextChoices):
    """Where a request for a translation lies."""

    WAITING = "waiting", _("Waiting")
    DONE = "done", _("Done")


class CallOutcome(TextChoices):
    """What came of asking a translation engine. All but the first two are reasons why there is no translation."""

    ASKED = "asked", _("asked, and nothing came yet")
    TAKEN = "taken", _("translated")
    OVERTAKEN = "overtaken", _("translated too late: the text had changed, or a person had translated it")
    DOWN = "down", _("the engine could not be reached")
    SLOW = "slow", _("the engine did not answer in time")
    BUSY = "busy", _("the engine was busy or failed")
    REFUSED = "refused", _("the engine refused: its key or address may be wrong")
    PAIR = "pair", _("the engine does not translate between these languages")
    BROKEN = "broken", _("the answer could not be read")
    COUNT = "count", _("the answer had parts too few or too many")
    EMPTY = "empty", _("the answer was empty")
    IDENTICAL = "identical", _("the answer was the text itself")
    LENGTH = "length", _("the answer was far too short or too long")
    SCRIPT = "script", _("the answer was in another script")
    LANGUAGE = "language", _("the answer was in another language")
    MARKUP = "markup", _("the answer had markup that the text does not have")
    CONTROL = "control", _("the answer had hidden characters")
    LINK = "link", _("the answer had an address that the text does not have")


# The engine gave nothing; it is left in peace for a while, and the text is asked for again.
SILENT = (CallOutcome.DOWN, CallOutcome.SLOW, CallOutcome.BUSY, CallOutcome.REFUSED)
# The engine was asked and a translation came: the two endings that say nothing against it.
ANSWERED = (CallOutcome.TAKEN, CallOutcome.OVERTAKEN)


class IndexState(TextChoices):
    """What an engine's vectors are to the index."""

    BUILDING = "building", _("being built")
    SERVING = "serving", _("in service")
    RETIRED = "retired", _("retired")


INDEX_MOVES: dict[str, tuple[str, ...]] = {
    IndexState.BUILDING: (IndexState.SERVING, IndexState.RETIRED),
    IndexState.SERVING: (IndexState.RETIRED,),
    IndexState.RETIRED: (IndexState.BUILDING,),
}


class Confidence(TextChoices):
    """How sure whoever wrote a term was of it."""

    HIGH = "high", _("sure")
    MEDIUM = "medium", _("probable")
    LOW = "low", _("uncertain")


class TermState(TextChoices):
    """Whether a reviewer has seen a term."""

    UNREVIEWED = "unreviewed", _("not reviewed")
    CONFIRMED = "confirmed", _("confirmed")
    REJECTED = "rejected", _("rejected")


class Verdict(TextChoices):
    """What a reviewer says of a term."""

    CONFIRMED = "confirmed", _("confirmed")
    MENDED = "mended", _("mended")
    REJECTED = "rejected", _("rejected")
    ADDED = "added", _("added")
