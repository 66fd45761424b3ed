"""Everything about one person: what each table holds of them, an archive of it, and the removal of an account.

Each room says in its `about.py` what its tables hold of people; a test fails for a link to a person that no room names.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import IO, Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from corridor.kernel import rules
from corridor.kernel.models import Event, User
from corridor.kernel.operations import hold, record
from corridor.kernel.operations.phones import leave_phones

ME = ("email", "name", "home", "language", "joined_at", "last_login")


class Fate(Enum):
    """What becomes of rows when their person leaves."""

    GOES = "goes"
    STAYS = "stays"
    UNLINKED = "unlinked"


@dataclass(frozen=True)
class Held:
    """What one table holds of a person, by one link to them. What stays says why, in words for that person."""

    label: str
    link: str
    columns: tuple[str, ...]
    fate: Fate
    what: str | Promise
    why: str | Promise = ""
    file: str = ""

    @property
    def model(self) -> type[models.Model]:
        """The table."""
        return apps.get_model(self.label)

    @property
    def name(self) -> str:
        """What its part of the archive is called."""
        return f"{self.label}.{self.link}"

    def of(self, user: User) -> models.QuerySet[Any]:
        """The rows."""
        return self.model._base_manager.filter(**{self.link: user}).order_by("pk")


HELD: dict[str, Held] = {}
LEAVINGS: list[Callable[[User], None]] = []


def hold_of_people(*parts: Held, leaving: Callable[[User], None] | None = None) -> None:
    """A room says what it holds of people, and what else it does when somebody leaves."""
    HELD.update({part.name: part for part in parts})
    if leaving is not None and leaving not in LEAVINGS:
        LEAVINGS.append(leaving)


def about(user: User) -> dict[str, list[dict[str, Any]]]:
    """Everything about a person, table by table: only what the tables say of them, never what they say of others."""
    found = {part.name: list(part.of(user).values(*part.columns)) for part in HELD.values()}
    deeds = Event.objects.filter(by_id=user.pk).order_by("at", "id")
    done = deeds.values("at", "verb", "subject_kind", "subject_id", "home", "facts")
    me = [{field: getattr(user, field) for field in ME}]
    return {"me": me, **found, "events": [dict(row) for row in done]}


def files_of(user: User) -> Iterator[tuple[str, Any]]:
    """The files a person attached, each with its name in the archive."""
    for part in HELD.values():
        for row in part.of(user) if part.file else ():
            stored = getattr(row, part.file)
            yield f"files/{row.pk}-{getattr(row, 'name', '')}".rstrip("-"), stored


def write_archive(user: User, to: IO[bytes], *, by: User) -> None:
    """Write one archive with everything about a person. Only they themselves get it; that they did is recorded."""
    rules.may_describe(by, user).enforce()
    missing: list[str] = []
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, stored in files_of(user):
            try:
                with stored.open("rb") as file, archive.open(name, "w") as copy:
                    for chunk in iter(lambda: file.read(1 << 16), b""):
                        copy.write(chunk)
            except OSError:
                missing.append(name)
        data = {**about(user), "files_that_could_not_be_read": missing}
        archive.writestr("about-me.json", json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
    record("user.archived", user, by=by)


def what_stays() -> Iterable[Held]:
    """What is kept when somebody leaves, with the reasons; said to them before."""
    return [part for part in HELD.values() if part.fate == Fate.STAYS]


@transaction.atomic
def remove(user: User, *, by: User) -> None:
    """Remove a person: name, address, sign-in and what they asked for go at once; offices end today; what was done stays."""
    hold(user)
    rules.may_remove(by, user).enforce()
    for leave in LEAVINGS:
        leave(user)
    for part in HELD.values():
        if part.fate == Fate.GOES:
            part.of(user).delete()
        elif part.fate == Fate.UNLINKED:
            part.of(user).update(**{part.link: None})
    user.email, user.name, user.home = f"{user.pk.hex}@removed.invalid", "", ""
    user.is_active, user.last_login, user.removed_at = False, None, timezone.now()
    user.set_unusable_password()
    user.save()
    user.__dict__.pop("audience", None)
    record("user.removed", user, by=by)


def end_sessions(user: User) -> None:
    """Sign somebody out everywhere, wherever they are listed as signed in."""
    listed = user.usersession_set.values_list("session_key", flat=True)  # type: ignore[attr-defined]
    Session.objects.filter(session_key__in=list(listed)).delete()


def end_offices(user: User) -> None:
    """All offices of somebody who leaves end today, whoever would otherwise end them; what was said of the person goes."""
    today = timezone.now().date()
    for held in user.grants.select_for_update().filter(models.Q(ends_on=None) | models.Q(ends_on__gt=today)):
        held.ends_on = max(today, held.starts_on)
        held.save(update_fields=["ends_on"])
        record("grant.ended", held, by=user, office=held.office, scope=held.scope, over=held.scope_id, user=user.pk)
    user.grants.update(reason="")


def leave_kernel(user: User) -> None:
    """What the kernel does when somebody leaves."""
    end_offices(user)
    end_sessions(user)
    leave_phones(user)


OFFICE = ("office", "scope", "scope_id", "home", "starts_on", "ends_on")
hold_of_people(
    Held(
        "kernel.Grant", "user", (*OFFICE, "reason"), Fate.STAYS, _("offices that you held"),
        _("Who could decide when must stay known. Your name is taken off."),
    ),
    Held(
        "kernel.Grant", "granted_by", (*OFFICE, "created_at"), Fate.STAYS, _("offices that you gave"),
        _("They go on; your name is taken off."),
    ),
    Held("kernel.Letter", "user", ("created_at", "template", "facts", "posted_at"), Fate.GOES, _("letters to you")),
    Held("kernel.Phone", "user", ("created_at", "number"), Fate.GOES, _("the phone number with which you sign in")),
    Held(
        "kernel.PhoneCode", "user", ("created_at", "purpose", "number", "sent_at", "used_at"), Fate.UNLINKED,
        _("codes that you asked for on your phone"),
    ),
    Held("account.EmailAddress", "user", ("email", "verified", "primary"), Fate.GOES, _("your e-mail addresses")),
    Held("mfa.Authenticator", "user", ("type", "created_at", "last_used_at"), Fate.GOES, _("your second factors")),
    Held("usersessions.UserSession", "user", ("created_at", "ip", "user_agent"), Fate.GOES, _("where you are signed in")),
    Held(
        "socialaccount.SocialAccount", "user", ("provider", "uid", "date_joined", "last_login", "extra_data"),
        Fate.GOES, _("sign-ins through a ministry"),
    ),
    leaving=leave_kernel,
)  # fmt: skip
