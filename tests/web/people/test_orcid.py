"""Confirming one's ORCID iD: against a real OpenID Connect provider on this machine that names people by iDs, and one that lies."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import httpx
import jwt
import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.conf import settings as site
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pydantic import SecretStr, ValidationError
from pytest_django.fixtures import Settings

from corridor.directory.models import Profile
from corridor.directory.operations.orcid import confirm_orcid
from corridor.directory.operations.people import describe_oneself
from corridor.environment import Environment
from corridor.kernel.models import Event, User
from corridor.kernel.operations.people import remove
from corridor.web.people.orcid import LIFETIME, WAY
from tests import make
from tests.ministry.process import CLIENT, lying, new_key, running

As = Callable[..., Client]
ID, OTHER, BAD = "0000-0002-1825-0097", "0000-0001-5109-3700", "0000-0002-1825-0098"
PAGE, BACK = "/people/me/orcid/", "/people/me/orcid/return/"
OVER = "This way back from ORCID is over, or was begun elsewhere. Nothing was changed."
WRONG = "ORCID did not answer as it should. Nothing was changed. Try again later."
TAKEN = "This ORCID iD is confirmed on the profile of another account."
LANGUAGES = [code for code, _ in site.LANGUAGES]


@pytest.fixture(scope="module")
def orcid(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of what stands for ORCID."""
    with running(tmp_path_factory.mktemp("orcid"), callback=f"http://testserver{BACK}") as address:
        yield address


@pytest.fixture(autouse=True)
def _client_there(settings: Settings, orcid: str, _whole_site: None) -> None:
    settings.ORCID = {**CLIENT, "settings": {"server_url": orcid}}
    cache.clear()


def go(client: Client) -> str:
    """Open the page; returns the address of ORCID that it leads to."""
    return str(client.get(PAGE).context["way"])


def sign_in_there(orcid: str, address: str, iD: str) -> str:  # noqa: N803 - as it is written
    """Sign in at ORCID as the holder of this iD; returns the path on which one comes back."""
    with httpx.Client(base_url=orcid) as there:
        there.get("/door/", params={"email": f"{iD}@orcid.example", "name": iD, "verified": "yes"})
        answer = there.get(address)
        while not answer.headers["Location"].startswith("http://testserver"):
            answer = there.get(answer.headers["Location"])
    return answer.headers["Location"].removeprefix("http://testserver")


def there_and_back(orcid: str, client: Client, iD: str = ID) -> str:  # noqa: N803 - as it is written
    """The whole way; returns what one is told."""
    return told(client, sign_in_there(orcid, go(client), iD))


def told(client: Client, path: str) -> str:
    """What one is told at last on coming back, which ends at one's profile."""
    answer = client.get(path)
    assert answer["Location"] == reverse("my-profile")
    return [str(message) for message in get_messages(answer.wsgi_request)][-1]


def state(user: User) -> tuple[str, bool]:
    """The iD of a person, and whether it is confirmed."""
    profile = Profile.objects.get(user=user)
    return profile.orcid, profile.orcid_is_confirmed


def change_way(client: Client, **facts: object) -> None:
    """Change what the session knows of the way."""
    session = client.session
    session[WAY] = {**session[WAY], **facts}
    session.save()


def test_signing_in_at_orcid_writes_the_id_that_orcid_names(as_: As, orcid: str) -> None:
    profile = make.profile(orcid=OTHER)
    client, users = as_(profile.user), User.objects.count()
    assert there_and_back(orcid, client) == "ORCID confirmed your iD. Who may read it stays as you chose."
    assert state(profile.user) == (ID, True)
    assert (User.objects.count(), SocialAccount.objects.count(), SocialToken.objects.count()) == (users, 0, 0)
    deeds = [event for event in Event.objects.about(profile) if event.by_id == profile.user.pk]
    assert ID not in str([event.facts for event in deeds])
    assert {"orcid.confirmed", "profile.described"} == {event.verb for event in deeds}


