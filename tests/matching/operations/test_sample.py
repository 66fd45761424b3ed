"""The sample comes and goes as a whole; its events stay, and nothing of other people goes with it."""

import io

import pytest
from django.core.management import CommandError, call_command

from corridor.directory.models import Facility, Organisation
from corridor.directory.operations import facility_index
from corridor.kernel.models import Event, Grant, Letter, User
from corridor.language.models import Passage, Translation
from corridor.language.operations.index import put
from corridor.matching.models import Notice, Wording
from corridor.matching.operations import sample
from corridor.matching.operations.indexing import entries
from tests import make, waiting

pytestmark = pytest.mark.django_db
MODELS = (Notice, Wording, Organisation, Facility, User, Grant, Letter, Translation, Passage)


def counts() -> dict[str, int]:
    """How much there is of everything."""
    return {model.__name__: model.objects.count() for model in MODELS}


def test_the_sample_has_what_it_promises_is_marked_and_loading_it_twice_is_nothing():
    loaded = sample.load_sample()
    rows = Notice.objects.all()
    assert loaded == rows.count() >= 84
    assert [set(model.objects.values_list("is_sample", flat=True)) for model in (Notice, Organisation, User)] == [
        {True}
    ] * 3
    assert {w.language for w in Wording.objects.all()} == {"en", "km", "lo", "my", "th", "vi", "zh-hans"}
    assert {theme for notice in rows for theme in notice.themes} == {
        "talent", "poverty", "industry", "health", "digital", "green", "innovation", "policy",
    }  # fmt: skip
    assert set(rows.values_list("home", flat=True)) == {"KH", "CN", "LA", "MM", "TH", "VN"}
    given = Facility.objects.all()
    assert sorted(given.values_list("home", flat=True)) == sorted(["KH", "CN", "LA", "MM", "TH", "VN"] * 4)
    assert set(given.values_list("name_language", flat=True)) == {"en", "km", "lo", "my", "th", "vi", "zh-hans"}
    assert {facility.is_sample for facility in given.for_reading()} == {True}
    assert Letter.objects.count() == 0
    before = counts()
    assert (sample.load_sample(), counts()) == (0, before)


def test_unloading_takes_everything_but_the_events_and_what_other_people_wrote():
    mine = make.published(title="A real dryer")
    before = {name: count for name, count in counts().items() if name != "Passage"}
    loaded = sample.load_sample()
    put(*entries()[:10], *facility_index.entries()[:3], embed=False)
    events = Event.objects.count()
    assert sample.unload_sample() == loaded
    assert {name: count for name, count in counts().items() if name != "Passage"} == before
    assert set(Passage.objects.values_list("record_id", flat=True)) <= {mine.pk}
    assert Event.objects.count() == events + 1
    last = Event.objects.order_by("at", "id").last()
    assert (last.verb, last.facts) == ("sample.unloaded", {"notices": loaded})
    waiting.do_all(but=("kernel.post_letter",))  # jobs that still wait for the sample find it gone
    assert set(Passage.objects.values_list("record_id", flat=True)) == {mine.pk, mine.organisation_id}


def test_a_sample_person_on_whose_word_something_real_rests_is_switched_off_and_stays_and_the_sample_comes_again():
    loaded = sample.load_sample()
    officer = User.objects.get(pk=Grant.objects.filter(office="focal_point_officer", home="LA").first().user_id)
    mine = make.published(publisher=officer)
    sample.unload_sample()
    officer.refresh_from_db()
    mine.refresh_from_db()
    assert (officer.is_active, mine.published.decided_by, officer.grants.count()) == (False, officer, 0)
    assert list(User.objects.filter(is_sample=True)) == [officer]
    assert sample.load_sample() == loaded


def test_unloading_what_is_not_there_is_nothing():
    assert (sample.unload_sample(), Event.objects.count()) == (0, 0)


def test_the_sample_is_not_loaded_outside_development(settings):
    settings.DEVELOPMENT = False
    with pytest.raises(CommandError, match="for development"):
        call_command("load", "sample", stdout=io.StringIO())
    assert counts() == {model.__name__: 0 for model in MODELS}
