"""Who may merge entries, tell them apart and undo a merge: the focal point of the one country that both are in."""

from django.utils.translation import gettext_lazy as _

from corridor.directory.models import LikelyDuplicate, Merge, Organisation
from corridor.directory.states import DuplicateState, MergeState
from corridor.kernel.logic.verdict import Verdict, together, unless
from corridor.kernel.models import User
from corridor.kernel.states import Capability

# Merged, a suspension would be lifted in silence, or would hold for an entry for which nobody gave a reason.
SUSPENDED = _(
    "One of these entries is suspended. Lift that first, so that it is decided anew for the entry that is kept."
)


def may_merge(user: User, kept: Organisation, gone: Organisation) -> Verdict:
    """Two entries that stand, of one country, neither a part of the other; the one that goes has taken up nothing itself."""
    are_two = kept.pk != gone.pk
    return together(
        _officer(user, kept.home),
        unless(are_two, _("An entry cannot be merged into itself.")),
        unless(kept.home == gone.home, _("These organisations are in two countries. Only entries of one country can be merged.")),
        unless(kept.stands and gone.stands, _("One of these entries was merged into another one in the meantime.")),
        unless(not (kept.is_suspended or gone.is_suspended), SUSPENDED),
        unless(
            not gone.merged.exists(),
            _("Other entries were merged into the one that should go. Keep that one, or undo those merges first."),
        ),
        unless(
            not are_two or not (kept.is_part_of(gone) or gone.is_part_of(kept)),
            _("One of them is listed as a part of the other. If that is wrong, mend it first."),
        ),
    )  # fmt: skip


def may_name_pair(user: User, one: Organisation, other: Organisation) -> Verdict:
    """An officer can name a pair that nobody suggested; the same limits hold as for merging it."""
    return may_merge(user, one, other) if one.merged.exists() else may_merge(user, other, one)


def may_decide(user: User, pair: LikelyDuplicate) -> Verdict:
    """The focal point says whether two entries are one organisation or two, while the pair waits."""
    return together(
        _officer(user, pair.home),
        unless(pair.state == DuplicateState.OPEN, _("This pair was decided on in the meantime.")),
    )


def may_undo(user: User, merge: Merge) -> Verdict:
    """A merge is undone once, the last one into an entry first, so that just that comes back which moved."""
    later = Merge.objects.filter(kept=merge.kept_id, state=MergeState.IN_FORCE, created_at__gt=merge.created_at)
    return together(
        _officer(user, merge.home),
        unless(merge.state == MergeState.IN_FORCE, _("This merge was undone already.")),
        unless(not (merge.kept.is_suspended), SUSPENDED),
        unless(not later.exists(), _("Another entry was merged into the same one later. Undo that merge first.")),
    )


def _officer(user: User, home: str) -> Verdict:
    return unless(
        user.audience.can(Capability.VERIFY_ORGANISATION, home=home),
        _("Only the focal point of their country can decide whether entries are one organisation."),
    )
