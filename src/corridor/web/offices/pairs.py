"""Two entries that may be one organisation, as the desk shows them: side by side, with what speaks for it and against it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corridor.directory.logic.likeness import speaks_against
from corridor.directory.models import LikelyDuplicate, Organisation
from corridor.directory.operations.merging import FACTS, fillable
from corridor.directory.operations.references import GRANTS, model_of
from corridor.directory.states import LikenessReason
from corridor.kernel.models import Grant
from corridor.kernel.states import Scope
from corridor.web.decisions import ReasonForm
from corridor.web.results import name_for_reader, official_name

KEY: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

FACT_NAMES: Final = {
    "size": gettext_lazy("Size"),
    "place": gettext_lazy("Place"),
    "province": gettext_lazy("Province"),
    "point": gettext_lazy("Place on the map"),
    "website": gettext_lazy("Web site"),
    "about": gettext_lazy("Description"),
    "parent": gettext_lazy("Part of"),
}
# What moves with an entry, in words; a table that is not named here is called by its own name.
MOVED_NAMES: Final = {
    "directory.focalpoint.organisation": gettext_lazy("Offices of focal point"),
    "directory.identifier.organisation": gettext_lazy("Identifiers in other registers"),
    "directory.membershiprequest.organisation": gettext_lazy("Requests to be confirmed"),
    "directory.organisation.parent": gettext_lazy("Its parts"),
    GRANTS: gettext_lazy("Offices that people hold"),
    "matching.notice.organisation": gettext_lazy("Notices"),
    "names": gettext_lazy("Names"),
    "facts": gettext_lazy("Facts that were filled in"),
}


@dataclass(frozen=True)
class Side:
    """One of the two."""

    organisation: Organisation
    title: str
    language: str
    known_as: str
    people: int
    notices: int


@dataclass(frozen=True)
class Pair:
    """A pair that waits, ready to show."""

    record: LikelyDuplicate
    sides: tuple[Side, Side]
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]

    @property
    def percent(self) -> int:
        """How likely it is that the two are one, in per cent."""
        return round(self.record.score * 100)

    @property
    def is_named(self) -> bool:
        """Whether a person put it on the desk."""
        return self.record.named_by_id is not None


def pairs_of(found: Any) -> list[Pair]:
    """The lines of a list of pairs (a queryset or a page of one), in a fixed number of queries."""
    related = found.select_related("first__verification", "second__verification")
    pairs = list(related.prefetch_related("first__names", "second__names"))
    listed = [side for pair in pairs for side in (pair.first, pair.second)]
    people = people_of(listed)
    return [pair_of(pair, people) for pair in pairs]


def people_of(listed: Sequence[Organisation]) -> dict[str, int]:
    """How many offices are held over each, in one query."""
    held = Grant.objects.current().filter(scope=Scope.ORGANISATION, scope_id__in=[str(one.pk) for one in listed])
    counts: dict[str, int] = {}
    for key in held.values_list("scope_id", flat=True):
        counts[key] = counts.get(key, 0) + 1
    return counts


def pair_of(pair: LikelyDuplicate, people: Mapping[str, int]) -> Pair:
    """One pair."""
    said = [(code, str(LikenessReason(code).label)) for code in pair.reasons if code in LikenessReason.values]
    return Pair(
        pair,
        (side_of(pair.first, people), side_of(pair.second, people)),
        tuple(text for code, text in said if not speaks_against(code)),
        tuple(text for code, text in said if speaks_against(code)),
    )


def side_of(organisation: Organisation, people: Mapping[str, int], *, notices: int = 0) -> Side:
    """One entry of a pair."""
    official, language = official_name(organisation)
    shown, shown_language = name_for_reader(organisation)
    title, lang = (official, language) if official else (shown, shown_language)
    known_as = shown if shown != title else ""
    return Side(organisation, title, lang, known_as, people.get(str(organisation.pk), 0), notices)


def compared(pair: LikelyDuplicate) -> Pair:
    """A pair for its own page, with how many notices each has."""
    sides = (pair.first, pair.second)
    people = people_of(sides)
    line = pair_of(pair, people)
    first, second = (side_of(one, people, notices=one.notices.count()) for one in sides)
    return Pair(pair, (first, second), line.speaks_for, line.speaks_against)


class MergeForm(ReasonForm):
    """Which of the two stays, which of its gaps are filled from the other, and why they are one."""

    keep = forms.ChoiceField(label=gettext_lazy("Which entry stays"), widget=forms.RadioSelect)
    fill = forms.MultipleChoiceField(
        label=gettext_lazy("Take over where the entry that stays has nothing"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, pair: Pair) -> None:
        super().__init__(
            data, key=f"merge-{pair.record.pk}", help_text=_("How you know that they are one organisation.")
        )
        self.entries = {str(side.organisation.pk): side.organisation for side in pair.sides}
        choices = [(str(side.organisation.pk), in_words(side)) for side in pair.sides]
        cast(forms.ChoiceField, self.fields["keep"]).choices = choices
        verified = [key for key, entry in self.entries.items() if entry.is_verified]
        self.fields["keep"].initial = verified[0] if len(verified) == 1 else choices[0][0]
        gaps = gaps_of(*self.entries.values())
        cast(forms.MultipleChoiceField, self.fields["fill"]).choices = gaps
        if not gaps:
            del self.fields["fill"]
        self.order_fields(["keep", "fill", "reason"])

    @property
    def kept(self) -> Organisation:
        """The entry that stays."""
        return self.entries[self.cleaned_data["keep"]]

    @property
    def gone(self) -> Organisation:
        """The other one."""
        return next(entry for key, entry in self.entries.items() if key != self.cleaned_data["keep"])


def in_words(side: Side) -> str:
    """An entry to choose by."""
    place = side.organisation.place
    return " · ".join(part for part in (side.title, side.known_as, place) if part)


def gaps_of(one: Organisation, other: Organisation) -> list[tuple[str, str]]:
    """What one of the two has and the other lacks, with what would be written there."""
    gaps = [(fact, other) for fact in fillable(one, other)] + [(fact, one) for fact in fillable(other, one)]
    order = list(FACTS)
    return [
        (fact, f"{FACT_NAMES[fact]}: {value_of(having, fact)}")
        for fact, having in sorted(gaps, key=lambda gap: order.index(gap[0]))
    ]


def value_of(organisation: Organisation, fact: str) -> str:
    """A fact in words, cut short."""
    if fact == "size":
        return str(organisation.get_size_display())
    if fact == "parent":
        return organisation.parent.name if organisation.parent else ""
    if fact == "point":
        return f"{organisation.latitude}, {organisation.longitude}"
    text = str(getattr(organisation, fact))
    return text if len(text) <= 120 else f"{text[:119]}…"


class PairForm(forms.Form):
    """Two entries that somebody knows to be one, by the addresses of their pages."""

    one = forms.CharField(label=gettext_lazy("Address of one page"), max_length=300)
    other = forms.CharField(label=gettext_lazy("Address of the other page"), max_length=300)

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, auto_id="pair-%s", label_suffix="")

    def clean_one(self) -> Organisation:
        """The entry of the first address."""
        return entry_at(self.cleaned_data["one"])

    def clean_other(self) -> Organisation:
        """The entry of the second address."""
        return entry_at(self.cleaned_data["other"])


def entry_at(address: str) -> Organisation:
    """The entry whose page has this address."""
    keys = KEY.findall(address.lower())
    found = Organisation.objects.filter(pk=UUID(keys[-1])).first() if keys else None
    if found is None:
        raise forms.ValidationError(_("This is not the address of an organisation's page here."))
    return found


def counted(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """What moves or stays, in words."""
    return [(str(name_of(key)), count) for key, count in counts.items() if count]


def name_of(key: str) -> object:
    """How a table is called to people."""
    return MOVED_NAMES.get(key) or model_of(key)._meta.verbose_name_plural
