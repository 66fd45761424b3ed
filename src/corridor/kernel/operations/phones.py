"""Verbs of phones: ask for a code, send it, use it, give a number, take it back; and whether codes can be sent now."""

from __future__ import annotations

import datetime
import functools
import json
import logging
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Count, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corridor.kernel import rules
from corridor.kernel.logic.texting import Sender, SenderUnavailable, sender
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import Phone, PhoneCode, User
from corridor.kernel.models.phones import AHEAD, LIFETIME, marks
from corridor.kernel.operations import hold, record, tell, write_letter
from corridor.kernel.states import CodePurpose, Texting, Urgency

log = logging.getLogger(__name__)

DAY: Final = datetime.timedelta(days=1)
REST: Final = datetime.timedelta(minutes=2)
"""For so long nobody asks for a code after the sender gave nobody anything; codes that wait are tried again meanwhile."""
KEPT: Final = datetime.timedelta(days=2)
OVER = gettext_lazy("This code is over. Ask for a new one.")
WRONG = gettext_lazy("This is not the code in our last message to you.")
TAKEN = gettext_lazy("Another account has this number.")


@functools.cache
def _sender(chosen: str) -> Sender | None:
    return sender(**json.loads(chosen))


def chosen_sender() -> Sender | None:
    """The sender this installation is set to use; none is the usual thing."""
    return _sender(json.dumps(settings.TEXTING["sender"]))


def texting(purpose: CodePurpose = CodePurpose.SIGN_IN) -> Texting:
    """Whether codes can be sent to phones now: the same for everybody, so it tells of no number."""
    if chosen_sender() is None:
        return Texting.OFF
    if sent_today() >= settings.TEXTING["daily"]:
        return Texting.SPENT
    if purpose == CodePurpose.NUMBER and sent_today(purpose) >= share():
        return Texting.FULL
    return Texting.DOWN if _is_down(purpose) else Texting.READY


