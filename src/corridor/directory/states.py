"""Words of the directory: kinds and sizes of organisations, kinds of names, and how a request to be confirmed goes."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrganisationType(TextChoices):
    """What an organisation is, in the words of the programme."""

    UNIVERSITY = "university", _("University")
    INSTITUTE = "institute", _("Research institute")
    ENTERPRISE = "enterprise", _("Enterprise")
    COOPERATIVE = "cooperative", _("Cooperative")
    HOSPITAL = "hospital", _("Hospital")
    MINISTRY = "ministry", _("Ministry")
    AGENCY = "agency", _("Public agency")
    NGO = "ngo", _("Non-governmental organisation")
    HUB = "hub", _("R&D hub")
    ZONE = "zone", _("Economic or industrial zone")
    PARK = "park", _("High-tech park")
    INCUBATOR = "incubator", _("Incubator")


class SizeClass(TextChoices):
    """How many people work there; the only thing told of an anonymous organisation beside country and type."""

    MICRO = "micro", _("fewer than 10 people")
    SMALL = "small", _("10 to 49 people")
    MEDIUM = "medium", _("50 to 249 people")
    LARGE = "large", _("250 people or more")


class NameKind(TextChoices):
    """What kind of name it is."""

    OFFICIAL = "official", _("official name")
    TRANSLATION = "translation", _("translated name")
    ALIAS = "alias", _("also known as")
    ACRONYM = "acronym", _("acronym")


class RequestState(TextChoices):
    """Where a request to be confirmed lies."""

    WAITING = "waiting", _("Waiting")
    CONFIRMED = "confirmed", _("Confirmed")
    DECLINED = "declined", _("Declined")


REQUEST_MOVES: dict[str, tuple[str, ...]] = {
    RequestState.WAITING: (RequestState.CONFIRMED, RequestState.DECLINED),
    RequestState.CONFIRMED: (),
    RequestState.DECLINED: (),
}


class LikenessReason(TextChoices):
    """What speaks for and against two entries being one organisation (directory/logic/likeness.py)."""

    SAME_NAME = "same_name", _("They have the same name.")
    SAME_WITHOUT_TONES = "same_without_tones", _("They have the same name but for tone marks.")
    SIMILAR_NAME = "similar_name", _("Their names are much alike.")
    SAME_MEANING = "same_meaning", _("Their names, in different languages, mean nearly the same.")
    SAME_ACRONYM = "same_acronym", _("They have the same acronym, or it fits the other's name.")
    SAME_SITE = "same_site", _("They have the same web domain.")
    SAME_IDENTIFIER = "same_identifier", _("They have the same identifier in another register.")
    SAME_PLACE = "same_place", _("They are in the same place.")
    NEAR = "near", _("They lie less than two kilometres from each other.")
    OTHER_NUMBER = "other_number", _("Their names have different numbers.")
    OTHER_BODY = "other_body", _("Only one name says that it is a part, branch or hospital.")
    OTHER_LEVEL = "other_level", _("They are different kinds of schools or institutes by their names.")
    OTHER_FIELD = "other_field", _("Only one name says a certain field of work.")
    OTHER_SITE = "other_site", _("Their web domains are different.")
    OTHER_IDENTIFIER = "other_identifier", _("They have different identifiers in the same register.")
    OTHER_PLACE = "other_place", _("They are in different places.")
    OTHER_PROVINCE = "other_province", _("They are in different provinces.")
    FAR = "far", _("They lie far from each other.")
    OTHER_TYPE = "other_type", _("They are of different types.")


class DuplicateState(TextChoices):
    """What became of two entries that may be one."""

    OPEN = "open", _("To decide")
    DISTINCT = "distinct", _("Not the same")
    MERGED = "merged", _("Merged")


DUPLICATE_MOVES: dict[str, tuple[str, ...]] = {
    DuplicateState.OPEN: (DuplicateState.DISTINCT, DuplicateState.MERGED),
    DuplicateState.DISTINCT: (DuplicateState.OPEN,),
    DuplicateState.MERGED: (DuplicateState.OPEN,),
}


class MergeState(TextChoices):
    """Whether a merge holds."""

    IN_FORCE = "in_force", _("In force")
    UNDONE = "undone", _("Undone")


MERGE_MOVES: dict[str, tuple[str, ...]] = {MergeState.IN_FORCE: (MergeState.UNDONE,), MergeState.UNDONE: ()}