def test_only_the_id_is_asked_for_and_nothing_else_is_kept(as_: As, orcid: str) -> None:
    profile = make.profile(orcid=ID, name="Kham")
    client = as_(profile.user)
    asked = httpx.URL(go(client)).params
    assert (asked["scope"], asked["response_type"], asked["code_challenge_method"]) == ("openid", "code", "S256")
    assert min(len(asked[part]) for part in ("state", "nonce", "code_challenge")) >= 43
    before = Profile.objects.filter(pk=profile.pk).values().get()
    there_and_back(orcid, client)
    after = Profile.objects.filter(pk=profile.pk).values().get()
    assert {field for field in after if after[field] != before[field]} == {"orcid_confirmed_at"}
    person = User.objects.get(pk=profile.user.pk)
    assert (person.name, person.email) == (profile.user.name, profile.user.email)
    assert (WAY in client.session, "id_token" in str(dict(client.session))) == (False, False)


def test_readers_of_the_id_read_that_it_is_confirmed_and_others_do_not(as_: As, orcid: str) -> None:
    profile = make.profile(orcid=ID, shown={"name": "public", "orcid": "members"})
    there_and_back(orcid, as_(profile.user))
    page = reverse("person", args=[profile.pk])
    seen = {who: as_(user).get(page).content.decode() for who, user in {"all": None, "member": make.member()}.items()}
    assert ["Confirmed at ORCID" in seen[who] for who in ("all", "member")] == [False, True]
    assert "ORCID" not in seen["all"].split('<main id="main"')[1].split("</main>")[0]
    assert "not confirmed by ORCID" not in seen["member"]


def test_an_id_that_was_taken_out_is_confirmed_no_more_nor_is_another_one(as_: As, orcid: str) -> None:
    profile = make.profile(shown={"name": "public"})
    client = as_(profile.user)
    for typed in (OTHER, ""):
        there_and_back(orcid, client)
        describe_oneself(profile.user, by=profile.user, headline="Another line", orcid=ID)
        assert state(profile.user) == (ID, True)
        describe_oneself(profile.user, by=profile.user, orcid=typed)
        assert state(profile.user) == (typed, False)


def test_one_s_own_profile_offers_it_until_it_is_done(as_: As, orcid: str) -> None:
    client = as_(make.profile(orcid=ID).user)
    own, offer = reverse("my-profile"), f'href="{PAGE}"'
    assert offer in client.get(own).content.decode()
    there_and_back(orcid, client)
    assert offer not in client.get(own).content.decode()
    assert "confirmed at ORCID on" in client.get(own).content.decode()
    assert "Writing another iD here ends that." in client.get(reverse("my-description")).content.decode()


def test_without_a_client_at_orcid_nothing_is_offered_or_said(as_: As, settings: Settings) -> None:
    settings.ORCID = {"client_id": "", "secret": "", "settings": {"server_url": "https://orcid.org"}}
    client = as_(make.profile().user)
    assert "ORCID" not in client.get(reverse("my-profile")).content.decode()
    assert [client.get(path).status_code for path in (PAGE, BACK)] == [404, 404]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_reads_in_every_language(as_: As, language: str) -> None:
    assert as_(make.profile().user, language).get(PAGE).status_code == 200


def test_who_has_said_nothing_yet_begins_with_that(as_: As) -> None:
    client = as_(make.member())
    assert [client.get(path)["Location"] for path in (PAGE, BACK)] == [reverse("my-profile")] * 2
    assert Profile.objects.count() == 0


def test_it_signs_nobody_in_and_makes_no_account(as_: As, orcid: str) -> None:
    profile = make.profile(orcid=ID)
    back = sign_in_there(orcid, go(as_(profile.user)), ID)
    stranger, users = as_(), User.objects.count()
    assert stranger.get(back)["Location"].startswith(reverse("account_login"))
    assert stranger.get(PAGE)["Location"].startswith(reverse("account_login"))
    assert stranger.get("/account/ministry/oidc/orcid/login/").status_code == 404
    assert "_auth_user_id" not in stranger.session
    assert (User.objects.count(), state(profile.user)) == (users, (ID, False))


