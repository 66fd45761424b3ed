"""What organisations have to give: who says it, what is kept, when it is closed, and that the index follows."""

import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from corridor.directory import rules
from corridor.directory.models import Facility, FacilityClosing, Organisation
from corridor.directory.operations import facilities, facility_index
from corridor.directory.operations.organisations import edit_organisation
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import Event, User
from corridor.language.models import Passage
from corridor.language.operations.find import find
from tests import make, waiting
from tests.hashing import HashingEmbedder

pytestmark = pytest.mark.django_db
NOT_YOURS = "Only the organisation's own manager or its focal point can say what it has to give."
SAID = {"kind": "equipment", "name": "Mass spectrometer", "name_language": "en", "about": "It weighs molecules."}


@pytest.fixture
def own() -> Organisation:
    """An organisation of Lao PDR that nobody verified."""
    return make.organisation("LA", name="Laboratory of the Upper River")


@pytest.fixture
def cast(own: Organisation) -> dict[str, User]:
    """Everybody who might try."""
    return {
        "unvouched": make.person("LA"),
        "member": make.member(own),
        "manager": make.manager(own),
        "other manager": make.manager(make.organisation("LA", is_verified=True)),
        "officer": make.officer("LA"),
        "head": make.head("LA"),
        "officer of Cambodia": make.officer("KH"),
        "head of China": make.head("CN"),
        "operator": make.operator(),
    }


def events_of(facility: Facility) -> list[tuple[str, dict[str, object]]]:
    """What happened to it."""
    return [(event.verb, event.facts) for event in Event.objects.about(facility)]


def said_of(reasons: object) -> list[str]:
    """The reasons of a refusal, in words."""
    return [str(reason) for reason in reasons]


def test_it_is_said_by_its_manager_and_its_focal_point_verified_or_not(cast, own):
    assert {who for who, user in cast.items() if rules.may_add_facility(user, own)} == {"manager", "officer", "head"}
    facility = make.facility(own)
    for rule in (rules.may_mend_facility, rules.may_close_facility):
        assert {who for who, user in cast.items() if rule(user, facility)} == {"manager", "officer", "head"}
    facilities.close(facility, by=cast["officer"], reason="Sold.")
    assert {who for who, u in cast.items() if rules.may_reopen_facility(u, facility)} == {"manager", "officer", "head"}


def test_all_reasons_are_given(cast, own):
    facility = make.facility(own)
    assert said_of(rules.may_reopen_facility(cast["member"], facility).reasons) == [NOT_YOURS, "This is not closed."]
    facilities.close(facility, by=cast["head"], reason="Sold.")
    assert said_of(rules.may_close_facility(cast["officer of Cambodia"], facility).reasons) == [
        NOT_YOURS, "This is closed already.",
    ]  # fmt: skip


def test_a_manager_adds_and_everything_is_kept(own):
    manager = make.manager(own)
    facts = {
        "admission": "Ask a week before.", "price": "Free for students", "about_language": "lo",
        "spoken": ["lo", "en"], "contact": "lab@a.example", "opening": "agreement", "capacity": Decimal("12.50"),
        "capacity_unit": "samples_day", "themes": ["health"], "source": "Its catalogue",
        "source_on": datetime.date(2026, 5, 1),
    }  # fmt: skip
    made = facilities.add(own, by=manager, **SAID, **facts)
    kept = Facility.objects.values(*SAID, *facts, "home", "organisation").get()
    assert kept == {**SAID, **facts, "home": "LA", "organisation": own.pk}
    assert events_of(made) == [("facility.added", {"organisation": str(own.pk), "kind": "equipment"})]
    assert waiting.waiting("directory.index_facility") == [{"facility": str(made.pk)}]


