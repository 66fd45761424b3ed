"""Translations compile in Python, when they are stale and only then."""

import gettext
import os

from corridor.launch.catalogues import compile_catalogues, stale_catalogues

LAO = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Search"\nmsgstr "ຄົ້ນຫາ"\n'


def source(tmp_path):
    path = tmp_path / "locale" / "lo" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(LAO)
    return path


def test_what_is_compiled_can_be_read(tmp_path):
    source(tmp_path)
    (compiled,) = compile_catalogues(tmp_path / "to", tmp_path / "locale")
    with compiled.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Search") == "ຄົ້ນຫາ"


def test_what_is_fresh_is_left_alone(tmp_path):
    source(tmp_path)
    compile_catalogues(tmp_path / "to", tmp_path / "locale")
    assert compile_catalogues(tmp_path / "to", tmp_path / "locale") == []


def test_a_changed_source_is_stale(tmp_path):
    path = source(tmp_path)
    (compiled,) = compile_catalogues(tmp_path / "to", tmp_path / "locale")
    os.utime(path, (compiled.stat().st_mtime + 10,) * 2)
    assert stale_catalogues(tmp_path / "to", tmp_path / "locale") == {path: compiled}
