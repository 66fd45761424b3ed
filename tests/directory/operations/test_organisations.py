"""Verifying organisations, and that whatever is listed is found by every name, in any script."""

import pytest

from corridor.directory.models import Organisation, Verification
from corridor.directory.operations import indexing
from corridor.directory.operations.organisations import edit_organisation, list_organisation, verify
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import Event
from corridor.language.models import Passage
from corridor.language.operations.find import find
from corridor.language.operations.questions import Method
from tests import make, waiting
from tests.hashing import HashingEmbedder

pytestmark = pytest.mark.django_db
NAMES = [
    ("official", "lo", "ມະຫາວິທະຍາໄລແຫ່ງຊາດລາວ"),
    ("translation", "en", "Invented University of the Upper River"),
    ("translation", "th", "มหาวิทยาลัยต้นน้ำ"),
    ("translation", "my", "မြစ်ဖျားတက္ကသိုလ်"),
    ("translation", "km", "សាកលវិទ្យាល័យដើមទន្លេ"),
    ("translation", "zh-hans", "上游大学"),
    ("translation", "vi", "Đại học Thượng nguồn"),
    ("alias", "", "Riverhead"),
    ("acronym", "", "IUUR"),
]
QUERIES = [text for _, _, text in NAMES] + ["iuur", "riverhead", "Upper River", "dai hoc thuong nguon"]


def test_a_focal_point_gives_its_word_and_the_index_follows():
    organisation, officer = make.organisation("LA"), make.officer("LA")
    waiting.do_all()
    made = verify(organisation, by=officer, reason="Registered in Vientiane.")
    assert (made.verified_by, made.reason) == (officer, "Registered in Vientiane.")
    assert Organisation.objects.get(pk=organisation.pk).is_verified is True
    assert [e.verb for e in Event.objects.about(organisation)] == ["organisation.listed", "organisation.verified"]
    assert waiting.waiting() == [{"organisation": str(organisation.pk)}]


@pytest.mark.parametrize("kind", ["other officer", "manager", "operator"])
def test_others_verify_nothing(kind):
    organisation = make.organisation("LA")
    before = (Event.objects.count(), len(waiting.waiting()))
    other = {
        "other officer": lambda: make.officer("TH"),
        "manager": lambda: make.manager(organisation),
        "operator": make.operator,
    }[kind]()
    grants = Event.objects.filter(verb="grant.made").count()
    with pytest.raises(Refused):
        verify(organisation, by=other, reason="Me too.")
    assert (Event.objects.count() - grants, len(waiting.waiting())) == before
    assert Verification.objects.count() == 0


def test_verified_once_is_enough():
    organisation = make.organisation("LA", is_verified=True)
    with pytest.raises(Refused) as refusal:
        verify(organisation, by=make.officer("LA"), reason="Again.")
    assert [str(r) for r in refusal.value.reasons] == ["This organisation is verified already."]
    assert Verification.objects.count() == 1


@pytest.fixture
def university(model: HashingEmbedder) -> Organisation:
    """A university with names in seven languages, an alias and an acronym, among others."""
    made = list_organisation(by=None, names=NAMES, home="LA", type="university", place="Pakse")
    for number in range(8):
        make.organisation("LA", name=f"Cooperative of village {number}")
    waiting.do_all()
    return made


@pytest.mark.parametrize("query", QUERIES)
def test_an_organisation_is_found_first_by_each_of_its_names(university, query):
    hits = find(query, by=None, kinds=["organisation"]).hits
    assert hits[0].record_id == university.pk


@pytest.mark.parametrize("asked", ["Champasak", "จำปาสัก", "ចំប៉ាសាក់", "ချမ်ပါဆက်"])
def test_an_organisation_with_a_lao_name_alone_is_found_by_its_sound(model, university, asked):
    made = make.organisation("LA", name="ວິທະຍາໄລກະສິກຳຈຳປາສັກ", language="lo")
    make.organisation("LA", name="ວິທະຍາໄລກະສິກຳຫຼວງພະບາງ", language="lo")
    waiting.do_all()
    found = find(asked, by=None, method=Method(meaning=False)).hits
    assert [hit.record_id for hit in found] == [made.pk]


def test_a_new_name_is_found_and_an_old_one_no_more(university, model):
    names = [name for name in NAMES if name[2] != "IUUR"] + [("acronym", "", "ZQXW")]
    edit_organisation(university, by=make.officer("LA"), names=names)
    waiting.do_all()
    assert [hit.record_id for hit in find("ZQXW", by=None).hits if hit.terms] == [university.pk]
    assert [hit.record_id for hit in find("IUUR", by=None).hits if hit.terms] == []


def test_organisations_are_found_by_everybody_and_narrowed_by_type_and_country(university):
    for user in (None, make.person("LA"), make.operator()):
        assert (
            find("Riverhead", by=user, directions=["university"], countries=["LA"]).hits[0].record_id == university.pk
        )
    assert find("Riverhead", by=None, directions=["university"], countries=["VN"]).hits == []
    assert find("Riverhead", by=None, directions=["hospital"]).hits == []


def test_an_organisation_that_is_gone_leaves_the_index(university):
    key = str(university.pk)
    Organisation.objects.filter(pk=university.pk).delete()
    indexing.follow(key)
    assert Passage.objects.filter(record_id=key).count() == 0


def test_following_twice_changes_nothing(university, model):
    before = list(Passage.objects.order_by("pk").values_list("pk", "digest", "text"))
    read = len(model.read)
    indexing.follow(*(str(key) for key in Organisation.objects.values_list("pk", flat=True)))
    assert (list(Passage.objects.order_by("pk").values_list("pk", "digest", "text")), len(model.read)) == (before, read)
