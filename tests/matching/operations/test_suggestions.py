"""Suggested partners: whose, which, for whom, and who is told."""

import datetime

import pytest

from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import Event, Letter
from corridor.kernel.states import Visibility
from corridor.language.operations.find import find
from corridor.language.operations.index import count_words
from corridor.matching.models import Dismissal, Notice
from corridor.matching.operations import notices
from corridor.matching.operations.suggestions import dismiss, restore, suggest, tell_watchers
from corridor.matching.states import COUNTERPARTS, NoticeKind
from tests import make, waiting

pytestmark = pytest.mark.django_db
OFFER = {
    "kind": "offer",
    "title": "Dryers for parchment coffee",
    "text": "We build dryers for coffee that run on husk.",
}
DAY = datetime.timedelta(days=1)


def ids(notice: Notice, by=None, **facts: object) -> set[object]:
    """Which notices are suggested."""
    return {hit.record_id for hit in suggest(notice, by=by or notice.author, **facts).notices}


@pytest.fixture
def need() -> Notice:
    """A draft that looks for a dryer."""
    return make.notice()


@pytest.mark.parametrize("kind", NoticeKind)
def test_each_kind_is_answered_by_its_counterparts_and_by_no_other(kind):
    others = {other: make.published(**{**OFFER, "kind": other}) for other in NoticeKind}
    waiting.do_all()
    asking = make.notice(kind=kind)
    assert ids(asking) == {others[other].pk for other in COUNTERPARTS[kind]}


def test_a_draft_gets_suggestions_and_is_found_by_nobody(need):
    offer = make.published(**OFFER)
    waiting.do_all()
    assert ids(need) == {offer.pk}
    assert need.pk not in {hit.record_id for hit in find(make.TITLE, by=need.author).hits}
    assert ids(offer, by=offer.author) == set()


def test_only_other_organisations_are_suggested(need):
    make.published(need.author, of=need.organisation, **OFFER)
    other = make.published(**OFFER)
    waiting.do_all()
    found = suggest(need, by=need.author)
    assert {hit.record_id for hit in found.notices} == {other.pk}
    assert need.organisation_id not in {hit.record_id for hit in found.organisations}
    assert other.organisation_id in {hit.record_id for hit in found.organisations}


def test_a_draft_that_names_no_organisation_yet_does_not_get_its_own_peoples_notices():
    own = make.organisation("LA")
    author = make.member(own)
    make.published(author, of=own, **OFFER)
    other = make.published(**OFFER)
    waiting.do_all()
    asking = notices.draft(by=author, kind="need", title=make.TITLE, text=make.TEXT, language="en")
    found = suggest(asking, by=author)
    assert {hit.record_id for hit in found.notices} == {other.pk}
    assert own.pk not in {hit.record_id for hit in found.organisations}


@pytest.mark.parametrize("change", ["draft", "submitted", "withdrawn", "fulfilled", "suspended", "over"])
def test_only_open_notices_are_suggested(need, change):
    offer = make.notice(**OFFER)
    if change != "draft":
        notices.submit(offer, by=offer.author)
    if change not in ("draft", "submitted"):
        notices.publish(offer.latest, by=make.officer("LA"))
    if change == "withdrawn":
        notices.withdraw(offer, by=offer.author)
    if change == "fulfilled":
        notices.fulfil(offer, by=offer.author)
    if change == "suspended":
        notices.suspend(offer, by=make.officer("LA"), reason="A complaint.")
    if change == "over":
        Notice.objects.filter(pk=offer.pk).update(valid_until=make.today() - DAY)
    waiting.do_all()
    assert ids(need) == set()


@pytest.mark.parametrize("circle", Visibility)
def test_only_what_the_reader_may_see_is_suggested(circle):
    offer = make.published(home="VN", **OFFER, visibility=circle)
    waiting.do_all()
    need = make.notice(home="LA")
    abroad = {Visibility.MEMBERS, Visibility.PUBLIC}
    assert ids(need) == ({offer.pk} if circle in abroad else set())
    assert ids(need, by=make.officer("LA")) == ({offer.pk} if circle in abroad | {Visibility.SIX} else set())


