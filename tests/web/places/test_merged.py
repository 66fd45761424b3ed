"""An entry that was merged stands nowhere: not in lists, on the map, in figures, search or forms; its page leads to the kept one."""

import json
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from corridor.directory.models import Organisation
from corridor.directory.operations import merging
from corridor.kernel.models import Event
from corridor.matching.operations import exporting
from corridor.web.account.membership_form import organisation_by, organisations_like
from tests import make

As = Callable[..., Client]
NAME = "University of Naga River"


@pytest.fixture
def merged() -> tuple[Organisation, Organisation]:
    """The kept entry and the one that is gone."""
    facts = {"type": "university", "latitude": "15.1", "longitude": "105.8", "place": "Pakse"}
    kept = make.organisation("LA", name="Naga River University", **facts)
    gone = make.organisation("LA", name=NAME, **facts)
    merging.merge(kept, gone, by=make.officer("LA"), reason="One.")
    return kept, gone


def test_its_page_leads_for_good_to_the_kept_one_which_says_so(
    as_: As, merged: tuple[Organisation, Organisation]
) -> None:
    kept, gone = merged
    answer = as_().get(reverse("organisation", args=[gone.pk]))
    there = f"{reverse('organisation', args=[kept.pk])}?merged={gone.pk}"
    assert (answer.status_code, answer.headers["Location"], answer.headers["Cache-Control"]) == (301, there, "no-cache")
    said = "The entry that you asked for was merged into this one."
    assert said in as_().get(there).content.decode()
    for other in ("", "?merged=nonsense", f"?merged={kept.pk}"):
        assert said not in as_().get(f"{reverse('organisation', args=[kept.pk])}{other}").content.decode()


def test_it_stands_nowhere(as_: As, merged: tuple[Organisation, Organisation]) -> None:
    kept, gone = merged
    client = as_(make.officer("LA"))
    key = str(gone.pk)
    pages = [
        reverse("organisations"), f"{reverse('organisations')}?q=Naga", reverse("organisations-map"), reverse("directory"),
        reverse("country", args=["la"]), f"{reverse('search')}?kind=organisation", reverse("country-desk-organisations"),
        "/sitemap-organisations.xml", reverse("home"),
    ]  # fmt: skip
    for url in pages:
        answer = client.get(url)
        assert (url, key in answer.content.decode()) == (url, False)
    assert client.get(reverse("organisations")).context["position"].endswith("of 1")
    assert [tile.organisations for tile in client.get(reverse("directory")).context["tiles"]] == [0, 0, 1, 0, 0, 0]
    assert [circle.count for circle in client.get(reverse("organisations-map")).context["circles"]] == [1]
    assert [choice.count for choice in client.get(reverse("country", args=["la"])).context["types"]] == [1]
    assert [row["id"] for row in exporting.organisations()] == [kept.pk]


def test_forms_offer_the_kept_one_alone(merged: tuple[Organisation, Organisation]) -> None:
    kept, gone = merged
    assert organisations_like(NAME, "LA") == [kept]
    assert (organisation_by(str(gone.pk)), organisation_by(str(kept.pk))) == (kept, kept)


def test_whoever_lists_it_again_is_shown_the_kept_one(as_: As, merged: tuple[Organisation, Organisation]) -> None:
    kept, _gone = merged
    said = {"official": NAME, "official_language": "en", "type": "university"}
    answer = as_(make.person("LA")).post(reverse("organisation-new"), said)
    assert [line.organisation for line in answer.context["similar"]] == [kept]


def test_an_edit_that_was_begun_before_is_told_and_loses_nothing(as_: As) -> None:
    kept, gone = make.organisation("LA", name="Naga River University"), make.organisation("LA", name=NAME)
    manager = make.manager(gone)
    client, url = as_(manager), reverse("organisation-entry", args=[gone.pk])
    form = client.get(url).context["form"]
    said = {name: form[name].value() or "" for name in form.fields}
    merging.merge(kept, gone, by=make.officer("LA"), reason="One.")
    events = Event.objects.count()
    answer = client.post(url, {**said, "about": "We teach rice farming since 1990."})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "This entry was merged while you wrote" in text
    assert "We teach rice farming since 1990." in text
    assert reverse("organisation-entry", args=[kept.pk]) in text
    assert (Event.objects.count(), Organisation.objects.filter(about="").count()) == (events, 2)
    assert client.get(url).headers["Location"] == reverse("organisation-entry", args=[kept.pk])
    stranger = as_(make.person("LA"))
    assert [stranger.get(url).status_code, stranger.post(url, said).status_code] == [403, 403]


def test_the_page_of_the_kept_one_shows_both_names_to_machines_too(
    as_: As, merged: tuple[Organisation, Organisation]
) -> None:
    kept, _gone = merged
    text = as_().get(reverse("organisation", args=[kept.pk])).content.decode()
    data = json.loads(text.partition('application/ld+json">')[2].partition("</script>")[0])
    assert (data["name"], data["alternateName"]) == ("Naga River University", [NAME])
