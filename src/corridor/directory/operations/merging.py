"""Verbs of merging: name a pair, tell two apart, merge one entry into another, and undo it. Always a person's decision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from corridor.directory import rules
from corridor.directory.logic.keys import key_of
from corridor.directory.models import (
    Distinction,
    LikelyDuplicate,
    Merge,
    Organisation,
    OrganisationName,
    Profile,
    Trait,
    UndoneMerge,
)
from corridor.directory.operations import references
from corridor.directory.operations.duplicates import reasons_between
from corridor.directory.operations.organisations import Name, tell_index
from corridor.directory.operations.people import end_groundless, index_anew
from corridor.directory.states import DuplicateState, MergeState, NameKind
from corridor.kernel.models import Grant, User
from corridor.kernel.operations import hold, move, record
from corridor.kernel.states import Scope

# Facts that the kept entry may take over where it has none; what belongs together is taken together.
FACTS: dict[str, tuple[str, ...]] = {
    "size": ("size",),
    "place": ("place",),
    "province": ("province",),
    "point": ("latitude", "longitude"),
    "website": ("website",),
    "about": ("about", "about_language"),
    "parent": ("parent_id",),
}


@transaction.atomic
def name_pair(one: Organisation, other: Organisation, *, by: User) -> LikelyDuplicate:
    """Put a pair on the desk that nobody suggested, or that was told apart by mistake. It stands before those that a score suggests."""
    rules.may_name_pair(by, one, other).enforce()
    first, second = sorted((one, other), key=lambda organisation: organisation.pk)
    pair, is_new = LikelyDuplicate.objects.get_or_create(
        first=first,
        second=second,
        defaults={"home": one.home, "score": 1, "reasons": list(reasons_between(one, other)), "named_by": by},
    )
    hold(pair)
    if pair.state == DuplicateState.DISTINCT:
        Distinction.objects.filter(duplicate=pair).delete()
        move(pair, DuplicateState.OPEN, by=by)
    elif is_new:
        record("likelyduplicate.named", pair, by=by)
    return pair


@transaction.atomic
def tell_apart(pair: LikelyDuplicate, *, by: User, reason: str) -> Distinction:
    """Say that two entries are two organisations. The pair does not come back."""
    hold(pair)
    rules.may_decide(by, pair).enforce()
    told = Distinction.objects.create(duplicate=pair, told_apart_by=by, reason=reason)
    move(pair, DuplicateState.DISTINCT, by=by)
    return told


@transaction.atomic
def merge(kept: Organisation, gone: Organisation, *, by: User, reason: str, fill: Iterable[str] = ()) -> Merge:
    """Let two entries be one. All that points to the one that goes points to the kept one afterwards, and its names are added.

    Facts of the kept entry change only where it has none and `fill` names them. Everything is written down, so that it can be undone.
    """
    _hold_both(kept, gone)
    rules.may_merge(by, kept, gone).enforce()
    pair = LikelyDuplicate.objects.between(kept, gone).select_for_update().first()
    if pair is not None:
        rules.may_decide(by, pair).enforce()  # whoever came first decided
    moving = references.move_all(gone, kept)
    made = Merge.objects.create(
        home=kept.home,
        kept=kept,
        gone=gone,
        duplicate=pair,
        merged_by=by,
        reason=reason,
        moved=moving.moved,
        stayed=moving.stayed,
        left=moving.left,
        ended=_end_twins(gone, by=by),
        added=_add_names(kept, gone),
        filled=_fill(kept, gone, fill),
    )
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])
    _close_pairs(made, by=by)
    _end_team_consents(kept, by=by)
    record("organisation.merged", kept, by=by, gone=gone.pk, moved=sum(map(len, moving.moved.values())))
    tell_index(kept)
    tell_index(gone)
    return made


@transaction.atomic
def undo(made: Merge, *, by: User, reason: str) -> UndoneMerge:
    """Take a merge back: what moved and still belongs to the kept entry returns, added names and filled facts go.

    What came to the kept entry since, or was changed there, stays with it; how much that is, is kept too.
    """
    hold(made)
    kept, gone = made.kept, made.gone
    _hold_both(kept, gone)
    rules.may_undo(by, made).enforce()
    gone.merged_into = None
    gone.save(update_fields=["merged_into"])
    moving = references.move_back(made.moved, gone, kept)
    _begin_twins_again(made, by=by)
    _end_team_consents(kept, gone, by=by)
    stayed = moving.stayed | _take_names_back(kept, made.added) | _empty_again(kept, made.filled)
    undone = UndoneMerge.objects.create(merge=made, undone_by=by, reason=reason, stayed=stayed)
    move(made, MergeState.UNDONE, by=by)
    if made.duplicate is not None:
        hold(made.duplicate)
        move(made.duplicate, DuplicateState.OPEN, by=by)
    record("organisation.unmerged", kept, by=by, gone=gone.pk)
    tell_index(kept)
    tell_index(gone)
    return undone


@transaction.atomic
def settle(made: Merge) -> int:
    """Let what was entered for the entry that is gone while it was being merged follow. Answers how many rows did."""
    hold(made)
    _hold_both(made.kept, made.gone)
    if made.state != MergeState.IN_FORCE:
        return 0
    late = references.move_all(made.gone, made.kept, but=made.left)
    count = sum(map(len, late.moved.values()))
    if late.moved or late.left:
        made.moved, made.left = _joined(made.moved, late.moved), _joined(made.left, late.left)
        made.ended = [*made.ended, *_end_twins(made.gone, by=None)]
        made.save(update_fields=["moved", "left", "ended"])
        record("organisation.settled", made.kept, by=None, gone=made.gone_id, moved=count)
    return count


def _joined(first: dict[str, list[str]], second: dict[str, list[str]]) -> dict[str, list[str]]:
    return {key: [*first.get(key, []), *second.get(key, [])] for key in first | second}


def _end_twins(gone: Organisation, *, by: User | None) -> list[str]:
    """End the offices that stayed with the entry that goes, because their holders have the same over the kept one."""
    twins = list(Grant.objects.over(Scope.ORGANISATION, gone.pk).filter(ends_on=None).select_related("user"))
    for twin in twins:
        twin.ends_on = timezone.now().date()
        twin.save(update_fields=["ends_on"])
        record("grant.ended", twin, by=by, office=twin.office, scope=twin.scope, over=twin.scope_id, user=twin.user_id)
    return [str(twin.pk) for twin in twins]


def _begin_twins_again(made: Merge, *, by: User) -> None:
    """Offices that a merge ended begin again, where their holders still have the same over the kept entry."""
    kept = Grant.objects.current().over(Scope.ORGANISATION, made.kept_id)
    for twin in Grant.objects.filter(pk__in=made.ended):
        if kept.filter(user=twin.user_id, office=twin.office).exists():
            twin.ends_on = None
            twin.save(update_fields=["ends_on"])
            record(
                "grant.made", twin, by=by, office=twin.office, scope=twin.scope, over=twin.scope_id, user=twin.user_id
            )


def _end_team_consents(*organisations: Organisation, by: User) -> None:
    """What people let their own organisation read was said of other colleagues: it ends, and they choose anew."""
    for profile in Profile.objects.filter(affiliation__in=organisations):
        end_groundless(profile, ["affiliation"], by=by)
        index_anew(profile)


def fillable(kept: Organisation, gone: Organisation) -> list[str]:
    """The facts that the kept entry lacks and the other has."""
    return [fact for fact in FACTS if _is_empty(kept, fact) and not _is_empty(gone, fact)]


def _is_empty(organisation: Organisation, fact: str) -> bool:
    return getattr(organisation, FACTS[fact][0]) in ("", None)


def _hold_both(one: Organisation, other: Organisation) -> None:
    """Always in the same order, so that two who merge at once wait for each other and never for ever."""
    for organisation in sorted({one, other}, key=lambda organisation: organisation.pk):
        hold(organisation)
    if one == other and one is not other:
        hold(other)


def _add_names(kept: Organisation, gone: Organisation) -> list[list[str]]:
    """Give the kept entry the names it does not have. One in a language that it lacks becomes its name there, others further names."""
    own = list(OrganisationName.objects.filter(organisation=kept))
    keys = {(key_of(name.text), name.language) for name in own} | {(key_of(name.text), "") for name in own}
    spoken = {name.language for name in own if name.kind in (NameKind.OFFICIAL, NameKind.TRANSLATION)}
    added: list[Name] = []
    for name in OrganisationName.objects.filter(organisation=gone):
        if (key_of(name.text), "") in keys:
            continue
        kind = name.kind
        if kind in (NameKind.OFFICIAL, NameKind.TRANSLATION):
            is_first = bool(name.language) and name.language not in spoken
            kind = NameKind.TRANSLATION if is_first else NameKind.ALIAS
            spoken.add(name.language)
        keys.add((key_of(name.text), ""))
        added.append((str(kind), name.language, name.text))
    OrganisationName.objects.bulk_create(
        [OrganisationName(organisation=kept, kind=kind, language=lang, text=text) for kind, lang, text in added]
    )
    return [list(name) for name in added]


def _take_names_back(kept: Organisation, added: Sequence[Sequence[str]]) -> dict[str, int]:
    """Remove the names that a merge added; those that somebody changed since are not found and stay as they are now."""
    missed = 0
    for kind, _language, text in added:
        gone, _ = OrganisationName.objects.filter(organisation=kept, kind=kind, text=text).delete()
        missed += not gone
    return {"names": missed} if missed else {}


def _fill(kept: Organisation, gone: Organisation, wanted: Iterable[str]) -> dict[str, Any]:
    chosen = [fact for fact in fillable(kept, gone) if fact in set(wanted)]
    fields = [field for fact in chosen for field in FACTS[fact]]
    for field in fields:
        setattr(kept, field, getattr(gone, field))
    if fields:
        kept.save(update_fields=fields)
    return {field: _plain(getattr(kept, field)) for field in fields}


def _empty_again(kept: Organisation, filled: dict[str, Any]) -> dict[str, int]:
    same = [field for field, value in filled.items() if _plain(getattr(kept, field)) == value]
    blank = Organisation()
    for field in same:
        setattr(kept, field, getattr(blank, field))
    if same:
        kept.save(update_fields=same)
    changed = len(filled) - len(same)
    return {"facts": changed} if changed else {}


def _plain(value: object) -> object:
    return value if value is None else str(value)


def _close_pairs(made: Merge, *, by: User) -> None:
    """The pair is decided; other pairs of the entry that is gone are looked for anew at the kept one."""
    if made.duplicate is not None:
        move(made.duplicate, DuplicateState.MERGED, by=by)
    for side in ("first", "second"):
        LikelyDuplicate.objects.waiting().filter(**{side: made.gone}).delete()
    Trait.objects.filter(organisation=made.gone).delete()
