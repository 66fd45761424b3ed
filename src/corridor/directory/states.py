"""Words of the directory: kinds and sizes of organisations, kinds of names, how a request to be confirmed goes,
and what people consent to."""

from django.db.models import TextChoices
from django.utils.functional import Promise
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