def share() -> int:
    """How many messages of a day may confirm numbers: a third. Whoever has an account can ask for those; the rest stays for signing in."""
    return max(1, int(settings.TEXTING["daily"]) // 3)


def sent_today(*purposes: CodePurpose) -> int:
    """Messages of the last 24 hours that were, or may have been, sent. Times from the future are of a clock that was set back."""
    now = timezone.now()
    tried = PhoneCode.objects.filter(tried_at__gt=now - DAY, tried_at__lte=now + AHEAD)
    return (tried.filter(purpose__in=purposes) if purposes else tried).count()


def last_failure(within: datetime.timedelta) -> str:
    """Why the sender gave nothing the last time it was asked; empty where it took the message, or was not asked in that time."""
    return _failures(within).order_by("-failed_at").values_list("failure", flat=True).first() or ""


def _failures(within: datetime.timedelta) -> QuerySet[PhoneCode]:
    """Codes that the sender did not take in that time and since the last that it took; one text that it did not like is none."""
    since, until = timezone.now() - within, timezone.now() + AHEAD
    sent = PhoneCode.objects.filter(sent_at__range=(since, until)).order_by("-sent_at").values("sent_at")[:1]
    failed = PhoneCode.objects.filter(sent_at=None, failed_at__range=(since, until))
    return failed.exclude(failure__in=("rejected", "spent")).filter(
        failed_at__gt=Coalesce(Subquery(sent), Value(since))
    )


def _is_down(purpose: CodePurpose) -> bool:
    """Whether codes of two people failed one after the other, or our key: one number that a gateway refuses stops nobody else.

    For signing in, numbers that nobody has confirmed yet tell nothing: whoever has accounts could name some that are refused.
    """
    telling = Q(purpose=purpose) if purpose == CodePurpose.SIGN_IN else Q()
    people = Count("user", distinct=True, filter=telling)
    found = _failures(REST).aggregate(people=people, key=Count("pk", filter=Q(failure="refused")))
    return bool(found["people"] > 1 or found["key"])


@transaction.atomic
def ask_code(
    user: User | None, *, by: User | None, purpose: CodePurpose, number: str = "", mark: str = "", until: str = ""
) -> PhoneCode:
    """Have a code sent to somebody's phone, or to the new number that they want to give; nobody's looks the same from outside."""
    rules.may_text(texting(purpose)).enforce()
    if purpose == CodePurpose.NUMBER:
        assert user is not None
        rules.may_have_phone(by or user, user).enforce()
    made = PhoneCode.objects.create(user=user, purpose=purpose, number=number, mark=mark, until=until)
    tell("kernel.post_code", urgency=Urgency.NOW, code=str(made.pk))
    return made


def post_code(code: str) -> None:
    """Hand a code to the sender, at most once: a message that may have gone out is not sent again; its person asks for another.

    Raises SenderUnavailable where nothing went out, so that the job tries again while the code lives.
    """
    held = PhoneCode.objects.select_related("user").filter(pk=code, tried_at=None).first()
    out = chosen_sender()
    if out is None or held is None or held.user is None or not held.is_open:
        return
    phone = Phone.objects.filter(user=held.user).first()
    number = held.number or (phone.number if phone else "")
    own = PhoneCode.objects.filter(pk=held.pk, used_at=None)
    if not number or not own.filter(tried_at=None).update(tried_at=timezone.now()):
        return
    is_over = held.purpose == CodePurpose.NUMBER and sent_today(CodePurpose.NUMBER) > share()
    if is_over or sent_today() > settings.TEXTING["daily"]:
        own.update(tried_at=None, failed_at=timezone.now(), failure="spent")
        return
    try:
        receipt = out.send(number, _words(held))
    except SenderUnavailable as failure:
        log.warning("code %s was not sent: %s", held.pk, failure)
        unsent = {"tried_at": None} if failure.why != "unsure" else {}
        own.update(failed_at=timezone.now(), failure=failure.why, **unsent)
        if failure.may_be_tried_again:
            raise
    else:
        own.update(sent_at=timezone.now(), failure="", receipt=receipt)


def _words(code: PhoneCode) -> str:
    """The message: short, in the person's language; browsers read its last line and fill in the code on this site alone (WebOTP)."""
    assert code.user is not None
    with translation.override(code.user.language):
        said = _("%(code)s is your code for %(name)s. It holds for 10 minutes. Tell it to nobody.")
        text = said % {"code": code.digits, "name": settings.NODE["name"]}
    return f"{text}\n\n@{urlsplit(settings.SITE_URL).hostname} #{code.digits}"


def use_code(code: UUID, *, purpose: CodePurpose, typed: str) -> PhoneCode:
    """Type a code. Each wrong one counts, whatever else happens, and the third ends it; the right one works once."""
    with transaction.atomic():
        held = PhoneCode.objects.select_for_update(of=("self",)).get(pk=code, purpose=purpose)
        if not held.is_open:
            raise Refused([OVER])
        is_right = held.fits(typed)
        if is_right:
            held.used_at = timezone.now()
        else:
            held.tries += 1
        held.save(update_fields=["used_at", "tries"])
    if not is_right:
        raise Refused([WRONG])
    return held


def give_number(user: User, *, by: User, code: UUID, typed: str) -> None:
    """Confirm a number with the code that was sent to it. It takes the place of a former one; the person is told by mail."""
    rules.may_have_phone(by, user).enforce()
    used = use_code(code, purpose=CodePurpose.NUMBER, typed=typed)
    if used.user_id != user.pk:
        raise Refused([OVER])
    try:
        with transaction.atomic():
            _set_number(user, used.number, by=by)
    except IntegrityError:  # two people at the same moment
        raise Refused([TAKEN]) from None


def _set_number(user: User, number: str, *, by: User) -> None:
    hold(user)
    rules.may_have_phone(by, user).enforce()
    if not number or Phone.objects.of_number(number).exclude(user=user).exists():
        raise Refused([TAKEN])
    _made, is_new = Phone.objects.update_or_create(user=user, defaults={"number": number, "mark": marks(number)[0]})
    _end_codes(user)
    _tell(user, "added" if is_new else "changed", by=by)


@transaction.atomic
def remove_number(user: User, *, by: User) -> None:
    """Take the number back: no code opens the account any more."""
    hold(user)
    rules.may_describe(by, user).enforce()
    if Phone.objects.filter(user=user).delete()[0]:
        _end_codes(user)
        _tell(user, "removed", by=by)


def _tell(user: User, change: str, *, by: User) -> None:
    event = record(f"user.phone_{change}", user, by=by)
    write_letter(user, "phone_changed", key=f"phone_changed:{event.pk}", change=change)


def _end_codes(user: User) -> None:
    """No code that was sent before works any more."""
    PhoneCode.objects.filter(user=user, used_at=None).update(used_at=timezone.now(), number="", mark="")


def leave_phones(user: User) -> None:
    """When somebody leaves: that a message was sent is counted for a day more, to whom is gone."""
    PhoneCode.objects.filter(user=user).update(number="", mark="", receipt="", until="")
    _end_codes(user)


def forget_codes() -> int:
    """New numbers that nobody confirmed go with their codes, marks too; what was sent is forgotten after two days, failures with it."""
    now = timezone.now()
    PhoneCode.objects.filter(created_at__lt=now - LIFETIME).exclude(number="", mark="").update(number="", mark="")
    return PhoneCode.objects.filter(created_at__lt=now - KEPT).delete()[0]
