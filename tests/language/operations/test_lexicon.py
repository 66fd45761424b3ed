"""The lexicon in the database: loading, reviewing, and what search and the index make of it."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import Event
from corridor.kernel.operations import grant
from corridor.kernel.states import Office, Scope
from corridor.language.logic.lexicon import Concept as Written
from corridor.language.logic.lexicon import Label, Reading
from corridor.language.models import Broader, Concept, Passage, Term, TermReview
from corridor.language.operations import lexicon
from corridor.language.operations.find import find
from corridor.language.operations.following import follow_lexicon
from corridor.language.operations.index import put
from corridor.language.operations.questions import Method, ask
from tests import make

pytestmark = pytest.mark.django_db

TEXTS = {"km": "កាហ្វេ", "lo": "ກາເຟ", "my": "ကော်ဖီ", "th": "กาแฟ", "vi": "cà phê", "zh-hans": "咖啡"}


def concept(code: str = "coffee", *, broader: tuple[str, ...] = (), **terms: str) -> Written:
    said = {"en": "coffee", **TEXTS, **terms}
    return Written(
        code, ("poverty",), "4.1", broader, "A drink and its beans.", tuple(Label(c, t) for c, t in said.items())
    )


@pytest.fixture(autouse=True)
def known():
    lexicon.forget()
    yield
    lexicon.forget()


@pytest.fixture
def coffee() -> Concept:
    lexicon.take(Reading({"coffee": concept()}, []))
    return Concept.objects.get()


def terminologist(home: str = "LA"):
    user = make.member(home=home)
    grant(user, Office.TERMINOLOGIST, over=(Scope.COUNTRY, home), home=home, by=None, reason="set-up")
    return user


def term(language: str = "lo") -> Term:
    return Term.objects.get(language=language, concept="coffee")


def refused(act) -> list[str]:
    before = (Event.objects.count(), TermReview.objects.count(), list(Term.objects.order_by("pk").values()))
    with pytest.raises(Refused) as refusal, transaction.atomic():
        act()
    assert (Event.objects.count(), TermReview.objects.count(), list(Term.objects.order_by("pk").values())) == before
    return [str(reason) for reason in refusal.value.reasons]


def test_loading_twice_changes_nothing(coffee):
    assert Term.objects.count() == 7
    assert lexicon.take(Reading({"coffee": concept()}, [])) == 0


def test_what_ships_can_be_loaded_and_is_followed_by_the_index():
    assert lexicon.load_lexicon() > 5000
    assert Concept.objects.count() >= 600
    assert (
        Broader.objects.filter(concept="solar-dryer").values_list("broader", flat=True).order_by("broader")[0]
        == "dryer"
    )


def test_a_changed_file_changes_what_nobody_reviewed_and_leaves_what_somebody_did(coffee):
    lexicon.confirm(term("lo"), by=terminologist())
    lexicon.take(Reading({"coffee": concept(lo="ກາເຟດຳ", th="กาแฟดำ")}, []))
    assert sorted(Term.objects.filter(language="lo").values_list("text", "state")) == [
        ("ກາເຟ", "confirmed"), ("ກາເຟດຳ", "unreviewed"),
    ]  # fmt: skip
    assert list(Term.objects.filter(language="th").values_list("text", flat=True)) == ["กาแฟดำ"]


def test_a_terminologist_confirms_and_it_is_kept_who_did(coffee):
    by = terminologist()
    lexicon.confirm(term(), by=by)
    assert (term().state, TermReview.objects.get().verdict, TermReview.objects.get().reviewed_by) == (
        "confirmed",
        "confirmed",
        by,
    )
    event = Event.objects.get(verb="term.confirmed")
    assert (event.by_id, event.facts) == (by.pk, {"concept": "coffee", "language": "lo"})


def test_mending_keeps_the_word_as_it_was(coffee):
    lexicon.mend(term(), by=terminologist(), text="ກາແຟ", reason="As dictionaries write it.")
    review = TermReview.objects.get()
    assert (term().text, term().state) == ("ກາແຟ", "confirmed")
    assert (review.text_before, review.text_after, review.reason) == ("ກາເຟ", "ກາແຟ", "As dictionaries write it.")


def test_a_rejected_term_stops_counting(coffee):
    assert [m.worths for m in lexicon.mentions(["ກາເຟ"])] == [{"coffee": 0.9}]
    lexicon.reject(term(), by=terminologist(), reason="Nobody says so.")
    assert [m.worths for m in lexicon.mentions(["ກາເຟ"])] == [{}]
    assert lexicon.suggest("ກາ", "lo") == []


def test_a_confirmed_term_counts_more(coffee):
    lexicon.confirm(term(), by=terminologist())
    assert [m.worths for m in lexicon.mentions(["ກາເຟ", "กาแฟ"])] == [{"coffee": 1.0}, {"coffee": 0.9}]


def test_a_term_is_added_once_and_in_its_own_script(coffee):
    by = terminologist()
    lexicon.add_term(coffee, by=by, language="lo", text="ໝາກກາເຟ")
    assert lexicon.known().spotter.mentions("ໝາກກາເຟ").worths == {"coffee": 1.0}
    assert refused(lambda: lexicon.add_term(coffee, by=by, language="lo", text="ໝາກກາເຟ")) == [
        "This concept has this term already."
    ]
    assert refused(lambda: lexicon.add_term(coffee, by=by, language="lo", text="กาแฟ")) == [
        "This is not a term in the script of this language."
    ]


@pytest.mark.parametrize(("home", "language"), [("TH", "lo"), ("LA", "th"), ("CN", "my"), ("VN", "km")])
def test_a_terminologist_of_another_country_cannot_review(coffee, home, language):
    reasons = ["Only a terminologist of a country where this language is spoken can review its terms."]
    by = terminologist(home)
    assert refused(lambda: lexicon.confirm(term(language), by=by)) == reasons
    assert refused(lambda: lexicon.reject(term(language), by=by, reason="x")) == reasons
    assert refused(lambda: lexicon.mend(term(language), by=by, text="x")) == reasons


@pytest.mark.parametrize("office", ["member", "officer", "head", "operator"])
def test_other_offices_do_not_review(coffee, office):
    by = make.operator() if office == "operator" else getattr(make, office)(home="LA")
    assert refused(lambda: lexicon.confirm(term(), by=by)) != []


def test_english_is_reviewed_by_any_terminologist(coffee):
    lexicon.confirm(term("en"), by=terminologist("VN"))
    assert term("en").state == "confirmed"


def test_the_database_refuses_an_empty_term_twice_a_term_and_itself_as_wider(coffee):
    for wrong in (
        lambda: Term.objects.create(concept=coffee, language="lo", text=" ", key=""),
        lambda: Term.objects.create(concept=coffee, language="lo", text="ກາເຟ", key=term().key),
        lambda: Term.objects.create(concept=coffee, language="fr", text="café", key="café"),
        lambda: Broader.objects.create(concept=coffee, broader=coffee),
        lambda: TermReview.objects.create(term=term(), verdict="rejected", reviewed_by=make.member()),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()


def test_what_the_lexicon_knows_is_not_asked_by_its_sound(coffee, model):
    assert (ask("กาแฟ").sounds, ask("coffee").sounds) == ((), ())
    assert ask("coffee from Savannakhet").sounds == ask("Savannakhet").sounds
    assert ask("coffee Savan", method=Method(lexicon=False)).sounds


def test_a_name_beside_known_words_is_found_by_its_sound_in_another_script_wherever_it_stands(coffee, model, entry):
    long = "ກາເຟ 40 ກິໂລທີ່ຕາກແຫ້ງແລ້ວຈາກສວນຂອງພວກເຮົາໃນພື້ນທີ່ເມືອງປາກຊ່ອງແລະຈຳປາສັກ"
    put(entry("ກາເຟສະຫວັນນະເຂດ", "lo"), entry("ກາເຟຫຼວງພະບາງ", "lo"), entry("We mill rice"), entry(long, "lo"))
    hits = find("coffee from Savannakhet", by=None, method=Method(meaning=False)).hits
    assert hits[0].passage == "ກາເຟສະຫວັນນະເຂດ"
    assert hits[0].score > hits[1].score
    silent = find("coffee from Savannakhet", by=None, method=Method(meaning=False, sounds=False)).hits
    assert len({hit.score for hit in silent}) == 1


def test_a_word_finds_what_says_the_same_in_another_script(coffee, model, entry):
    put(entry("ພວກເຮົາປູກກາເຟ", "lo"), entry("We mill rice"), entry("我们种咖啡", "zh-hans"))
    words_only = Method(meaning=False)
    assert [hit.language for hit in find("กาแฟ", by=None, method=words_only).hits] == ["lo", "zh-hans"]
    assert [hit.terms for hit in find("กาแฟ", by=None, method=words_only).hits] == [("§coffee",), ("§coffee",)]
    assert find("กาแฟ", by=None, method=Method(meaning=False, lexicon=False)).hits == []


def test_a_wider_word_finds_the_narrower_one_and_not_the_other_way_round(model, entry):
    crop = concept("crop", en="crop", km="ដំណាំ", lo="ພືດ", my="သီးနှံ", th="พืช", vi="cây trồng", **{"zh-hans": "作物"})
    lexicon.take(Reading({"crop": crop, "coffee": concept(broader=("crop",))}, []))
    put(entry("ພວກເຮົາປູກກາເຟ", "lo"))
    assert len(find("作物", by=None, method=Method(meaning=False)).hits) == 1
    Passage.objects.all().delete()
    put(entry("ພວກເຮົາປູກພືດ", "lo"))
    assert find("咖啡", by=None, method=Method(meaning=False)).hits == []


def test_concepts_are_a_facet(coffee, model, entry):
    put(entry("ພວກເຮົາປູກກາເຟ", "lo"), entry("We grow something else"))
    assert [p.concepts for p in Passage.objects.order_by("pk")] == [["coffee"], []]
    assert [hit.language for hit in find("grow", by=None, concepts=["coffee"]).hits] == ["lo"]


def test_the_index_follows_a_changed_lexicon_and_leaves_other_passages_alone(coffee, model, entry):
    put(entry("ພວກເຮົາປູກຊາ", "lo"), entry("ພວກເຮົາປູກກາເຟ", "lo"))
    tea, beans = Passage.objects.order_by("pk")
    lexicon.add_term(coffee, by=terminologist(), language="lo", text="ຊາ")
    assert follow_lexicon(0) == beans.pk
    assert follow_lexicon(beans.pk) is None
    changed, same = Passage.objects.order_by("pk")
    assert (changed.pk, changed.concepts) == (tea.pk, ["coffee"])
    assert (same.concepts, same.embedding == beans.embedding, same.words == beans.words) == (["coffee"], True, True)
    assert len(find("咖啡", by=None, method=Method(meaning=False)).hits) == 2
    lexicon.reject(Term.objects.get(text="ຊາ"), by=terminologist(), reason="That is tea.")
    follow_lexicon(0)
    assert [p.concepts for p in Passage.objects.order_by("pk")] == [[], ["coffee"]]
    assert len(find("咖啡", by=None, method=Method(meaning=False)).hits) == 1


def test_concepts_are_named_in_the_readers_words_and_general_ones_only_when_asked_for(coffee):
    general = Written(
        "time", (), "1.7", (), "How long it lasts.", tuple(Label(c, t) for c, t in {**TEXTS, "en": "time"}.items())
    )
    lexicon.take(Reading({"time": general}, []))
    assert lexicon.names_of(["coffee", "time"], "lo") == {"coffee": "ກາເຟ", "time": "ກາເຟ"}
    assert lexicon.names_of(["coffee", "time", "unheard-of"], "en", telling=True) == {"coffee": "coffee"}


def test_suggestions_begin_so_in_any_script_those_in_the_readers_language_first(coffee):
    assert [t.text for t in lexicon.suggest("กา", "th")] == ["กาแฟ"]
    assert [t.text for t in lexicon.suggest("c", "vi")] == ["cà phê", "coffee"]
    assert [t.text for t in lexicon.suggest("c", "en")] == ["coffee", "cà phê"]
    assert lexicon.suggest("", "en") == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [("ca p", ["cà phê"]), ("CA PHE", ["cà phê"]), ("cà p", ["cà phê"]), ("cá p", []), ("ca-p", [])],
)
def test_what_is_typed_without_tone_marks_finds_words_that_have_them(coffee, typed, found):
    assert [t.text for t in lexicon.suggest(typed, "vi")] == found


def test_suggesting_asks_once(coffee, django_assert_num_queries):
    with django_assert_num_queries(1):
        lexicon.suggest("co", "en")


def test_a_change_is_known_to_other_processes_by_its_time(coffee):
    version = lexicon.known().version
    Term.objects.filter(language="lo").update(changed_at=timezone.now())
    lexicon.forget()
    assert lexicon.known().version != version


def test_who_asks_for_a_body_by_its_name_is_not_shown_what_is_near_to_the_first_answers(coffee, model):
    assert ask("coffee company Savannakhet").is_of_a_body
    assert not ask("coffee from Savannakhet").is_of_a_body
    assert not ask("coffee company").is_of_a_body
    assert not ask("coffee company Savannakhet", method=Method(sounds=False)).is_of_a_body