@pytest.mark.parametrize(
    "who", ["unvouched", "member", "other manager", "officer of Cambodia", "head of China", "operator"]
)
def test_others_add_mend_close_and_open_nothing(cast, own, who):
    facility, closed = make.facility(own, **SAID), make.facility(own)
    facilities.close(closed, by=cast["officer"], reason="Sold.")
    before = (Event.objects.count(), len(waiting.waiting()), Facility.objects.count())
    by = cast[who]
    for act in (
        lambda: facilities.add(own, by=by, **{**SAID, "name": "Another"}),
        lambda: facilities.mend(facility, by=by, name="Renamed"),
        lambda: facilities.close(facility, by=by, reason="Because."),
        lambda: facilities.reopen(closed, by=by),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert said_of(refusal.value.reasons) == [NOT_YOURS]
    assert (Event.objects.count(), len(waiting.waiting()), Facility.objects.count()) == before
    assert (Facility.objects.get(pk=facility.pk).name, FacilityClosing.objects.count()) == ("Mass spectrometer", 1)


def test_a_name_stands_once_in_an_organisation_and_freely_in_others(own):
    manager = make.manager(own)
    facilities.add(own, by=manager, **SAID)
    other = make.facility(own, name="Another")
    for act in (
        lambda: facilities.add(own, by=manager, **SAID),
        lambda: facilities.mend(other, by=manager, name=SAID["name"]),
    ):
        with pytest.raises(Refused, match="something of this name already"):
            act()
    assert sorted(Facility.objects.values_list("name", flat=True)) == ["Another", "Mass spectrometer"]
    make.facility(make.organisation("LA"), **SAID)
    assert Facility.objects.filter(name="Mass spectrometer").count() == 2


def test_nobody_gives_the_address_they_sign_in_with(own):
    manager = make.manager(own, email="Kham@a.example")
    with pytest.raises(Refused, match="your own address"):
        facilities.add(own, by=manager, **SAID, contact="Write to kham@A.example please")
    made = facilities.add(own, by=manager, **SAID, contact="office@a.example")
    with pytest.raises(Refused, match="your own address"):
        facilities.mend(made, by=manager, contact="kham@a.example")
    assert Facility.objects.get().contact == "office@a.example"


def test_a_page_holds_so_many_and_no_more(own, monkeypatch):
    monkeypatch.setattr(rules.facilities, "MOST_FACILITIES", 2)
    make.facility(own)
    make.facility(own)
    with pytest.raises(Refused, match="as much as a page can hold"):
        facilities.add(own, by=make.manager(own), **SAID)
    assert Facility.objects.count() == 2


def test_mending_writes_what_changed_and_nothing_else(own):
    facility, manager = make.facility(own, **SAID), make.manager(own)
    waiting.do_all(but=("directory.index_organisation", "directory.index_facility"))
    told = len(waiting.waiting())
    facilities.mend(facility, by=manager, **SAID)
    assert (len(events_of(facility)), len(waiting.waiting())) == (1, told)
    facilities.mend(facility, by=manager, **{**SAID, "price": "Free", "themes": ["green"]})
    assert events_of(facility)[1:] == [("facility.mended", {"fields": ["price", "themes"]})]
    assert (Facility.objects.get().price, len(waiting.waiting())) == ("Free", told + 1)


def test_what_is_closed_says_since_when_and_why_and_can_be_opened_again(own):
    facility, manager = make.facility(own), make.manager(own)
    facilities.close(facility, by=manager, reason="The lamp is broken.")
    closing = FacilityClosing.objects.get()
    assert (closing.facility, closing.closed_by, closing.reason) == (facility, manager, "The lamp is broken.")
    assert list(Facility.objects.open()) == []
    with pytest.raises(Refused, match="closed already"):
        facilities.close(facility, by=manager, reason="Again.")
    facilities.reopen(facility, by=manager)
    assert (FacilityClosing.objects.count(), facility.is_closed, list(Facility.objects.open())) == (
        0,
        False,
        [facility],
    )
    with pytest.raises(Refused, match="not closed"):
        facilities.reopen(facility, by=manager)
    assert [verb for verb, _facts in events_of(facility)] == ["facility.added", "facility.closed", "facility.reopened"]


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"home": "La"}, "facility_has_home"),
        ({"kind": "castle"}, "facility_kind_known"),
        ({"opening": "perhaps"}, "facility_opening_known"),
        ({"name": ""}, "facility_has_name"),
        ({"capacity": 5}, "facility_capacity_has_unit"),
        ({"capacity_unit": "ha"}, "facility_capacity_has_unit"),
        ({"capacity": -1, "capacity_unit": "ha"}, "facility_capacity_has_unit"),
        ({"capacity": 1, "capacity_unit": "elephants"}, "facility_capacity_has_unit"),
        ({"themes": ["castles"]}, "facility_themes_known"),
        ({"spoken": ["lo", "tlh"]}, "facility_languages_known"),
    ],
)
def test_the_database_holds_what_must_always_be_so(own, wrong, constraint):
    facility = make.facility(own)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Facility.objects.filter(pk=facility.pk).update(**wrong)


