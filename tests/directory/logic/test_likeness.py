"""How alike two entries are: checked on pairs that we invented; the registers that judge are in the benchmark alone."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import pytest

from corridor.directory.logic import across, likeness
from corridor.directory.logic.across import Meeting, Proper
from corridor.directory.logic.body_words import COMMON
from corridor.directory.logic.keys import key_of
from corridor.directory.logic.likeness import Profile, compare, kilometres, rarity
from corridor.directory.logic.localities import are_apart, localities, localities_in
from corridor.directory.logic.naming import likeness_of_keys, read_name
from corridor.directory.logic.sites import domain_of
from corridor.directory.states import LikenessReason
from tests.house.reading import CHECKOUT

INVENTED = json.loads((CHECKOUT / "bench" / "sets" / "likeness.json").read_text(encoding="utf-8"))["pairs"]


def weigh(word: str) -> float:
    return rarity(100, 1, is_common=word in COMMON)


def profile(*names: str, **facts: Any) -> Profile:
    return Profile(tuple(read_name(name) for name in names), **facts)


def invented(side: dict[str, Any]) -> Profile:
    point = side.get("point")
    return profile(
        *side["names"],
        site=domain_of(side.get("site", "")),
        place=key_of(side.get("place", "")),
        province=key_of(side.get("province", "")),
        point=(point[0], point[1]) if point else None,
    )


@pytest.mark.parametrize("pair", INVENTED, ids=lambda pair: f"{pair['one']['names'][0]} ~ {pair['other']['names'][0]}")
def test_invented_pairs_are_told_apart_or_not_as_we_say(pair):
    one, other = invented(pair["one"]), invented(pair["other"])
    found = compare(one, other, weigh=weigh)
    assert found.is_likely is pair["same"], found
    assert compare(other, one, weigh=weigh).score == pytest.approx(found.score, abs=0.05)


def test_a_score_means_how_often_it_is_right_on_the_invented_pairs():
    scored = [(compare(invented(p["one"]), invented(p["other"]), weigh=weigh).score, p["same"]) for p in INVENTED]
    sure, unlikely = [same for score, same in scored if score >= 0.9], [same for score, same in scored if score < 0.1]
    assert (len(sure) > 30, sum(sure) / len(sure) >= 0.9) == (True, True)
    assert (len(unlikely) > 40, sum(unlikely) / len(unlikely) <= 0.1) == (True, True)


def test_every_reason_has_words_and_every_word_a_reason():
    assert set(likeness.WORTH) | set(across.DIFFERENCE) | across.AGAINST <= set(LikenessReason.values)


@pytest.mark.parametrize(
    ("name", "marks"),
    [
        ("Naga River University", {"level:university"}),
        ("Hospital No. 2 of Naga", {"unit:hospital", "number:2"}),
        (
            "岭湖医科大学第二附属医院",
            {"level:university", "field:medicine", "unit:affiliated", "unit:hospital", "number:2"},
        ),
        ("มหาวิทยาลัยดอยลาน วิทยาเขต ๒", {"level:university", "unit:campus", "number:2"}),
        ("Bệnh viện Hòa Lâm", {"unit:hospital"}),
        ("Trường Đại học Luật Hòa Lâm", {"level:university", "field:law"}),
        ("មហាវិទ្យាល័យវិទ្យាសាស្ត្រ", {"unit:faculty", "field:science"}),
        ("ໂຮງໝໍພູຂາວ", {"unit:hospital"}),
        ("ရွှေတောင်ကွန်ပျူတာတက္ကသိုလ်", {"level:university", "field:computing"}),
        ("Phu Khao Institute 1995", {"level:institute"}),
    ],
)
def test_names_say_which_sort_of_body_they_name(name, marks):
    assert read_name(name).marks == marks


def test_a_name_in_brackets_that_is_an_acronym_says_nothing_more():
    assert read_name("Battravong Institute (BIT)").key == read_name("Battravong Institute").key
    assert read_name("Technological University (Naga)").words == ("technology", "university", "naga")


def test_the_tongue_is_the_scripts_or_vietnamese_also_without_tone_marks():
    tongues = [
        read_name(name).tongue
        for name in ("岭湖大学", "Trường Đại học Sông Mây", "Truong Dai hoc Song May", "Naga University")
    ]
    assert tongues == ["zh-hans", "vi", "vi", "en"]


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("https://www.eng.naga.edu.kh/about", "naga.edu.kh"),
        ("http://naga.org", "naga.org"),
        ("naga.ac.th", "naga.ac.th"),
        ("https://mail.naga.vn", "naga.vn"),
        ("https://www.facebook.com/naga", ""),
        ("https://10.1.2.3/x", ""),
        ("https://[broken", ""),
        ("", ""),
    ],
)
def test_the_domain_is_the_one_that_somebody_registered(address, domain):
    assert domain_of(address) == domain


def test_site_identifier_place_and_distance_count():
    one = profile("Naga River Institute of Silk", site="naga.kh", place="naga", point=(11.5, 104.9))
    near = profile("Naga River Silk Institute", site="naga.kh", place="naga", point=(11.5, 104.9))
    far = profile("Naga River Silk Institute", site="other.kh", place="other", point=(13.5, 104.9))
    assert compare(one, near, weigh=weigh).reasons == ("similar_name", "same_site", "same_place")
    assert compare(one, far, weigh=weigh).reasons == ("similar_name", "other_site", "other_place", "far")
    assert compare(one, near, weigh=weigh).score > compare(one, far, weigh=weigh).score


def test_one_identifier_outweighs_different_names_and_two_of_one_register_speak_against():
    one = profile("Naga Institute", identifiers=frozenset({("ror", "1"), ("isni", "7")}))
    renamed = profile("Makara Academy", identifiers=frozenset({("isni", "7")}))
    other = profile("Naga Institute", identifiers=frozenset({("ror", "2")}))
    assert "same_identifier" in compare(one, renamed, weigh=weigh).reasons
    assert compare(one, other, weigh=weigh).reasons == ("same_name", "other_identifier")


def test_names_of_two_languages_are_compared_by_meaning_only_where_none_can_be_read_together():
    english, thai, both = (
        profile("Doi Lan University"),
        profile("มหาวิทยาลัยดอยลาน"),
        profile("Doi Lan University", "มหาวิทยาลัยดอยลาน"),
    )
    asked = []

    def between(one, other):
        asked.append((one.tongue, other.tongue))
        return Meeting(0.3, Proper("tlln"), Proper("tlln"))

    assert compare(english, thai, weigh=weigh, between=between).reasons == ("same_meaning", "same_sound")
    assert compare(english, both, weigh=weigh, between=between).reasons == ("same_name",)
    assert asked == [("en", "th")]


def test_a_part_in_another_language_is_not_the_whole():
    hospital, university = profile("Doi Lan Hospital"), profile("มหาวิทยาลัยดอยลาน")
    met = Meeting(0.25, Proper("tlln"), Proper("tlln"))
    assert compare(hospital, university, weigh=weigh, between=lambda one, other: met).is_likely is False


@pytest.mark.parametrize(
    ("one", "other", "is_likely", "reasons"),
    [
        (Proper("pkn"), Proper("pkn"), True, ("same_meaning", "same_sound")),
        (Proper("pkn"), Proper("nkn"), False, ("same_meaning",)),
        (Proper("pkn"), Proper(), False, ("same_meaning",)),
        (Proper("t", frozenset({"CN:1"})), Proper("t", frozenset({"CN:1", "CN:7"})), True, ("same_meaning", "named_place")),
        (Proper("tn", frozenset({"CN:1"})), Proper("sm", frozenset({"CN:7"})), False, ("same_meaning", "other_named_place")),
        (Proper("tnk", frozenset({"CN:1"})), Proper("tnk", frozenset({"CN:7"})), False, ("same_meaning", "other_named_place")),
        (Proper("tnkl", frozenset({"CN:1"})), Proper("tnkl", frozenset({"CN:7"})), True, ("same_meaning", "same_sound")),
        (Proper("n"), Proper("n"), False, ("same_meaning",)),  # one consonant is alike by chance
        (Proper(), Proper(), True, ("same_meaning",)),
    ],
)  # fmt: skip
def test_names_of_two_languages_that_mean_the_same_are_told_apart_by_what_is_proper_to_them(
    one, other, is_likely, reasons
):
    mine, theirs = profile("Yunhaizhou Forestry"), profile("云海州林业")
    found = compare(mine, theirs, weigh=weigh, between=lambda a, b: Meeting(0.27, one, other))
    assert (found.is_likely, found.reasons) == (is_likely, reasons)


@pytest.mark.parametrize(
    ("country", "name", "town"),
    [
        ("VN", "Bách khoa Hà Nội", "Hanoi"),
        ("TH", "ราชภัฏเชียงราย", "Chiang Rai"),
        ("TH", "Chiang Rai Rajabhat", "เชียงราย"),
        ("CN", "石家庄", "Shijiazhuang"),
        ("LA", "ສະຫວັນນະເຂດ", "Savannakhet"),
        ("VN", "Đại học Huế", "Hue"),
        ("TH", "มหาวิทยาลัยนครพนม", "Nakhon Phanom"),
    ],
)
def test_a_place_is_read_inside_a_name_in_any_script(country, name, town):
    assert localities_in(country, name) & localities(country, town)


def test_what_lies_wholly_in_what_is_known_is_no_place():
    name = "Vinh Hospital"
    assert localities_in("VN", name)
    assert localities_in("VN", name, [(0, 4)]) == frozenset()
    assert localities_in("VN", name, [(0, 3), (5, 13)])


@pytest.mark.parametrize("name", ["", "Kasetsart", "เกษตรศาสตร์", "a", "岭"])
def test_what_names_no_place_names_none(name):
    assert localities_in("TH", name) == localities_in("CN", name) == frozenset()


def test_two_places_that_are_written_alike_are_no_two_spellings_of_one():
    apart = partial(are_apart, "CN")
    one, other = profile("Hunan University of Technology"), profile("Henan University of Technology")
    assert compare(one, other, weigh=weigh).is_likely is True
    assert compare(one, other, weigh=weigh, apart=apart).is_likely is False
    slip = profile("Yunhaizhuo University of Technology"), profile("Yunhaizhou University of Technology")
    assert compare(*slip, weigh=weigh, apart=apart).is_likely is True


def test_an_organisation_without_names_is_like_none():
    assert compare(Profile(()), profile("Naga"), weigh=weigh).is_likely is False


def test_distances_are_kilometres_on_the_sphere():
    assert kilometres((0, 0), (0, 1)) == pytest.approx(111.2, abs=0.1)
    assert kilometres((10, 20), (10, 20)) == 0


def test_rare_words_weigh_more_also_while_few_are_listed():
    assert rarity(5, 5, is_common=True) < rarity(5, 1, is_common=False)
    assert rarity(10000, 9000, is_common=True) == 0.3


def test_keys_are_looked_through_for_the_same_the_held_and_slips_of_the_pen():
    wanted = {key_of("Bolaven Coffee Cooperative")}
    ranks = [
        likeness_of_keys(key_of(name), wanted)
        for name in (
            "bolaven coffee-cooperative",
            "The Bolaven Coffee Cooperative",
            "Bolaven Cofee Cooperative",
            "Bolaven Tea House",
            "x",
        )
    ]
    assert ranks == [0, 1, 2, None, None]