def test_dismissed_ones_are_gone_from_that_persons_list_only(need):
    kept, gone = make.published(**OFFER), make.published(**OFFER)
    waiting.do_all()
    colleague = make.member(need.organisation)
    for _ in range(2):
        dismiss(need, by=need.author, kind="notice", record_id=gone.pk, reason="far")
    assert (ids(need), ids(need, by=colleague)) == ({kept.pk}, {kept.pk, gone.pk})
    assert gone.pk in {hit.record_id for hit in find("dryer", by=need.author).hits}
    assert ids(make.notice(need.author, of=need.organisation)) == {kept.pk, gone.pk}
    assert Dismissal.objects.count() == 1
    assert (restore(need, by=colleague), restore(need, by=need.author), ids(need)) == (0, 1, {kept.pk, gone.pk})


def test_a_dismissed_organisation_is_gone_from_that_persons_list_only(need):
    other = make.organisation("VN", name="Coffee dryer works")
    waiting.do_all()
    colleague = make.member(need.organisation)
    dismiss(need, by=need.author, kind="organisation", record_id=other.pk, reason="known")
    lists = [{hit.record_id for hit in suggest(need, by=user).organisations} for user in (need.author, colleague)]
    assert [other.pk in one for one in lists] == [False, True]


def test_nobody_dismisses_for_somebody_else(need):
    offer = make.published(**OFFER)
    before = Event.objects.count()
    stranger = make.member()
    before = Event.objects.count()
    with pytest.raises(Refused):
        dismiss(need, by=stranger, kind="notice", record_id=offer.pk, reason="far")
    assert (Dismissal.objects.count(), Event.objects.count()) == (0, before)


def test_when_nothing_fits_nothing_is_suggested_and_the_nearest_organisations_still_are(need):
    make.organisation("VN", name="Institute of coffee")
    waiting.do_all()
    found = suggest(need, by=need.author)
    assert (found.notices, found.has_meaning, len(found.organisations) > 0) == ([], True, True)


def test_without_the_model_words_suggest_and_the_answer_says_so(need, model):
    offers = [make.published(**OFFER) for _ in range(2)]
    waiting.do_all()
    count_words()
    model.is_down = True
    found = suggest(need, by=need.author)
    assert ({hit.record_id for hit in found.notices}, found.has_meaning) == ({offer.pk for offer in offers}, False)


def test_watchers_are_told_once_of_what_suits_them_after_the_index_has_read_it(need):
    notices.watch(need, by=need.author)
    offer = make.published(**OFFER)
    Letter.objects.all().delete()
    done = waiting.do_all(but=("kernel.post_letter",))
    assert done.index("matching.index_notice") < done.index("matching.tell_watchers")
    letter = Letter.objects.get()
    assert (letter.user, letter.template) == (need.author, "suggestion_new")
    assert letter.facts == {
        "notice": str(need.pk), "title": make.TITLE, "found": str(offer.pk), "found_title": OFFER["title"],
    }  # fmt: skip
    for _ in range(2):
        tell_watchers(str(offer.pk))
    assert Letter.objects.count() == 1


@pytest.mark.parametrize("why", ["another kind", "own organisation", "not visible", "dismissed", "ended", "gone"])
def test_watchers_are_not_told_of_what_is_not_for_them(need, why):
    notices.watch(need, by=need.author)
    facts = dict(OFFER)
    if why == "another kind":
        facts["kind"] = "need"
    if why == "not visible":
        facts["visibility"] = "team"
    author = make.member(need.organisation) if why == "own organisation" else None
    if why == "ended":
        notices.withdraw(need, by=need.author)
    offer = make.published(author, of=need.organisation if author else None, **facts)
    if why == "dismissed":
        dismiss(need, by=need.author, kind="notice", record_id=offer.pk, reason="far")
    if why == "gone":
        notices.withdraw(offer, by=offer.author)
    Letter.objects.all().delete()
    waiting.do_all(but=("kernel.post_letter",))
    assert Letter.objects.count() == 0
