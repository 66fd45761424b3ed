"""What happened to a notice, in words, for its own people and its focal point."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corridor.kernel.models import Event, User
from corridor.matching.models import Notice, Return
from corridor.web.components.parts import Happening

VERBS = {
    "notice.drafted": gettext_lazy("Begun"),
    "notice.written": gettext_lazy("Changed"),
    "wording.submitted": gettext_lazy("Handed to the publisher"),
    "wording.draft": gettext_lazy("Taken back to work on"),
    "wording.returned": gettext_lazy("Returned by the publisher"),
    "wording.published": gettext_lazy("Published"),
    "notice.fulfilled": gettext_lazy("Marked as fulfilled"),
    "notice.expired": gettext_lazy("Expired"),
    "notice.withdrawn": gettext_lazy("Withdrawn"),
    "notice.suspended": gettext_lazy("Suspended by the focal point"),
    "notice.renewed": gettext_lazy("Renewed"),
    "notice.file_attached": gettext_lazy("A file was added"),
    "notice.file_removed": gettext_lazy("A file was removed"),
    "notice.mandated": gettext_lazy("The problem owner's consent was recorded"),
    "notice.taken_over": gettext_lazy("Taken over by the problem owner"),
    "notice.reported": gettext_lazy("Reported by a reader"),
    "notice.reports_answered": gettext_lazy("Reports were answered"),
    "translation.added": gettext_lazy("A translation was added"),
    "translation.confirmed": gettext_lazy("A translation was confirmed"),
    "translation.asked": gettext_lazy("A translation was asked for"),
}
LIFTED = gettext_lazy("Put back by the focal point")


def happenings(notice: Notice) -> list[Happening]:
    """The events of the notice and its versions, oldest first; several changes in a row are one."""
    versions = list(notice.wordings.values_list("pk", flat=True))
    found = Event.objects.filter(
        subject_kind__in=("notice", "wording"), subject_id__in=[str(notice.pk), *map(str, versions)]
    )
    events = [event for event in found.order_by("at", "id") if _words(event)]
    people = {person.pk: person for person in User.objects.filter(pk__in={event.by_id for event in events})}
    reasons = list(
        Return.objects.filter(wording__notice=notice).order_by("created_at").values_list("reason", flat=True)
    )
    shown: list[Happening] = []
    for event in events:
        note = reasons.pop(0) if event.verb == "wording.returned" and reasons else _version(event)
        person = people[event.by_id].name if event.by_id in people else ""
        happening = Happening(_words(event), event.at, by=person, note=note)
        if shown and event.verb == "notice.written" and shown[-1].text == happening.text:
            shown.pop()
        shown.append(happening)
    return shown


def _words(event: Event) -> object:
    if event.verb == "notice.published":
        return LIFTED if event.facts.get("from") == "suspended" else ""
    if event.verb == "wording.draft" and event.facts.get("from") == "returned":
        return ""
    return VERBS.get(event.verb, "")


def _version(event: Event) -> str:
    number = event.facts.get("version")
    return _("Version %(number)d") % {"number": number} if event.verb == "wording.published" and number else ""
