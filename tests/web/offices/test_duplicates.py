"""Likely duplicates at the country desk: the queue, two entries side by side, merging, telling apart and undoing."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from corridor.directory.models import Distinction, LikelyDuplicate, Merge, Organisation
from corridor.directory.operations import duplicates, merging
from corridor.matching.models import Notice
from tests import make

As = Callable[..., Client]
LANGUAGES = [code for code, _ in settings.LANGUAGES]
QUEUE, MERGES = "country-desk-duplicates", "country-desk-merges"


def waiting_pair(home: str = "LA", **facts: object) -> LikelyDuplicate:
    """Two entries that look like one, as the job finds them; the second one has a web site."""
    one = make.organisation(home, name="Naga River University", type="university", **facts)
    other = make.organisation(
        home, name="University of Naga River", type="university", website="https://naga.example.org", **facts
    )
    duplicates.look_for(str(one.pk), str(other.pk))
    return LikelyDuplicate.objects.between(one, other).get()


def page_of(pair: LikelyDuplicate) -> str:
    return reverse("country-desk-pair", args=[pair.pk])


def merge_form(pair: LikelyDuplicate, **said: object) -> dict[str, object]:
    return {"decision": "merge", "keep": str(pair.first_id), "reason": "The same house.", **said}


def test_the_desk_lists_the_likeliest_first_with_the_reasons(as_: As) -> None:
    pair = waiting_pair(place="Pakse")
    text = as_(make.officer("LA")).get(reverse(QUEUE)).content.decode()
    assert "Naga River University" in text
    assert "University of Naga River" in text
    assert "Their names are much alike." in text
    assert "They are in the same place." in text
    assert page_of(pair) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_pages_are_shown_in_every_language(as_: As, language: str) -> None:
    pair, officer = waiting_pair(), make.officer("LA", language=language)
    client = as_(officer, language)
    assert [client.get(url).status_code for url in (reverse(QUEUE), page_of(pair), reverse(MERGES))] == [200, 200, 200]
    made = merging.merge(pair.first, pair.second, by=officer, reason="One.")
    assert client.get(reverse("country-desk-undoing", args=[made.pk])).status_code == 200


def test_the_other_way_round_and_ticked_facts_are_taken(as_: As) -> None:
    pair = waiting_pair()
    client = as_(make.officer("LA"))
    text = client.get(page_of(pair)).content.decode()
    assert "https://naga.example.org" in text
    answer = client.post(page_of(pair), merge_form(pair, fill=["website"]))
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{reverse(QUEUE)}?country=LA")
    kept = Organisation.objects.standing().get()
    assert (kept, kept.website) == (pair.first, "https://naga.example.org")
    assert "Merged. You can undo it" in client.get(reverse(QUEUE)).content.decode()


def test_without_a_reason_or_a_choice_nothing_happens_and_what_was_typed_stays(as_: As) -> None:
    pair = waiting_pair()
    client = as_(make.officer("LA"))
    for said in (
        merge_form(pair, reason=""),
        merge_form(pair, keep="", reason="Typed carefully."),
        {"decision": "apart", "reason": " "},
    ):
        answer = client.post(page_of(pair), said)
        assert answer.status_code == 200
        if said["reason"] == "Typed carefully.":
            assert "Typed carefully." in answer.content.decode()
    assert (Merge.objects.count(), Distinction.objects.count(), Organisation.objects.standing().count()) == (0, 0, 2)


def test_a_pair_that_is_not_the_same_leaves_the_queue_for_good(as_: As) -> None:
    pair = waiting_pair()
    client = as_(make.officer("LA"))
    client.post(page_of(pair), {"decision": "apart", "reason": "One is in the north."})
    duplicates.look_for(str(pair.first_id), str(pair.second_id))
    assert "No likely duplicates wait" in client.get(reverse(QUEUE)).content.decode()
    assert "One is in the north." in client.get(page_of(pair)).content.decode()


def test_who_comes_second_is_told_and_loses_nothing_typed(as_: As) -> None:
    pair = waiting_pair()
    merging.tell_apart(pair, by=make.officer("LA"), reason="Two towns.")
    answer = as_(make.officer("LA")).post(page_of(pair), {"decision": "apart", "reason": "Typed carefully."})
    assert "This pair was decided on in the meantime." in answer.content.decode()
    late = as_(make.officer("LA")).post(page_of(pair), merge_form(pair, reason="Typed carefully."))
    assert "This pair was decided on in the meantime." in late.content.decode()
    assert "Typed carefully." in late.content.decode()
    assert Merge.objects.count() == 0
    Organisation.objects.all().delete()
    pair = waiting_pair(place="Pakse")
    client = as_(make.officer("LA"))
    made = merging.merge(pair.second, pair.first, by=make.officer("LA"), reason="One.")
    answer = client.post(page_of(pair), merge_form(pair))
    assert answer.headers["Location"] == reverse("country-desk-undoing", args=[made.pk])
    assert Merge.objects.count() == 1


def test_a_merge_is_undone_and_the_page_says_what_comes_back_and_what_stays(as_: As) -> None:
    pair = waiting_pair()
    notice = make.notice(of=pair.second)
    client = as_(make.officer("LA"))
    client.post(page_of(pair), merge_form(pair))
    late = make.notice(of=pair.first)
    made = Merge.objects.get()
    assert "University of Naga River" in client.get(reverse(MERGES)).content.decode()
    url = reverse("country-desk-undoing", args=[made.pk])
    text = " ".join(client.get(url).content.decode().split())
    assert "<li>Notices: 1</li>" in text.partition("What came since the merge")[0]
    assert "<li>Notices: 1</li>" in text.partition("What came since the merge")[2]
    assert client.post(url, {"reason": ""}).status_code == 200
    assert client.post(url, {"reason": "Two houses."}).status_code == 302
    assert dict(Notice.objects.values_list("pk", "organisation")) == {notice.pk: pair.second_id, late.pk: pair.first_id}
    assert "Two houses." in client.get(reverse(MERGES)).content.decode()
    again = client.post(url, {"reason": "Again."})
    assert "This merge was undone already." in again.content.decode()


def test_an_officer_names_a_pair_that_nobody_suggested(as_: As) -> None:
    one, other = make.organisation("LA", name="Naga"), make.organisation("LA", name="Makara")
    client = as_(make.officer("LA"))
    addresses = {"one": f"http://testserver{reverse('organisation', args=[one.pk])}", "other": str(other.pk)}
    answer = client.post(f"{reverse('country-desk-pair-naming')}?country=LA", addresses)
    pair = LikelyDuplicate.objects.get()
    assert answer.headers["Location"] == page_of(pair)
    assert "Named by an officer" in client.get(page_of(pair)).content.decode()
    duplicates.look_for(str(one.pk))
    assert LikelyDuplicate.objects.waiting().count() == 1


def test_a_pair_over_a_border_or_of_no_page_is_refused_with_the_reason(as_: As) -> None:
    one, other = make.organisation("LA", name="Naga"), make.organisation("TH", name="Naga")
    client = as_(make.officer("LA"))
    url = f"{reverse('country-desk-pair-naming')}?country=LA"
    over = client.post(url, {"one": str(one.pk), "other": str(other.pk)}).content.decode()
    assert "These organisations are in two countries. Only entries of one country can be merged." in over
    nowhere = client.post(url, {"one": "https://example.org/naga", "other": str(other.pk)}).content.decode()
    assert "This is not the address of an organisation&#x27;s page here." in nowhere
    assert "https://example.org/naga" in nowhere
    assert LikelyDuplicate.objects.count() == 0


def test_others_see_and_do_nothing_here(as_: As) -> None:
    pair = waiting_pair()
    made = merging.merge(make.organisation("LA"), make.organisation("LA"), by=make.officer("LA"), reason="One.")
    undoing = reverse("country-desk-undoing", args=[made.pk])
    pages = [reverse(QUEUE), page_of(pair), reverse(MERGES), undoing]
    manager = as_(make.manager(pair.first))
    assert [manager.get(url).status_code for url in pages] == [403, 403, 403, 403]
    assert [manager.post(url, merge_form(pair)).status_code for url in (page_of(pair), undoing)] == [403, 403]
    thai = as_(make.officer("TH"))
    assert [thai.get(url).status_code for url in (page_of(pair), undoing)] == [404, 404]
    assert [thai.post(url, merge_form(pair)).status_code for url in (page_of(pair), undoing)] == [404, 404]
    assert thai.get(f"{reverse(QUEUE)}?country=LA").status_code == 404
    assert thai.post(f"{reverse('country-desk-pair-naming')}?country=LA", {}).status_code == 404
    assert "Naga River University" not in thai.get(reverse(QUEUE)).content.decode()
    nobody = as_()
    assert [nobody.get(url).status_code for url in pages] == [302, 302, 302, 302]
    assert Merge.objects.count() == 1
    pair.refresh_from_db()
    assert pair.state == "open"


def test_the_queue_and_the_merges_take_a_fixed_number_of_queries(as_: As) -> None:
    officer = make.officer("LA")
    client = as_(officer)

    def queries(url: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        return len(captured)

    merged = merging.merge(make.organisation("LA"), make.organisation("LA"), by=officer, reason="One.")
    waiting_pair()
    queries(reverse(QUEUE))
    few = queries(reverse(QUEUE)), queries(reverse(MERGES))
    for number in range(5):
        one, other = make.organisation("LA", name=f"Lotus {number}"), make.organisation("LA", name=f"Makara {number}")
        merging.name_pair(one, other, by=officer)
        merging.merge(merged.kept, make.organisation("LA"), by=officer, reason="One.")
    assert (queries(reverse(QUEUE)), queries(reverse(MERGES))) == few