def test_a_closing_without_a_reason_is_none(own):
    facility = make.facility(own)
    with pytest.raises(IntegrityError, match="facility_closing_has_reason"), transaction.atomic():
        facilities.close(facility, by=make.manager(own), reason="")
    assert FacilityClosing.objects.count() == 0


@pytest.fixture
def listed(model: HashingEmbedder, own: Organisation) -> Facility:
    """A spectrometer in the index, among others."""
    made = make.facility(own, **SAID, admission="Samples come frozen.", themes=["health"])
    for number in range(4):
        make.facility(make.organisation("VN"), kind="land", name=f"Plot {number}", themes=["industry"])
    waiting.do_all()
    return made


def found(query: str, **facets: object) -> list[object]:
    """What the index finds by words."""
    return [hit.record_id for hit in find(query, by=None, kinds=["facility"], **facets).hits if hit.terms]


def test_it_is_found_by_name_text_terms_and_by_whose_it_is(listed):
    for query in ("spectrometer", "molecules", "frozen samples", "Laboratory Upper River"):
        assert found(query) == [listed.pk], query
    assert found("spectrometer", directions=["equipment"], countries=["LA"], themes=["health"]) == [listed.pk]
    for narrowed in ({"directions": ["land"]}, {"countries": ["VN"]}, {"themes": ["green"]}):
        assert found("spectrometer", **narrowed) == []


def test_where_to_ask_is_not_searched(own, model):
    make.facility(own, **SAID, contact="zqxw@a.example")
    waiting.do_all()
    assert found("zqxw") == []


def test_what_is_closed_leaves_the_index_and_comes_back_when_it_is_opened(listed, own):
    manager = make.manager(own)
    facilities.close(listed, by=manager, reason="Sold.")
    waiting.do_all()
    assert Passage.objects.filter(record_id=listed.pk).count() == 0
    facilities.reopen(listed, by=manager)
    waiting.do_all()
    assert found("spectrometer") == [listed.pk]


def test_the_index_follows_what_is_mended_and_a_new_name_of_its_organisation(listed, own):
    facilities.mend(listed, by=make.manager(own), name="Centrifuge", about="It turns.")
    edit_organisation(own, by=make.officer("LA"), names=[("official", "en", "Riverhead Centre")])
    waiting.do_all()
    assert (found("centrifuge"), found("Riverhead"), found("spectrometer"), found("Upper River")) == (
        [listed.pk], [listed.pk], [], [],
    )  # fmt: skip


def test_what_is_gone_with_its_organisation_leaves_the_index(listed, own):
    key = str(own.pk)
    Organisation.objects.filter(pk=own.pk).delete()
    facility_index.follow_organisations(key)
    facility_index.follow(str(listed.pk))
    assert Passage.objects.filter(record_id=listed.pk).count() == 0


def test_following_twice_changes_nothing(listed, own, model):
    before = list(Passage.objects.order_by("pk").values_list("pk", "digest", "text"))
    read = len(model.read)
    facility_index.follow(str(listed.pk))
    facility_index.follow_organisations(str(own.pk))
    assert (list(Passage.objects.order_by("pk").values_list("pk", "digest", "text")), len(model.read)) == (before, read)


def test_a_new_index_holds_what_is_open_and_what_was_left_behind_is_swept_out(listed, own):
    facilities.close(listed, by=make.manager(own), reason="Sold.")
    assert str(listed.pk) not in {str(entry.record_id) for entry in facility_index.entries()}
    assert len(facility_index.entries()) == 4
    assert facility_index.entries(only_missing=True) == []
    assert (facility_index.sweep(), Passage.objects.filter(record_id=listed.pk).count()) == (1, 0)
