"""Words of the directory: organisations, what they have to give, networks, people, and how what is asked goes on."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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


class CorrectionAspect(TextChoices):
    """What a reader says is wrong in an entry."""

    NAME = "name", _("A name is wrong or missing")
    PLACE = "place", _("The place is wrong or missing")
    WEBSITE = "website", _("The web site is wrong or missing")
    ABOUT = "about", _("The description is wrong")
    CLOSED = "closed", _("It no longer exists")
    TWICE = "twice", _("It is listed twice")
    OTHER = "other", _("Something else")


class FacilityKind(TextChoices):
    """What kind of thing an organisation has to give."""

    EQUIPMENT = "equipment", _("Equipment")
    TEST = "test", _("Test or measurement")
    LAND = "land", _("Land")
    SPACE = "space", _("Building or space")
    INCENTIVE = "incentive", _("Incentive")
    PROGRAMME = "programme", _("Programme")
    SERVICE = "service", _("Service")


class Opening(TextChoices):
    """Whether partners from other countries can use it."""

    OPEN = "open", _("open to foreign partners")
    AGREEMENT = "agreement", _("foreign partners by agreement")
    NATIONAL = "national", _("own country only")
    UNSAID = "unsaid", pgettext_lazy("opening", "not said")


class CapacityUnit(TextChoices):
    """What a capacity counts, so that two of them can be compared and everybody reads them."""

    HECTARE = "ha", _("hectares")
    SQUARE_METRE = "m2", _("m²")
    PLACE = "place", _("places")
    PIECE = "piece", _("pieces")
    PEOPLE_YEAR = "people_year", _("people a year")
    COMPANY = "company", _("companies")
    SAMPLES_DAY = "samples_day", _("samples a day")
    KILOGRAMS_DAY = "kg_day", _("kg a day")
    HOURS_WEEK = "hours_week", _("hours a week")
    LITRE = "litre", _("litres")
    KILOWATT = "kw", _("kW")


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


class NetworkRole(TextChoices):
    """What an organisation does in a network."""

    CONVENOR = "convenor", pgettext_lazy("network", "convenes it")
    MEMBER = "member", pgettext_lazy("network", "member")
    OBSERVER = "observer", pgettext_lazy("network", "observes")


class NetworkMembershipState(TextChoices):
    """How an organisation stands to a network."""

    ASKED = "asked", _("Asked to join")
    INVITED = "invited", _("Invited")
    JOINED = "joined", _("Joined")
    DECLINED = "declined", _("Declined")
    LEFT = "left", pgettext_lazy("network", "Left")


MEMBERSHIP_MOVES: dict[str, tuple[str, ...]] = {
    NetworkMembershipState.ASKED: (NetworkMembershipState.JOINED, NetworkMembershipState.DECLINED),
    NetworkMembershipState.INVITED: (NetworkMembershipState.JOINED, NetworkMembershipState.DECLINED),
    NetworkMembershipState.JOINED: (NetworkMembershipState.LEFT,),
    NetworkMembershipState.DECLINED: (),
    NetworkMembershipState.LEFT: (),
}


class LikenessReason(TextChoices):
    """What speaks for and against two entries being one organisation (directory/logic/likeness.py)."""

    SAME_NAME = "same_name", _("They have the same name.")
    SAME_WITHOUT_TONES = "same_without_tones", _("They have the same name but for tone marks.")
    SIMILAR_NAME = "similar_name", _("Their names are much alike.")
    SAME_MEANING = "same_meaning", _("Their names, in different languages, mean nearly the same.")
    SAME_SOUND = "same_sound", _("The proper names in their names sound alike.")
    NAMED_PLACE = "named_place", _("Their names contain the same place name.")
    SAME_ACRONYM = "same_acronym", _("They have the same acronym, or it fits the other's name.")
    SAME_SITE = "same_site", _("They have the same web domain.")
    SAME_IDENTIFIER = "same_identifier", _("They have the same identifier in another register.")
    SAME_PLACE = "same_place", _("They are in the same place.")
    NEAR = "near", _("They lie less than two kilometres from each other.")
    OTHER_NUMBER = "other_number", _("Their names have different numbers.")
    OTHER_BODY = "other_body", _("Only one name says that it is a part, branch or hospital.")
    OTHER_LEVEL = "other_level", _("They are different kinds of schools or institutes by their names.")
    OTHER_FIELD = "other_field", _("Only one name says a certain field of work.")
    OTHER_NAMED_PLACE = "other_named_place", _("Their names contain different place names.")
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


class ProfileField(TextChoices):
    """One thing that a person says of themselves. Each has its own consent; without it nobody else reads it."""

    NAME = "name", _("Name")
    HOME = "home", _("Country")
    HEADLINE = "headline", _("In one line")
    EXPERTISE = "expertise", _("What you know and can do")
    THEMES = "themes", _("Themes")
    LANGUAGES = "languages", _("Languages")
    AFFILIATION = "affiliation", _("Where you work")
    WEBSITE = "website", _("Web site")
    ORCID = "orcid", _("ORCID iD")


# Languages that people say they read, write or speak: the seven, then others that CLDR names in all seven.
SPOKEN: tuple[str, ...] = (
    *("en", "km", "lo", "my", "th", "vi", "zh-hans"),
    *("ar", "bo", "de", "es", "fil", "fr", "hi", "hmn", "id", "ii", "ja", "kac", "ko", "mn", "ms", "pt", "ru", "shn"),
    *("ug", "yue", "za"),
)

# The words to which people consented, by their version; a changed text gets a new version, and the old one stays here.
CONSENT_WORDS: dict[str, str | Promise] = {
    "2026-11": _(
        "I want this to be read by the circle that I chose beside it. I can take it back at any time; "
        "from then on nobody reads it here, and search does not find it."
    ),
}
CONSENT_VERSION = "2026-11"


class ImportState(TextChoices):
    """Where an import of organisations lies."""

    PREVIEWED = "previewed", _("Previewed")
    TAKING = "taking", _("Being taken")
    TAKEN = "taken", _("Taken")
    DROPPED = "dropped", _("Dropped")


IMPORT_MOVES: dict[str, tuple[str, ...]] = {
    ImportState.PREVIEWED: (ImportState.TAKING, ImportState.TAKEN, ImportState.DROPPED),
    ImportState.TAKING: (ImportState.TAKEN,),
    ImportState.TAKEN: (),
    ImportState.DROPPED: (),
}
