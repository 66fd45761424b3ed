"""Words of the kernel: offices, what each may do, and the visibility of records."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Scope(TextChoices):
    """What an office is held over."""

    COUNTRY = "country", _("country")
    ORGANISATION = "organisation", _("organisation")
    INSTALLATION = "installation", _("installation")


class Office(TextChoices):
    """What a person can be here. Offices are code; who holds one is a grant with dates."""

    MEMBER = "member", _("Member")
    ORGANISATION_MANAGER = "organisation_manager", _("Organisation manager")
    FOCAL_POINT_OFFICER = "focal_point_officer", _("Focal-point officer")
    FOCAL_POINT_HEAD = "focal_point_head", _("Focal-point head")
    REVIEWER = "reviewer", _("Reviewer")
    TERMINOLOGIST = "terminologist", _("Terminologist")
    OPERATOR = "operator", _("Operator")


class Capability(TextChoices):
    """One thing that an office allows."""

    READ_MEMBERS = "read_members", _("read what is shared with members")
    READ_NATIONAL = "read_national", _("read what is shared within the own country")
    READ_SIX = "read_six", _("read what is shared among the six focal points")
    SPEAK = "speak", _("write and submit notices for the organisation")
    MANAGE_ORGANISATION = "manage_organisation", _("look after the organisation's entry")
    CONFIRM_COLLEAGUE = "confirm_colleague", _("confirm colleagues of a verified organisation")
    PUBLISH = "publish", _("publish, return and suspend notices of the own country")
    CONFIRM_MEMBER = "confirm_member", _("confirm members of the own country")
    VERIFY_ORGANISATION = "verify_organisation", _("verify organisations of the own country")
    SUSPEND_ORGANISATION = "suspend_organisation", _("suspend organisations of the own country, and lift that")
    POST_FOR_OTHERS = "post_for_others", _("post for a problem owner without an account")
    INTRODUCE = "introduce", _("propose introductions to organisations of the own country")
    SET_COUNTRY = "set_country", _("decide how the own country publishes")
    APPOINT = "appoint", _("appoint officers of the own country")
    REVIEW = "review", _("review proposals that were assigned")
    TRANSLATE = "translate", _("translate texts that people asked for")
    REVIEW_TERMS = "review_terms", _("confirm, mend and add terms of the lexicon in the own country's language")
    OPERATE = "operate", _("run the machine, without reading drafts")


# What each office may do, over the scope it is held for. docs/who-may-do-what.md is made from this table.
CAPABILITIES: dict[Office, frozenset[Capability]] = {
    Office.MEMBER: frozenset(
        {Capability.READ_MEMBERS, Capability.READ_NATIONAL, Capability.SPEAK, Capability.TRANSLATE},
    ),
    Office.ORGANISATION_MANAGER: frozenset(
        {
            Capability.READ_MEMBERS,
            Capability.READ_NATIONAL,
            Capability.SPEAK,
            Capability.TRANSLATE,
            Capability.MANAGE_ORGANISATION,
            Capability.CONFIRM_COLLEAGUE,
            Capability.POST_FOR_OTHERS,
        }
    ),
    Office.FOCAL_POINT_OFFICER: frozenset(
        {
            Capability.READ_MEMBERS,
            Capability.READ_NATIONAL,
            Capability.READ_SIX,
            Capability.PUBLISH,
            Capability.CONFIRM_MEMBER,
            Capability.VERIFY_ORGANISATION,
            Capability.SUSPEND_ORGANISATION,
            Capability.POST_FOR_OTHERS,
            Capability.INTRODUCE,
            Capability.TRANSLATE,
        }
    ),
    Office.FOCAL_POINT_HEAD: frozenset(
        {
            Capability.READ_MEMBERS,
            Capability.READ_NATIONAL,
            Capability.READ_SIX,
            Capability.PUBLISH,
            Capability.CONFIRM_MEMBER,
            Capability.VERIFY_ORGANISATION,
            Capability.SUSPEND_ORGANISATION,
            Capability.POST_FOR_OTHERS,
            Capability.INTRODUCE,
            Capability.TRANSLATE,
            Capability.SET_COUNTRY,
            Capability.APPOINT,
        }
    ),
    Office.REVIEWER: frozenset({Capability.READ_MEMBERS, Capability.REVIEW}),
    Office.TERMINOLOGIST: frozenset({Capability.READ_MEMBERS, Capability.REVIEW_TERMS}),
    Office.OPERATOR: frozenset({Capability.OPERATE}),
}

# Offices that rest while their holder has no second factor: whoever decides for a country, or runs the machine.
NEEDS_SECOND_FACTOR = frozenset({Office.FOCAL_POINT_OFFICER, Office.FOCAL_POINT_HEAD, Office.OPERATOR})
# What counts as one (the types of django-allauth's authenticators); recovery codes only stand in for one of these.
SECOND_FACTORS = ("totp", "webauthn")

# Which scope each office is held over.
SCOPES: dict[Office, tuple[Scope, ...]] = {
    Office.MEMBER: (Scope.COUNTRY, Scope.ORGANISATION),
    Office.ORGANISATION_MANAGER: (Scope.ORGANISATION,),
    Office.FOCAL_POINT_OFFICER: (Scope.COUNTRY,),
    Office.FOCAL_POINT_HEAD: (Scope.COUNTRY,),
    Office.REVIEWER: (Scope.INSTALLATION,),
    Office.TERMINOLOGIST: (Scope.COUNTRY,),
    Office.OPERATOR: (Scope.INSTALLATION,),
}


class CodePurpose(TextChoices):
    """What a code that was sent to a phone is for."""

    SIGN_IN = "sign_in", _("signing in")
    NUMBER = "number", _("confirming a phone number")


class Texting(TextChoices):
    """Whether codes can be sent to phones now, and what people are told where they cannot."""

    READY = "ready", ""
    OFF = "off", _("Signing in by phone is not set up on this installation.")
    DOWN = "down", _("No code can be sent to a phone at present. The other ways of signing in work.")
    SPENT = "spent", _("No more codes can be sent to phones today. The other ways of signing in work.")
    FULL = "full", _("No more phone numbers can be confirmed today. Try again tomorrow.")


class Visibility(TextChoices):
    """Who may read a record, from the narrowest circle to the widest."""

    TEAM = "team", _("our organisation only")
    NATIONAL = "national", _("our country's members and focal point")
    SIX = "six", _("the six focal points")
    MEMBERS = "members", _("all members")
    PUBLIC = "public", pgettext_lazy("visibility", "everybody")


class Theme(TextChoices):
    """The label that gathers records; article 1's schemes are covered by these (docs/themes)."""

    TALENT = "talent", _("Talent")
    POVERTY = "poverty", _("Poverty alleviation")
    INDUSTRY = "industry", _("Industry")
    HEALTH = "health", _("Public health")
    DIGITAL = "digital", _("Digital technology")
    GREEN = "green", _("Green technology")
    INNOVATION = "innovation", _("Innovation and start-ups")
    POLICY = "policy", _("Policy")


class Urgency:
    """Priorities of jobs: what a person waits for goes before bulk work."""

    NOW = 100
    SOON = 50
    BULK = 0
