"""Merging while somebody else holds, edits or merges the same entries, each on a connection of their own."""

from __future__ import annotations

import threading
import time

from django.db import connection, transaction

from corridor.directory.models import Merge, Organisation
from corridor.directory.operations import merging
from corridor.directory.operations.organisations import edit_organisation
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import User
from corridor.kernel.operations import hold
from tests import make
from tests.directory.twins import naga, nagas_twin


def edited(organisation: Organisation, officer: User, told: list[object]) -> None:
    """Somebody saves the form of an entry, on a connection of their own."""
    try:
        edit_organisation(Organisation.objects.get(pk=organisation.pk), by=officer, place="Champasak")
        told.append("saved")
    except Refused as refused:
        told.append([str(reason) for reason in refused.reasons])
    finally:
        connection.close()


def test_an_edit_that_comes_while_entries_are_merged_waits_and_is_told(committed_db):
    kept, gone, officer = naga(), nagas_twin(), make.officer("LA")
    told: list[object] = []
    editing = threading.Thread(target=edited, args=[gone, officer, told])
    with transaction.atomic():
        merging.merge(kept, gone, by=officer, reason="One.")
        editing.start()
        time.sleep(0.4)
        assert told == []
    editing.join(20)
    assert told == [
        ["This entry was merged into another one. What you wrote is not lost: take it over to the entry that was kept."]
    ]
    assert sorted(Organisation.objects.values_list("place", flat=True)) == ["", ""]


def test_a_merge_waits_while_somebody_holds_the_entry(committed_db):
    kept, gone, officer = naga(), nagas_twin(), make.officer("LA")
    done: list[object] = []

    def merge() -> None:
        try:
            one, other = Organisation.objects.get(pk=kept.pk), Organisation.objects.get(pk=gone.pk)
            done.append(merging.merge(one, other, by=officer, reason="One.", fill=["place"]).filled)
        finally:
            connection.close()

    merging_thread = threading.Thread(target=merge)
    with transaction.atomic():
        mine = Organisation.objects.get(pk=gone.pk)
        hold(mine)
        merging_thread.start()
        time.sleep(0.4)
        assert done == []
        edit_organisation(mine, by=officer, place="Champasak")
    merging_thread.join(20)
    assert done == [{"place": "Champasak"}]
    assert Organisation.objects.get(pk=kept.pk).place == "Champasak"


def test_two_who_merge_a_pair_in_both_directions_at_once_merge_it_once(committed_db):
    one, other, officer = naga(), nagas_twin(), make.officer("LA")
    ready, told = threading.Barrier(2), []

    def merge(kept: Organisation, gone: Organisation) -> None:
        try:
            ready.wait(10)
            merging.merge(
                Organisation.objects.get(pk=kept.pk), Organisation.objects.get(pk=gone.pk), by=officer, reason="One."
            )
            told.append("merged")
        except Refused:
            told.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=merge, args=sides) for sides in ((one, other), (other, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert (sorted(told), Merge.objects.count(), Organisation.objects.standing().count()) == (
        ["merged", "refused"],
        1,
        1,
    )
