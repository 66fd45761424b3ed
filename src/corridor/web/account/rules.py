"""Who may sign in here, and who may describe whom."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from corridor.kernel.logic.verdict import Verdict, unless
from corridor.kernel.models import User
from corridor.web.nearness import is_near


def may_sign_in(user: User, request: HttpRequest) -> Verdict:
    """People of the sample have a password that everybody knows, so they sign in on the developer's own machine alone."""
    return unless(
        not user.is_sample or (settings.DEVELOPMENT and is_near(request)),
        _(
            "This is a sample account. Sample accounts can sign in only in development mode, "
            "on the machine itself, at localhost or 127.0.0.1."
        ),
    )
