"""Hold organisations while something is done for them, so that none is suspended or merged in the same moment."""

from __future__ import annotations

from corridor.directory.models import Organisation

STANDING = ("merged_into", "stands", "suspension", "acts")


def hold_parties(*parties: Organisation | None) -> None:
    """Lock organisations until the transaction ends, always in one order, and read anew whether they take part here.

    Before the record that the verb is about: merging locks them in this order too, and so neither waits for the other for ever.
    No key is changed by the lock, so that rows which point to them can be written meanwhile; a suspension waits for it.
    """
    for party in sorted((party for party in parties if party is not None), key=lambda party: party.pk):
        locked = Organisation._base_manager.select_for_update(of=("self",), no_key=True)
        party.refresh_from_db(fields=STANDING, from_queryset=locked)
