"""Rules of translations and of the lexicon: who may ask for a translation, write one or confirm one, and who reviews terms."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from corridor.kernel.logic.verdict import Verdict, together, unless
from corridor.kernel.models import Event, User
from corridor.kernel.states import Capability
from corridor.language.logic.lexicon import Label, label_problems
from corridor.language.models import Concept, Term, Translation
from corridor.language.states import Language, Origin

# More wishes than this in a day are not one reader's, and an engine's month is everybody's.
MOST_ASKED_IN_A_DAY = 40


def may_ask_translation(user: User, *, original: str, language: str) -> Verdict:
    """Everybody who is signed in may ask, for another of the seven languages."""
    yesterday = timezone.now() - datetime.timedelta(days=1)
    asked = Event.objects.filter(verb="translation.asked", by_id=user.pk, at__gte=yesterday).count()
    return together(
        unless(user.is_active, _("Sign in to ask for a translation.")),
        unless(language in Language.values and language != original, _("This text is in that language already.")),
        unless(
            asked < MOST_ASKED_IN_A_DAY,
            _("You have asked for many translations today. Please ask for others tomorrow."),
        ),
    )


def may_translate(user: User) -> Verdict:
    """Members translate for one another."""
    return unless(user.audience.can(Capability.TRANSLATE), _("Only confirmed members can translate."))


def may_confirm(user: User, translation: Translation) -> Verdict:
    """Another member confirms what a volunteer or a machine translated, once; an author answers for their own words."""
    return together(
        may_translate(user),
        unless(translation.translated_by_id != user.pk, _("Somebody else must confirm what you translated.")),
        unless(translation.origin != Origin.AUTHOR, _("The author's own translation needs nobody to confirm it.")),
        unless(translation.reviewed_by_id is None, _("This translation has been confirmed already.")),
    )


def may_see_engine(user: User) -> Verdict:
    """What a machine did and cost concerns those who run the installation."""
    return unless(user.audience.can(Capability.OPERATE), _("Only those who run this installation can see this."))


# Languages that a country's terminologists review. English, which no country of the six speaks for, is any terminologist's.
REVIEWED_IN: dict[str, tuple[str, ...]] = {
    "KH": (Language.KM,),
    "CN": (Language.ZH_HANS,),
    "LA": (Language.LO,),
    "MM": (Language.MY,),
    "TH": (Language.TH,),
    "VN": (Language.VI,),
}


def may_review_language(user: User, language: str) -> Verdict:
    """A terminologist reviews the terms of the own country's language, and English."""
    homes = [home for home in REVIEWED_IN if user.audience.can(Capability.REVIEW_TERMS, home=home)]
    own = {spoken for home in homes for spoken in REVIEWED_IN[home]}
    return unless(
        language in own or (bool(homes) and language == Language.EN),
        _("Only a terminologist of a country where this language is spoken can review its terms."),
    )


def may_review(user: User, term: Term) -> Verdict:
    """Whoever reviews the language of a term."""
    return may_review_language(user, term.language)


def may_write_term(concept: Concept, language: str, text: str, *, but: Term | None = None) -> Verdict:
    """A term is in the script of its language, and stands once in its concept."""
    label = Label(language, text.strip())
    others = concept.terms.filter(language=language, key=label.key)
    if but is not None:
        others = others.exclude(pk=but.pk)
    return together(
        unless(not list(label_problems(label)), _("This is not a term in the script of this language.")),
        unless(not others.exists(), _("This concept has this term already.")),
    )
