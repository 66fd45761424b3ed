"""My profile: describing, choosing readers, previews, the roster, withdrawing."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from corridor.directory.models import ConsentWithdrawal, FieldConsent, Profile, RosterEntry
from corridor.directory.operations.people import Spoken, withdraw_everything
from corridor.directory.operations.roster import join_roster
from corridor.directory.states import CONSENT_VERSION as WORDS
from corridor.kernel.models import Event, User
from tests import make

As = Callable[..., Client]
LANGUAGES = [code for code, _ in settings.LANGUAGES]
PAGES = ("my-profile", "my-description", "my-roster", "my-withdrawal")
ROWS = {"languages-TOTAL_FORMS": "3", "languages-INITIAL_FORMS": "0"}
SAID = {
    "name": "Kham Tuayang", "home": "LA", "headline": "Wells", "expertise": "I test wells.", "expertise_language": "en",
    "themes": ["health", "green"], "affiliation_text": "A laboratory", "website": "https://kham.example",
    "orcid": "https://orcid.org/0000-0002-1825-0097", **ROWS, "languages-0-tag": "lo", "languages-0-speaks": "on",
    "languages-1-tag": "hmn", "languages-1-reads": "on", "languages-1-writes": "on",
}  # fmt: skip


def as_it_stands(client: Client, url: str) -> dict[str, str]:
    """What the form of the page would send if nobody touched it."""
    form = client.get(url).context["form"]
    return {**{name: form[name].value() for name in form.fields}, "words": form.version, "seen": form.seen}


def send(client: Client, url: str, **changes: str) -> HttpResponse:
    """Send the form with some choices changed."""
    return client.post(url, {**as_it_stands(client, url), **changes})


def circles(user: User) -> dict[str, str]:
    """Who reads which field of a person."""
    return dict(FieldConsent.objects.filter(profile__user=user).values_list("field", "visibility"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_reads_in_every_language(as_: As, language: str) -> None:
    person = make.member()
    make.profile(person, shown={"name": "public"}, languages=[Spoken("lo", speaks=True)], themes=["health"])
    client = as_(person, language)
    assert [client.get(reverse(name)).status_code for name in PAGES] == [200] * len(PAGES)


def test_a_visitor_signs_in_first(as_: As) -> None:
    for name in PAGES:
        assert as_().get(reverse(name))["Location"].startswith(reverse("account_login"))


def test_who_has_said_nothing_yet_is_shown_where_to_begin(as_: As) -> None:
    client = as_(make.member())
    assert reverse("my-description") in client.get(reverse("my-profile")).content.decode()
    assert client.get(reverse("my-roster"))["Location"] == reverse("my-profile")
    assert client.get(reverse("my-withdrawal")).status_code == 404


def test_describing_oneself_keeps_everything_and_shows_nothing(as_: As) -> None:
    person = make.member()
    answer = as_(person).post(reverse("my-description"), SAID)
    profile = Profile.objects.get(user=person)
    assert answer["Location"] == reverse("my-profile")
    assert (profile.name, profile.home, profile.themes, profile.orcid) == (
        "Kham Tuayang", "LA", ["health", "green"], "0000-0002-1825-0097"
    )  # fmt: skip
    assert list(profile.languages.values_list("tag", "reads", "writes", "speaks")) == [
        ("lo", False, False, True), ("hmn", True, True, False)
    ]  # fmt: skip
    assert circles(person) == {}
    assert as_(make.officer("LA")).get(reverse("person", args=[profile.pk])).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        ({"orcid": "0000-0002-1825-0098"}, "orcid"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"home": "FR"}, "home"),
        ({"themes": ["magic"]}, "themes"),
        ({"headline": "x" * 161}, "headline"),
        ({"languages-0-speaks": ""}, "languages-0-tag"),
        ({"languages-2-speaks": "on"}, "languages-2-tag"),
        ({"languages-1-tag": "lo"}, "languages-1-tag"),
        ({"languages-1-tag": "tlh"}, "languages-1-tag"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(as_: As, wrong: dict[str, str], at: str) -> None:
    page = as_(make.member()).post(reverse("my-description"), {**SAID, **wrong})
    text = page.content.decode()
    assert (page.status_code, Profile.objects.count()) == (200, 0)
    assert all(typed in text for typed in ("Kham Tuayang", "I test wells.", "A laboratory"))
    errors = {
        **page.context["form"].errors,
        **{f"{row.prefix}-{k}": v for row in page.context["rows"] for k, v in row.errors.items()},
    }
    assert at in errors


def test_an_organisation_that_has_not_confirmed_the_person_is_no_choice(as_: As) -> None:
    own, other = make.organisation("LA"), make.organisation("LA")
    client = as_(make.member(own))
    said = {**SAID, "affiliation_text": "", "affiliation": str(other.pk)}
    assert client.post(reverse("my-description"), said).status_code == 200
    assert Profile.objects.count() == 0
    client.post(reverse("my-description"), {**said, "affiliation": str(own.pk)})
    assert Profile.objects.get().affiliation == own


def test_a_language_goes_away_by_its_dash(as_: As) -> None:
    profile = make.profile(languages=[Spoken("lo", speaks=True), Spoken("fr", reads=True)])
    rows = {
        "languages-TOTAL_FORMS": "5", "languages-INITIAL_FORMS": "2", "languages-0-tag": "", "languages-0-speaks": "on",
        "languages-1-tag": "fr", "languages-1-reads": "on",
    }  # fmt: skip
    as_(profile.user).post(reverse("my-description"), {**SAID, **rows, "languages-2-tag": ""})
    assert list(profile.languages.values_list("tag", flat=True)) == ["fr"]


def test_choosing_readers_field_by_field(as_: As) -> None:
    profile = make.profile()
    client, url = as_(profile.user), reverse("my-profile")
    send(client, url, name="public", headline="members")
    assert circles(profile.user) == {"name": "public", "headline": "members"}
    send(client, url, headline="nobody")
    assert circles(profile.user) == {"name": "public"}
    assert ConsentWithdrawal.objects.get().field == "headline"


def test_the_words_stand_beside_the_choices_and_older_words_are_refused(as_: As) -> None:
    profile = make.profile()
    client, url = as_(profile.user), reverse("my-profile")
    assert "I want this to be read by the circle that I chose beside it." in client.get(url).content.decode()
    for words in ("2020-01", ""):
        page = send(client, url, name="public", words=words)
        assert "Please read them again." in page.content.decode()
        assert f'<input type="hidden" name="words" value="{WORDS}">' in page.content.decode()
    assert circles(profile.user) == {}


def test_a_form_that_lacks_a_choice_takes_nothing_back(as_: As) -> None:
    profile = make.profile(shown={"name": "public", "headline": "members"})
    page = as_(profile.user).post(reverse("my-profile"), {"name": "members", "words": WORDS})
    assert {"home", "headline", "expertise"} <= set(page.context["form"].errors)
    assert circles(profile.user) == {"name": "public", "headline": "members"}


def test_a_window_from_before_a_withdrawal_does_not_undo_it(as_: As) -> None:
    profile = make.profile(shown={"name": "public", "headline": "members"})
    client, url = as_(profile.user), reverse("my-profile")
    old = as_it_stands(client, url)
    withdraw_everything(profile, by=profile.user)
    page = client.post(url, {**old, "expertise": "members"})
    assert "changed in another window" in page.content.decode()
    assert circles(profile.user) == {}
    assert page.context["form"]["expertise"].value() == "members"  # what was chosen stays in sight


def test_a_choice_that_there_is_not_is_refused_and_nothing_else_is_changed(as_: As) -> None:
    profile = make.profile(home="")
    page = send(as_(profile.user), reverse("my-profile"), name="public", headline="national")
    assert list(page.context["form"].errors) == ["headline"]
    assert circles(profile.user) == {}


def test_whom_nobody_has_confirmed_is_told_and_shown_to_nobody(as_: As) -> None:
    profile = make.profile(make.person("LA"))
    client, url = as_(profile.user), reverse("my-profile")
    assert "Others see nothing of this yet" in client.get(url).content.decode()
    page = send(client, url, name="public")
    assert list(page.context["form"].errors) == ["name"]
    assert circles(profile.user) == {}


def test_the_preview_is_what_each_circle_sees(as_: As) -> None:
    own = make.organisation("LA")
    profile = make.profile(
        make.member(own), name="Kham", headline="Headline", affiliation=own, website="https://kham.example",
        shown={"name": "public", "headline": "members", "expertise": "national", "website": "team", "affiliation": "six"},
    )  # fmt: skip
    client = as_(profile.user)
    seen = {
        circle: client.get(reverse("my-profile"), {"as": circle}).context["card"].shown.fields
        for circle in ("public", "members", "six", "national", "team", "nonsense")
    }
    assert seen == {
        "public": {"name"},
        "members": {"name", "headline"},
        "six": {"name", "headline", "affiliation"},
        "national": {"name", "headline", "expertise"},
        "team": {"name", "headline", "website"},
        "nonsense": {"name"},
    }


def test_joining_and_leaving_the_roster(as_: As) -> None:
    profile = make.profile(shown={"name": "public"})
    client, url = as_(profile.user), reverse("my-roster")
    send(client, url, health="public", green="members")
    assert dict(RosterEntry.objects.values_list("theme", "visibility")) == {"health": "public", "green": "members"}
    send(client, url, green="nobody")
    assert list(RosterEntry.objects.current().values_list("theme", flat=True)) == ["health"]


def test_without_a_name_for_anybody_nobody_joins_the_roster(as_: As) -> None:
    profile = make.profile(shown={"headline": "public"})
    page = send(as_(profile.user), reverse("my-roster"), health="public")
    assert list(page.context["form"].errors) == ["health"]
    assert RosterEntry.objects.count() == 0


def test_withdrawing_everything_says_first_what_happens(as_: As) -> None:
    profile = make.profile(shown={"name": "public", "headline": "members"})
    join_roster(profile, by=profile.user, theme="health", visibility="public", words=WORDS)
    client, url = as_(profile.user), reverse("my-withdrawal")
    text = client.get(url).content.decode()
    assert "Now 2 lines of your profile are read by others. You are on the roster for 1 theme." in text
    assert circles(profile.user) == {"name": "public", "headline": "members"}  # reading changes nothing
    assert client.post(url)["Location"] == reverse("my-profile")
    assert (circles(profile.user), RosterEntry.objects.current().count()) == ({}, 0)
    assert as_().get(reverse("person", args=[profile.pk])).status_code == 404
    assert profile.headline in client.get(reverse("my-profile")).content.decode()


def test_nobody_reaches_another_persons_profile_by_these_pages(as_: As) -> None:
    profile = make.profile(name="Kham Tuayang", shown={})
    events = Event.objects.count()
    for other in (make.officer("LA"), make.head("LA"), make.operator(), make.member()):
        client = as_(other)
        for name in PAGES:
            assert "Kham Tuayang" not in client.get(reverse(name)).content.decode()
        client.post(reverse("my-profile"), {"name": "public", "user": str(profile.user_id), "words": WORDS})
        assert client.post(reverse("my-withdrawal")).status_code == 404
    assert circles(profile.user) == {}
    assert Event.objects.about(profile).count() == 1
    assert Event.objects.count() == events + 4  # the offices of the four


def test_links_lead_to_it(as_: As) -> None:
    client = as_(make.profile().user)
    assert f'href="{reverse("my-profile")}"' in client.get(reverse("home")).content.decode()
    pages = [client.get(reverse(name)).content.decode() for name in ("account", "my-profile")]
    assert [f'href="{reverse("about_me")}"' in page for page in pages] == [True, True]
