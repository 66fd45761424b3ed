"""What people decided outlives the files, and the index never goes by a lexicon that is out of date."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from corridor.kernel.operations import grant
from corridor.kernel.states import Office, Scope
from corridor.language.logic.lexicon import Concept as Written
from corridor.language.logic.lexicon import Label, Reading
from corridor.language.models import Passage, Term
from corridor.language.operations import lexicon
from corridor.language.operations.find import find
from corridor.language.operations.following import follow_lexicon
from corridor.language.operations.index import put
from corridor.language.operations.questions import Method
from tests import make

pytestmark = pytest.mark.django_db

WORDS_ONLY = Method(meaning=False)
COFFEE = {"en": "coffee", "km": "កាហ្វេ", "lo": "ກາເຟ", "my": "ကော်ဖီ", "th": "กาแฟ", "vi": "cà phê", "zh-hans": "咖啡"}
CROP = {"en": "crop", "km": "ដំណាំ", "lo": "ພືດ", "my": "သီးနှံ", "th": "พืช", "vi": "cây trồng", "zh-hans": "作物"}


def written(code: str, terms: dict[str, str], *broader: str) -> Written:
    return Written(code, ("poverty",), "4.1", broader, "A plant.", tuple(Label(c, t) for c, t in terms.items()))


def take(*concepts: Written) -> int:
    return lexicon.take(Reading({concept.code: concept for concept in concepts}, []))


def lao() -> list[tuple[str, str]]:
    return list(Term.objects.filter(language="lo", concept="coffee").order_by("pk").values_list("text", "state"))


def following_jobs() -> int:
    return ProcrastinateJob.objects.filter(task_name="language.follow_lexicon").count()


@pytest.fixture(autouse=True)
def known():
    lexicon.forget()
    yield
    lexicon.forget()


@pytest.fixture
def by():
    user = make.member(home="LA")
    grant(user, Office.TERMINOLOGIST, over=(Scope.COUNTRY, "LA"), home="LA", by=None, reason="set-up")
    return user


def test_what_was_mended_does_not_come_back_with_the_file_that_still_says_it(by):
    take(written("coffee", COFFEE))
    lexicon.mend(Term.objects.get(language="lo"), by=by, text="ກາແຟ")
    lexicon.mend(Term.objects.get(language="lo"), by=by, text="ກາແຟລາວ")
    assert take(written("coffee", COFFEE)) == 0
    assert lao() == [("ກາແຟລາວ", "confirmed")]


def test_what_was_rejected_stays_rejected_when_the_file_says_it_again(by):
    take(written("coffee", COFFEE))
    lexicon.reject(Term.objects.get(language="lo"), by=by, reason="Nobody says so.")
    assert take(written("coffee", COFFEE)) == 0
    assert lao() == [("ກາເຟ", "rejected")]


def test_a_mended_word_can_be_added_again_by_a_person(by):
    take(written("coffee", COFFEE))
    lexicon.mend(Term.objects.get(language="lo"), by=by, text="ກາແຟ")
    lexicon.add_term(Term.objects.get(language="lo").concept, by=by, language="lo", text="ກາເຟ")
    assert take(written("coffee", COFFEE)) == 0
    assert lao() == [("ກາແຟ", "confirmed"), ("ກາເຟ", "confirmed")]


def test_new_links_between_concepts_reach_the_index_though_no_term_changed(model, entry):
    take(written("coffee", COFFEE), written("crop", CROP))
    put(entry("ພວກເຮົາປູກກາເຟ", "lo"))
    assert find("作物", by=None, method=WORDS_ONLY).hits == []
    before = following_jobs()
    assert take(written("coffee", COFFEE, "crop"), written("crop", CROP)) == 1
    assert following_jobs() == max(before, 1)
    follow_lexicon(0)
    assert [hit.terms for hit in find("作物", by=None, method=WORDS_ONLY).hits] == [("§^crop",)]
    assert take(written("coffee", COFFEE), written("crop", CROP)) == 1
    follow_lexicon(0)
    assert find("作物", by=None, method=WORDS_ONLY).hits == []


def test_links_that_changed_elsewhere_are_known_here(model, entry):
    take(written("coffee", COFFEE, "crop"), written("crop", CROP))
    version = lexicon.known().version
    take(written("coffee", COFFEE), written("crop", CROP))
    lexicon.forget()
    assert lexicon.known().version != version


def test_the_index_follows_the_lexicon_as_it_is_now_and_not_as_this_process_remembers_it(model, entry):
    take(written("coffee", COFFEE))
    put(entry("ພວກເຮົາປູກກາເຟ", "lo"))
    remembered = lexicon.known()
    Term.objects.filter(language="lo").delete()  # as another process would, which this one does not hear of
    assert lexicon.known() is remembered
    follow_lexicon(0)
    assert [passage.concepts for passage in Passage.objects.all()] == [[]]


def test_the_readers_language_comes_first_however_many_terms_of_others_begin_so():
    others = [written(f"c{n}", COFFEE | {"en": f"ca {n:03}", "vi": f"xa {n:03}"}) for n in range(100)]
    take(*others, written("coffee", COFFEE))
    assert [(t.language, t.text) for t in lexicon.suggest("c", "vi", most=2)] == [("vi", "cà phê"), ("en", "ca 000")]
    assert [t.text for t in lexicon.suggest("cà p", "en")] == ["cà phê"]
