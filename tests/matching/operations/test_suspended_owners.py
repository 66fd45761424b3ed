"""Notices and problems of a suspended organisation leave the site at once, stand still, and come back when it is lifted."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from corridor.directory.models import Organisation
from corridor.kernel.models import Letter
from corridor.language.models import Passage
from corridor.language.operations.find import find
from corridor.matching.models import (
    Answer,
    Notice,
    PostedProblem,
    Wording,
)
from corridor.matching.operations import (
    calendars,
    exporting,
    indexing,
    mandates,
    notices,
    problems,
    suggestions,
    translations,
)
from corridor.matching.states import NoticeState
from tests import make, waiting
from tests.matching.suspended import RESTS, SUSPENDED, fresh, lift, suspend, why_not

pytestmark = pytest.mark.django_db


def test_its_notices_leave_lists_search_export_and_calendar_in_the_same_moment_and_come_back() -> None:
    owner = make.organisation("LA")
    author, reader, stranger = make.member(owner), make.member(home="LA"), make.officer("TH")
    notice, other = make.published(author, of=owner), make.published(title="Another need")
    waiting.do_all()
    assert {hit.record_id for hit in find("dryer", by=None, kinds=["notice"]).hits} == {notice.pk, other.pk}

    def seen() -> list[object]:
        readable = [Notice.objects.visible_to(one).filter(pk=notice.pk).exists() for one in (None, reader, stranger)]
        rows = [row["id"] for row in exporting.notices() if row["id"] == notice.pk]
        in_index = Passage.objects.filter(kind="notice", record_id=notice.pk).exists()
        deadlines = [one.pk for one in calendars.deadlines(author)]
        return [*readable, Notice.objects.open().filter(pk=notice.pk).exists(), rows, in_index, deadlines]

    assert seen() == [True, True, True, True, [notice.pk], True, [notice.pk]]
    suspend(owner)
    assert seen() == [False, False, False, False, [], False, []]  # before any job has run
    assert {hit.record_id for hit in find("dryer", by=None, kinds=["notice"]).hits} == {other.pk}
    waiting.do_all()
    assert (seen(), fresh(notice).state) == ([False, False, False, False, [], False, []], NoticeState.PUBLISHED)
    readers = [author, make.manager(owner), make.officer("LA")]
    assert [Notice.objects.visible_to(one).filter(pk=notice.pk).exists() for one in readers] == [True] * 3
    lift(owner)
    waiting.do_all()
    assert seen() == [True, True, True, True, [notice.pk], True, [notice.pk]]
    assert Notice.objects.open().count() == 2


def test_a_worker_that_read_a_notice_before_does_not_bring_it_back(monkeypatch: pytest.MonkeyPatch, model: Any) -> None:
    owner = make.organisation("LA")
    notice, read = make.published(of=owner), model.embed

    def suspended_meanwhile(texts: Any, kind: str) -> Any:
        if not Organisation.objects.get(pk=owner.pk).is_suspended:
            suspend(owner)
        return read(texts, kind)

    monkeypatch.setattr(model, "embed", suspended_meanwhile)
    indexing.follow(str(notice.pk))
    assert Passage.objects.filter(kind="notice").count() == 0
    assert (indexing.entries(), indexing.entries(only_missing=True), indexing.sweep()) == ([], [], 0)


def test_a_notice_that_has_run_out_meanwhile_does_not_come_back() -> None:
    owner = make.organisation("LA")
    notice = make.published(of=owner)
    suspend(owner)
    Notice.objects.filter(pk=notice.pk).update(valid_until=make.today() - datetime.timedelta(days=1))
    notices.expire(notice)
    lift(owner)
    waiting.do_all()
    assert (fresh(notice).state, Notice.objects.open().count()) == (NoticeState.EXPIRED, 0)
    assert Passage.objects.filter(kind="notice").count() == 0


def test_nothing_is_published_renewed_or_changed_and_drafts_are_kept_and_written() -> None:
    owner = make.organisation("LA", is_verified=True)
    author, officer = make.manager(owner), make.officer("LA")
    published, submitted = make.published(author, of=owner), make.submitted(author, of=owner)
    draft = make.notice(author, of=owner)
    suspend(owner)
    until = make.today() + datetime.timedelta(days=200)
    own = [
        lambda: notices.submit(draft, by=author),
        lambda: notices.renew(published, by=author, until=until),
        lambda: notices.write(published, by=author, facts={"trl": 5}),
        lambda: translations.translate(published, by=author, language="lo", texts={"title": "ກ", "text": "ຂ"}),
        lambda: notices.publish(submitted.latest, by=officer),
        lambda: mandates.mandate(draft, by=author, owner_name="A", contact="b", consent="c"),
    ]
    assert [why_not(act) for act in own] == [[SUSPENDED]] * len(own)
    states = {notice: fresh(notice).state for notice in (published, submitted, draft)}
    assert states == {published: "published", submitted: "submitted", draft: "draft"}
    assert Wording.objects.filter(state="published").count() == 1
    notices.write(draft, by=author, texts={"title": "A better title"})
    notices.take_back(submitted, by=author)
    assert draft.latest.title == "A better title"
    lift(owner)
    notices.submit(draft, by=author)
    notices.publish(draft.latest, by=officer)
    assert fresh(draft).is_open


def test_its_people_may_always_end_what_they_published() -> None:
    owner = make.organisation("LA")
    author = make.member(owner)
    one, other = make.published(author, of=owner), make.published(author, of=owner)
    suspend(owner)
    notices.withdraw(one, by=author)
    notices.fulfil(other, by=author)
    lift(owner)
    assert [fresh(notice).state for notice in (one, other)] == ["withdrawn", "fulfilled"]
    assert Notice.objects.open().count() == 0


def test_a_notice_that_was_suspended_itself_stays_off_the_site_when_its_organisation_returns() -> None:
    owner = make.organisation("LA")
    notice = make.published(of=owner)
    notices.suspend(notice, by=make.officer("LA"), reason="False.")
    suspend(owner)
    lift(owner)
    assert (fresh(notice).state, Notice.objects.visible_to(None).count()) == (NoticeState.SUSPENDED, 0)


def test_nobody_is_written_to_about_its_notices_and_it_is_suggested_to_nobody() -> None:
    owner = make.organisation("LA", name="Dryer makers", about="We make dryers for coffee.")
    need = make.published(of=make.organisation("TH"))
    watching = need.author
    notices.watch(need, by=watching)
    offer = make.published(of=owner, kind="offer", title="A dryer for coffee")
    waiting.do_all(but=("matching.tell_watchers",))
    before = suggestions.suggest(need, by=watching)
    assert {hit.record_id for hit in (*before.notices, *before.organisations)} >= {offer.pk, owner.pk}
    suspend(owner)
    after = suggestions.suggest(need, by=watching)
    assert {hit.record_id for hit in (*after.notices, *after.organisations)} & {offer.pk, owner.pk} == set()
    suggestions.tell_watchers(str(offer.pk))
    assert Letter.objects.filter(template="suggestion_new").count() == 0


def test_problems_and_answers_of_a_network_stand_still() -> None:
    owner, other = make.organisation("LA", is_verified=True), make.organisation("TH")
    network = make.network(owner)
    make.joined(network, other)
    one, answerer = make.member(owner), make.member(other)
    problem = problems.post_problem(make.published(one, of=owner), network, by=one)
    second = make.published(one, of=owner)
    theirs = problems.post_problem(make.published(answerer, of=other), network, by=answerer)
    given = problems.answer_problem(problem, other, by=answerer, text="We can.")
    own = problems.answer_problem(theirs, owner, by=one, text="So can we.")
    suspend(owner)
    assert why_not(lambda: problems.answer_problem(theirs, owner, by=one, text="More.")) == [
        SUSPENDED,
        "This organisation has answered already.",
    ]
    assert SUSPENDED in why_not(lambda: problems.post_problem(second, network, by=one))
    assert why_not(lambda: problems.decide_answer(given, by=one, state="taken_up")) == [SUSPENDED]
    assert why_not(lambda: problems.decide_answer(own, by=answerer, state="taken_up")) == [RESTS]
    assert (PostedProblem.objects.count(), set(Answer.objects.values_list("state", flat=True))) == (2, {"given"})
    problems.withdraw_answer(own, by=one)
    lift(owner)
    problems.decide_answer(given, by=one, state="taken_up")
    assert sorted(Answer.objects.values_list("state", flat=True)) == ["taken_up", "withdrawn"]
