"""One evaluation of each sort on small texts of our own, shared by the tests that look at it."""

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from tests.database import Seeds

ROWS = {
    "en": [
        "Coffee beans dry in the sun.",
        "The dam stores water for the dry season.",
        "",
        "Nurses need a vaccine fridge.",
        "Only English.",
    ],
    "km": [
        "គ្រាប់កាហ្វេស្ងួតនៅក្រោមពន្លឺព្រះអាទិត្យ។",
        "ទំនប់ស្តុកទឹកសម្រាប់រដូវប្រាំង។",
        "",
        "គិលានុបដ្ឋាយិកាត្រូវការទូទឹកកកវ៉ាក់សាំង។",
        "",
    ],
    "zh": ["咖啡豆在阳光下晒干。", "大坝为旱季蓄水。", "", "护士需要疫苗冰箱。", ""],
}
HUGE = "The long report speaks of roads and bridges. " * 400
COFFEE = "Our coffee beans get mouldy in the rain. We need a dryer."
ROASTING = "We teach how to roast coffee."
FRENCH = "Nous cherchons des partenaires pour un réfrigérateur."
NOTICES = [
    {
        "id": 1,
        "kind": "need",
        "language": "en",
        "country": "KH",
        "title": "Dryer",
        "text": COFFEE,
        "themes": ["industry"],
    },
    {
        "id": 2,
        "kind": "offer",
        "language": "zh",
        "country": "CN",
        "text": "我们制造咖啡豆烘干机。",
        "themes": ["unknown theme"],
    },
    {"id": 3, "kind": "offer", "language": "en", "country": "Thailand", "title": "Roasting course", "text": ROASTING},
    {"id": 4, "kind": "partner", "language": "fr", "title": "Vaccins", "text": FRENCH},
    {"id": 5, "kind": "need", "language": "km", "country": "KH", "title": "ទូទឹកកក", "text": "យើងត្រូវការទូទឹកកកវ៉ាក់សាំង។"},
    {"id": 6, "kind": "need", "title": "", "text": ""},
    {"id": 7, "kind": "offer", "language": "th", "text": "เราขายตู้เย็นเก็บวัคซีน", "themes": None},
]
PAIRS = [
    {"need": 1, "offer": 2, "grade": 3}, {"need": 1, "offer": 3, "grade": 0, "near_miss": True},
    {"need": 5, "offer": 7, "grade": 2}, {"need": 4, "offer": 7, "grade": 0},
]  # fmt: skip


@dataclass(frozen=True)
class Told:
    """What the command printed."""

    out: str
    err: str

    @property
    def figures(self) -> dict[str, Any]:
        """The one JSON object on standard output."""
        return dict(json.loads(self.out))


def databases() -> set[str]:
    """The server's databases of evaluations."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'corridor_evaluation_%%'")
        found = {name for (name,) in cursor.fetchall()}
    connections["owner"].close()
    return found


@contextmanager
def reached(blocker: DjangoDbBlocker) -> Iterator[None]:
    """The server, by both roles; nothing stays connected."""
    with blocker.unblock():
        yield
        connections.close_all()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Aligned texts as people send them: with a byte order mark, other line ends, blank lines, and a file that is something else."""
    made = tmp_path_factory.mktemp("aligned")
    (made / "en.txt").write_bytes(b"\xef\xbb\xbf" + "\r\n".join([*ROWS["en"], HUGE]).encode())
    (made / "km.txt").write_text("\n".join([*ROWS["km"], "", "", ""]), encoding="utf-8")
    (made / "zh.txt").write_text("\n".join([*ROWS["zh"], "长篇报告谈到道路和桥梁。"]) + "\n", encoding="utf-8")
    (made / "category.txt").write_text("travel\n", encoding="utf-8")
    return made


@pytest.fixture(scope="session")
def graded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graded set with gaps: no themes, no title, no country, no language, a language of others, an empty text."""
    file = tmp_path_factory.mktemp("graded") / "set.json"
    file.write_text(json.dumps({"notices": NOTICES, "pairs": PAIRS}), encoding="utf-8-sig")
    return file


@pytest.fixture(scope="session")
def retrieval_told(folder: Path, seeded_database: Seeds, django_db_blocker: DjangoDbBlocker) -> Iterator[list[Told]]:
    """`corridor evaluate retrieval` twice, the second time with more first answers than there are texts."""
    with reached(django_db_blocker):
        yield [printed("evaluate", "retrieval", str(folder)), printed("evaluate", "retrieval", str(folder), k=500)]


@pytest.fixture(scope="session")
def matching_told(
    graded_file: Path, seeded_database: Seeds, django_db_blocker: DjangoDbBlocker
) -> Iterator[list[Told]]:
    """`corridor evaluate matching`, twice the same."""
    with reached(django_db_blocker):
        yield [printed("evaluate", "matching", str(graded_file)) for _ in range(2)]


def printed(*words: str, **options: Any) -> Told:
    """What a command writes on this process's standard output and error."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        call_command(*words, **options)
    return Told(out.getvalue(), err.getvalue())