def test_a_link_from_somebody_else_confirms_nothing(as_: As, orcid: str) -> None:
    attacker, victim = make.profile(), make.profile(orcid=OTHER)
    back = sign_in_there(orcid, go(as_(attacker.user)), ID)
    without, begun = as_(victim.user), as_(victim.user)
    go(begun)
    assert [told(client, back) for client in (without, begun)] == [OVER, OVER]
    assert told(begun, f"{BACK}?code=anything") == OVER
    assert (state(victim.user), state(attacker.user)) == ((OTHER, False), ("", False))
    assert WAY in begun.session  # a bogus link does not end a way that was begun
    assert told(as_(attacker.user), back) == OVER  # another session of the same person


def test_the_way_back_works_once(as_: As, orcid: str) -> None:
    profile = make.profile()
    client = as_(profile.user)
    back = sign_in_there(orcid, go(client), ID)
    begun = client.session[WAY]
    told(client, back)
    describe_oneself(profile.user, by=profile.user, orcid=OTHER)
    assert told(client, back) == OVER
    session = client.session
    session[WAY] = begun  # as a request at the same moment would have read it
    session.save()
    assert told(client, back) == OVER
    assert state(profile.user) == (OTHER, False)


@pytest.mark.parametrize(
    "facts", [{"begun_at": time.time() - LIFETIME - 1}, {"person": "somebody who sat here before"}]
)
def test_too_late_or_as_another_person_it_is_over(as_: As, orcid: str, facts: dict[str, object]) -> None:
    profile = make.profile()
    client = as_(profile.user)
    back = sign_in_there(orcid, go(client), ID)
    change_way(client, **facts)
    assert told(client, back) == OVER
    assert (state(profile.user), WAY in client.session) == (("", False), False)


@pytest.mark.parametrize("part", ["nonce", "verifier"])
def test_an_answer_to_another_question_is_not_taken(as_: As, orcid: str, part: str) -> None:
    profile = make.profile(orcid=OTHER)
    client = as_(profile.user)
    back = sign_in_there(orcid, go(client), ID)
    change_way(client, **{part: "x" * 64})
    assert (told(client, back), state(profile.user)) == (WRONG, (OTHER, False))


def test_the_id_in_an_address_counts_for_nothing(as_: As, orcid: str) -> None:
    profile = make.profile()
    client = as_(profile.user)
    told(client, f"{sign_in_there(orcid, go(client), ID)}&orcid={OTHER}&sub={OTHER}")
    assert state(profile.user) == (ID, True)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("error=access_denied", "At ORCID you chose not to go on. Nothing was changed."),
        ("error=server_error", WRONG),
        ("", WRONG),
    ],
)
def test_an_answer_without_a_code_changes_nothing(as_: As, answer: str, said: str) -> None:
    profile = make.profile(orcid=ID)
    client = as_(profile.user)
    begun = httpx.URL(go(client)).params["state"]
    assert told(client, f"{BACK}?state={begun}&{answer}") == said
    assert (state(profile.user), WAY in client.session) == ((ID, False), False)


def test_an_id_with_a_wrong_digit_is_not_taken_from_orcid_either(as_: As, orcid: str) -> None:
    profile = make.profile(orcid=OTHER)
    assert (there_and_back(orcid, as_(profile.user), BAD), state(profile.user)) == (WRONG, (OTHER, False))


def test_one_id_is_confirmed_on_one_profile(as_: As, orcid: str) -> None:
    first, second = make.profile(), make.profile(orcid=ID)
    there_and_back(orcid, as_(first.user))
    events = Event.objects.count()
    assert there_and_back(orcid, as_(second.user)) == TAKEN
    assert (state(first.user), state(second.user), Event.objects.count()) == ((ID, True), (ID, False), events)
    describe_oneself(first.user, by=first.user, orcid="")
    there_and_back(orcid, as_(second.user))
    assert state(second.user) == (ID, True)


def forged(orcid: str, nonce: str, **facts: object) -> str:
    """A token as ORCID would give it, signed with somebody else's key."""
    kid = httpx.get(f"{orcid}/.well-known/jwks.json").json()["keys"][0]["kid"]
    said = {"iss": orcid, "aud": "corridor", "sub": ID, "exp": time.time() + 60, "nonce": nonce, **facts}
    return jwt.encode(said, new_key(), algorithm="RS256", headers={"kid": kid})


