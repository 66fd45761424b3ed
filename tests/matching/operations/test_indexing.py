"""The index follows notices, whatever happens while the model reads."""

import pytest

from corridor.language.models import Passage
from corridor.language.operations.index import put
from corridor.matching.models import Notice
from corridor.matching.operations import indexing, notices
from tests import make, waiting
from tests.hashing import HashingEmbedder

pytestmark = pytest.mark.django_db


def kept() -> list[tuple[str, str]]:
    """What the index says of notices."""
    return list(Passage.objects.filter(kind="notice").order_by("pk").values_list("heading", "visibility"))


def test_following_twice_changes_nothing_and_reads_nothing_again(model: HashingEmbedder):
    notice = make.published(title="Dryer")
    indexing.follow(str(notice.pk))
    before, read = list(Passage.objects.values()), len(model.read)
    indexing.follow(str(notice.pk))
    after = list(Passage.objects.values())
    assert [{**row, "indexed_at": None, "embedding": str(row["embedding"])} for row in after] == [
        {**row, "indexed_at": None, "embedding": str(row["embedding"])} for row in before
    ]
    assert len(model.read) == read


def test_a_notice_that_leaves_the_site_while_the_model_reads_does_not_stay_in_the_index(model, monkeypatch):
    notice = make.published()
    read = model.embed

    def suspended_meanwhile(texts, kind):
        if notice.state == "published":
            notices.suspend(notice, by=make.officer("LA"), reason="A complaint.")
            indexing.follow(str(notice.pk))  # the job of the suspension, by another worker
        return read(texts, kind)

    monkeypatch.setattr(model, "embed", suspended_meanwhile)
    indexing.follow(str(notice.pk))
    assert kept() == []


def test_a_notice_that_is_gone_leaves_the_index():
    notice = make.published()
    indexing.follow(str(notice.pk))
    Notice.objects.filter(pk=notice.pk).update(published=None, state="draft")
    Notice.objects.filter(pk=notice.pk).delete()
    indexing.follow(str(notice.pk))
    assert kept() == []


def test_sweeping_takes_out_what_readers_may_no_longer_find_and_nothing_else():
    stays, goes = make.published(title="Stays"), make.published(title="Goes")
    stale = indexing.entries()
    notices.withdraw(goes, by=goes.author)
    put(*stale)  # as a long bulk write does that began before
    assert sorted(kept()) == [("Goes", "public"), ("Stays", "public")]
    assert (indexing.sweep(), kept(), indexing.sweep()) == (1, [("Stays", "public")], 0)
    assert stays in Notice.objects.open()


def test_only_what_the_index_lacks_is_given_when_asked_for():
    first = make.published()
    waiting.do_all()
    second = make.published()
    assert [entry.record_id for entry in indexing.entries(only_missing=True)] == [second.pk]
    assert {entry.record_id for entry in indexing.entries()} == {first.pk, second.pk}
