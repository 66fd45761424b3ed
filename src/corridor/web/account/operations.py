"""Verbs of an account: say who one is."""

from django.db import transaction

from corridor.kernel.models import User
from corridor.kernel.operations import record
from corridor.web.account import rules


@transaction.atomic
def describe(user: User, *, by: User, name: str, home: str, language: str) -> None:
    """Say one's name, country and language anew. Offices stay as they are: they name their own country."""
    user.refresh_from_db(from_queryset=User.objects.select_for_update())  # holds a request's lazy user too
    rules.may_describe(user, by).enforce()
    said = {"name": name, "home": home, "language": language}
    changed = [field for field, value in said.items() if getattr(user, field) != value]
    for field in changed:
        setattr(user, field, said[field])
    if changed:
        user.save(update_fields=changed)
        record("user.described", user, by=by, fields=changed)