def unsigned(orcid: str, nonce: str) -> str:
    """The same, signed by nobody."""
    kid = httpx.get(f"{orcid}/.well-known/jwks.json").json()["keys"][0]["kid"]
    said = {"iss": orcid, "aud": "corridor", "sub": ID, "exp": time.time() + 60, "nonce": nonce}
    return jwt.encode(said, None, algorithm="none", headers={"kid": kid})


@pytest.mark.parametrize("token", [forged, unsigned, None])
def test_a_token_that_orcid_did_not_sign_is_not_taken(
    as_: As, orcid: str, settings: Settings, token: Callable[..., str] | None
) -> None:
    profile = make.profile(orcid=OTHER)
    client = as_(profile.user)
    answer = {"access_token": "x", "id_token": token(orcid, "known")} if token else {"access_token": "x", "orcid": ID}
    with lying(orcid, told=answer) as address:
        settings.ORCID = {**CLIENT, "settings": {"server_url": address}}
        begun = httpx.URL(go(client)).params["state"]
        change_way(client, nonce="known")
        assert told(client, f"{BACK}?state={begun}&code=x") == WRONG
    assert state(profile.user) == (OTHER, False)


@pytest.mark.parametrize(
    ("status", "answer"), [(500, {}), (200, b"<html>"), (200, []), (401, {"error": "invalid_client"})]
)
def test_an_orcid_that_answers_nonsense_loses_nothing(
    as_: As, orcid: str, settings: Settings, status: int, answer: object
) -> None:
    profile = make.profile(orcid=ID)
    client = as_(profile.user)
    with lying(orcid, status=status, told=answer) as address:
        settings.ORCID = {**CLIENT, "settings": {"server_url": address}}
        begun = httpx.URL(go(client)).params["state"]
        assert told(client, f"{BACK}?state={begun}&code=x") == WRONG
    assert state(profile.user) == (ID, False)


def test_an_orcid_that_does_not_answer_is_said_to_before_and_after(as_: As, orcid: str, settings: Settings) -> None:
    profile = make.profile(orcid=ID)
    client = as_(profile.user)
    back = sign_in_there(orcid, go(client), ID)
    settings.ORCID = {**CLIENT, "settings": {"server_url": "http://127.0.0.1:1"}}
    assert told(client, back) == WRONG
    answer = client.get(PAGE)
    assert (answer.status_code, WRONG in answer.content.decode(), state(profile.user)) == (503, True, (ID, False))


def test_it_is_begun_so_often_and_no_more(as_: As) -> None:
    client = as_(make.profile().user)
    assert [client.get(PAGE).status_code for _ in range(21)] == [200] * 20 + [429]


def test_nobody_confirms_for_another_nor_for_the_sample(as_: As) -> None:
    profile, sample = make.profile(), make.profile()
    User.objects.filter(pk=sample.user.pk).update(is_sample=True)
    for page in (PAGE, BACK):
        assert as_(make.officer("LA")).post(page).status_code == 405
    assert as_(sample.user).get(PAGE).status_code == 403
    own = as_(sample.user).get(reverse("my-profile")).content.decode()
    assert (f'href="{PAGE}"' in own, "which everybody may try" in own) == (False, True)
    assert (state(profile.user), state(sample.user)) == (("", False), ("", False))


def test_an_account_that_goes_sets_its_id_free(as_: As, orcid: str) -> None:
    first, second = make.profile(), make.profile()
    confirm_orcid(first, by=first.user, orcid=ID)
    remove(User.objects.get(pk=first.user.pk), by=first.user)
    assert there_and_back(orcid, as_(second.user)).startswith("ORCID confirmed")


@pytest.mark.parametrize("half", [{"orcid_client_id": "APP-1"}, {"orcid_client_secret": SecretStr("x")}])
def test_a_client_without_its_secret_stops_the_start(half: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match="set together"):
        Environment(**half)
