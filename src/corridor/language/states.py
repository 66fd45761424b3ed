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
