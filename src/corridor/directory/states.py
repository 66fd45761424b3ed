"""Words of the directory: kinds and sizes of organisations, kinds of names, how a request to be confirmed goes, and an import."""

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
