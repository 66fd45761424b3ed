"""Who may read, find and list what of a person: one table for all ways, five circles and ten kinds of readers."""

import pytest

from corridor.directory.models import Profile
from corridor.directory.models.circles import audience_of
from corridor.directory.operations.people import Spoken
from corridor.directory.operations.roster import join_roster
from corridor.directory.states import CONSENT_VERSION, ProfileField
from corridor.kernel.models import User
from corridor.kernel.operations import grant
from corridor.kernel.states import Office, Scope, Theme, Visibility
from corridor.language.operations.find import find
from tests import make, waiting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("model")]

COLLEAGUES = {"the person", "colleague", "manager"}
OF_THE_COUNTRY = COLLEAGUES | {"member of the country", "officer of the country"}
OFFICERS = {"officer of the country", "officer of another country"}
MEMBERS = OF_THE_COUNTRY | OFFICERS | {"member of another country"}
EVERYBODY = MEMBERS | {"visitor", "unvouched", "operator", "closed account"}
READERS = {
    Visibility.TEAM: COLLEAGUES,
    Visibility.NATIONAL: OF_THE_COUNTRY,
    Visibility.SIX: OFFICERS,
    Visibility.MEMBERS: MEMBERS,
    Visibility.PUBLIC: EVERYBODY,
}
FINDERS = {**READERS, Visibility.TEAM: set()}


@pytest.fixture
def cast() -> dict[str, User | None]:
    """One of each kind around a person of Lao PDR."""
    own = make.organisation("LA")
    closed = make.member(home="VN")
    User.objects.filter(pk=closed.pk).update(is_active=False)
    return {
        "visitor": None,
        "unvouched": make.person("LA"),
        "closed account": User.objects.get(pk=closed.pk),
        "operator": make.operator(),
        "member of another country": make.member(home="VN"),
        "member of the country": make.member(home="LA"),
        "officer of the country": make.officer("LA"),
        "officer of another country": make.officer("KH"),
        "colleague": make.member(own),
        "manager": make.manager(own),
        "the person": make.member(own),
        "own": own,
    }


def described(cast: dict[str, User | None], shown: dict[str, str]) -> Profile:
    """The profile of the person, who says something in every field."""
    own = cast.pop("own")
    return make.profile(
        cast["the person"], shown=shown, name="Kham Tuayang", affiliation=own, themes=["health", "green"],
        website="https://kham.example", orcid="0000-0002-1825-0097", headline="Wells without arsenic",
        languages=[Spoken("lo", reads=True, writes=True, speaks=True), Spoken("fr", reads=True)],
    )  # fmt: skip


def readers(cast: dict[str, User | None], profile: Profile, field: str) -> set[str]:
    """Who reads a field, by the rows that a page fetches and by what it then shows; both must agree with the database's own filter."""
    found = set()
    for who, user in cast.items():
        row = Profile.objects.visible_to(user).for_reading().filter(pk=profile.pk).first()
        shown = row.shown_to(audience_of(user)) if row else None
        assert Profile.objects.showing(field, to=user).filter(pk=profile.pk).exists() == bool(
            shown and field in shown.fields
        )
        if shown and field in shown.fields:
            found.add(who)
    return found


def finders(cast: dict[str, User | None], question: str) -> set[str]:
    """Who finds the person by these words."""
    return {who for who, user in cast.items() if any(h.terms for h in find(question, by=user, kinds=["person"]).hits)}


@pytest.mark.parametrize("field", ProfileField)
def test_without_consent_nobody_reads_or_finds_anything(cast, field):
    profile = described(cast, {})
    waiting.do_all()
    assert (readers(cast, profile, field), finders(cast, "Kham Tuayang arsenic wells")) == (set(), set())
    assert not any(Profile.objects.visible_to(user).exists() for user in cast.values())


@pytest.mark.parametrize("circle", Visibility)
def test_a_field_is_read_and_found_by_its_circle_alone(cast, circle):
    profile = described(cast, {"expertise": circle})
    waiting.do_all()
    assert readers(cast, profile, "expertise") == READERS[circle]
    assert finders(cast, "arsenic villages filter") == FINDERS[circle]
    assert readers(cast, profile, "name") == set()
    assert finders(cast, "Kham Tuayang") == set()


