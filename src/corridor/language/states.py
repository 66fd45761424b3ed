"""Words of the language room: the seven languages, where a translation came from, and how a request for one goes."""

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
