"""Rules of translations: who may ask for one and who may write one."""

from django.utils.translation import gettext_lazy as _

from corridor.kernel.logic.verdict import Verdict, together, unless
from corridor.kernel.models import User
from corridor.kernel.states import Capability
from corridor.language.states import Language


def may_ask_translation(user: User, *, original: str, language: str) -> Verdict:
    """Everybody who is signed in may ask, for another of the seven languages."""
    return together(
        unless(user.is_active, _("Sign in to ask for a translation.")),
        unless(language in Language.values and language != original, _("This text is in that language already.")),
    )


def may_translate(user: User) -> Verdict:
    """Members translate for one another."""
    return unless(user.audience.can(Capability.TRANSLATE), _("Only confirmed members can translate."))