@pytest.mark.parametrize("field", ProfileField)
@pytest.mark.parametrize("circle", Visibility)
def test_every_field_goes_by_its_own_consent(cast, field, circle):
    others = {other: "public" for other in ("name", "headline") if other != field}
    profile = described(cast, {**others, field: circle})
    for other in ProfileField:
        if other in others:
            assert readers(cast, profile, other) == EVERYBODY
        elif other != field:
            assert readers(cast, profile, other) == set()
    assert readers(cast, profile, field) == READERS[circle]


@pytest.mark.parametrize("circle", [c for c in Visibility if c != Visibility.PUBLIC])
def test_what_is_for_a_narrower_circle_is_never_found_by_the_public(cast, circle):
    described(cast, {"name": "public", "expertise": circle})
    waiting.do_all()
    assert finders(cast, "Kham Tuayang") == EVERYBODY
    assert finders(cast, "arsenic villages filter") == FINDERS[circle]


def test_a_name_for_members_stands_in_no_passage_of_the_public(cast):
    described(cast, {"name": "members", "expertise": "public"})
    waiting.do_all()
    hits = {who: find("arsenic villages filter", by=user, kinds=["person"]).hits for who, user in cast.items()}
    assert {who for who, found in hits.items() if len(found) == 1} == EVERYBODY
    assert finders(cast, "Kham Tuayang") == MEMBERS


def test_filters_by_country_and_theme_tell_nothing_that_may_not_be_read(cast):
    described(cast, {"expertise": "public", "home": "members", "themes": "six"})
    waiting.do_all()
    question = "arsenic villages filter"
    by_country = {who for who, user in cast.items() if find(question, by=user, kinds=["person"], countries=["LA"]).hits}
    by_theme = {who for who, user in cast.items() if find(question, by=user, kinds=["person"], themes=["health"]).hits}
    assert (by_country, by_theme) == (MEMBERS, OFFICERS)


@pytest.mark.parametrize("circle", [c for c in Visibility if c != Visibility.TEAM])
def test_the_roster_is_read_by_those_who_read_the_entry_and_the_name(cast, circle):
    profile = described(cast, {"name": "members"})
    join_roster(profile, by=cast["the person"], theme="health", visibility=circle, words=CONSENT_VERSION)
    listed = {who for who, user in cast.items() if Profile.objects.on_roster(of="health", to=user).exists()}
    assert listed == READERS[circle] & MEMBERS
    others = [theme for theme in Theme if theme != Theme.HEALTH]
    assert not any(Profile.objects.on_roster(of=theme, to=user).exists() for theme in others for user in cast.values())
    row = Profile.objects.for_reading().get()
    assert {who for who, user in cast.items() if row.shown_to(audience_of(user)).roster} == listed


@pytest.mark.parametrize("gone", ["closed", "ended"])
def test_of_a_closed_account_and_of_somebody_nobody_vouches_for_any_more_nothing_is_shown(cast, gone):
    profile = described(cast, {"name": "public", "expertise": "public"})
    person = cast["the person"]
    join_roster(profile, by=person, theme="health", visibility="public", words=CONSENT_VERSION)
    waiting.do_all()
    if gone == "closed":
        User.objects.filter(pk=person.pk).update(is_active=False)
    else:
        make.end(person)
    assert not any(Profile.objects.visible_to(user).exists() for user in cast.values())
    assert not any(Profile.objects.on_roster(to=user).exists() for user in cast.values())


def test_who_left_an_organisation_is_not_shown_in_its_name_nor_to_its_people(cast):
    profile = described(cast, {"name": "public", "affiliation": "public", "headline": "team"})
    person = cast["the person"]
    make.end(person)
    grant(person, Office.MEMBER, over=(Scope.COUNTRY, "LA"), home="LA", by=None, reason="set-up")
    assert readers(cast, profile, "name") == EVERYBODY
    assert readers(cast, profile, "headline") == set()
    shown = Profile.objects.for_reading().get().shown_to(audience_of(None))
    assert (shown.fields, shown.affiliation) == ({"name"}, None)


def test_the_fields_of_many_people_are_read_in_a_fixed_number_of_queries(cast, django_assert_num_queries):
    described(cast, dict.fromkeys(ProfileField, "public"))
    for _ in range(5):
        make.profile(shown={"name": "public", "headline": "members"})
    with django_assert_num_queries(6):
        rows = list(Profile.objects.visible_to(None).for_reading().order_by("pk"))
        shown = [row.shown_to(audience_of(None)) for row in rows]
        assert [one.headline for one in shown] == ["Wells without arsenic", *[""] * 5]
        assert [len(one.languages) for one in shown] == [2, 0, 0, 0, 0, 0]
