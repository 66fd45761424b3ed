"""Who may answer what readers say is wrong in an entry."""

from django.utils.translation import gettext_lazy as _

from corridor.directory.models import Correction
from corridor.directory.rules.organisations import may_edit
from corridor.kernel.logic.verdict import Verdict, together, unless
from corridor.kernel.models import User


def may_answer_correction(user: User, correction: Correction) -> Verdict:
    """Whoever may mend the entry answers, once."""
    waits = Correction.objects.waiting().filter(pk=correction.pk).exists()
    return together(
        may_edit(user, correction.organisation),
        unless(waits, _("This correction has been answered already.")),
    )
