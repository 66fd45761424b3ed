"""What people read is complete in every language, fills the same blanks, and is asked for in the reader's language."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf.locale import LANG_INFO
from django.template.loader import get_template
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils import formats, translation

from corridor.launch.catalogues import compile_catalogues
from tests.house.reading import TEMPLATES, modules, name_of, templates, tree
from tools.translating import catalogue as catalogues
from tools.translating.catalogue import LANGUAGES
from tools.translating.messages import Message, TemplateError
from tools.translating.sources import KEYWORDS, library_messages, project_messages, texts_of_libraries
from tools.translating.templates import template_messages
from tools.translating.validity import faults
from tools.translations import check

LAZY = {name for name in KEYWORDS if name.endswith("_lazy")}
# Calls and arguments whose text people read: a bare text there could not be translated.
SPEAKING_CALLS = {"ValidationError", "Refused"}
SPEAKING_ARGUMENTS = {"label", "help_text", "empty_label", "heading"}


def test_every_catalogue_is_complete_and_right():
    assert check() == []


def test_the_catalogues_are_of_the_languages_of_the_interface(settings):
    assert ["en", *LANGUAGES] == [code for code, _name in settings.LANGUAGES]
    assert {path.name for path in catalogues.LOCALE.iterdir() if path.is_dir()} == {f for f, _ in LANGUAGES.values()}


def test_the_catalogues_compile(tmp_path):
    assert len(compile_catalogues(tmp_path)) == len(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_months_and_days_have_names_in_every_language(language):
    with translation.override(language):
        assert translation.gettext("January") != "January"
        assert translation.gettext("Monday") != "Monday"


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_django_knows_every_language_and_how_it_writes_dates(language):
    assert LANG_INFO[language]["code"] == language
    with translation.override(language):
        assert formats.get_format("DATE_INPUT_FORMATS")[0] == "%Y-%m-%d"
        assert formats.get_format_modules()[0].__name__.startswith("corridor.formats.")


def test_what_a_library_says_in_a_language_is_not_said_again():
    """Chinese is whole in both libraries, Lao in neither."""
    said = {message.key for message in library_messages()}
    assert {key for key in said if key not in texts_of_libraries("lo")} == said
    kept = catalogues.read("zh-hans").texts
    own = {message.key for message in project_messages()}
    assert {key for key in kept if key in texts_of_libraries("zh_Hans")} - own == set()


def test_messages_of_templates_are_found_as_django_asks_for_them():
    found = {text for message in project_messages() for text in (message.english, message.plural)}
    asked = {text for path in templates() if path.name != "gallery.html" for text in asked_for(path)}
    assert len(asked) > 100
    assert asked - found == set()


def asked_for(path: Path) -> Iterator[str]:
    """What the compiled template will look up in a catalogue."""
    template = get_template(path.relative_to(TEMPLATES).as_posix()).template
    for node in template.nodelist.get_nodes_by_type((TranslateNode, BlockTranslateNode)):
        if isinstance(node, BlockTranslateNode):
            for tokens in filter(None, (node.singular, node.plural)):
                yield node.render_token_list(tokens)[0]
            continue
        literal = getattr(node.filter_expression.var, "literal", None)
        if isinstance(literal, str):
            yield literal.replace("%", "%%")


def test_tags_of_templates_are_read_with_context_plural_and_comments():
    source = """{% load i18n %}{# Translators: a greeting #}{% translate "Hello" context "letter" %}
    {% blocktranslate trimmed count n=2 with who=name context "list" %} one {{ who }}
      50% {% plural %} {{ n }} {{ who }} {% endblocktranslate %}{% x label=_("Send") %}{{ _("Back") }}
    {% comment %}{% translate "silent" %}{% endcomment %}{% translate 'as it is' noop %}"""
    found = {message.key: message for message in template_messages(source, "page.html")}
    assert set(found) == {
        ("Hello", "letter"),
        ("one %(who)s 50%%", "list"),
        ("Send", ""),
        ("Back", ""),
        ("as it is", ""),
    }
    assert found["Hello", "letter"].notes == {"a greeting"}
    assert found["one %(who)s 50%%", "list"].plural == "%(n)s %(who)s"


def test_a_tag_inside_a_translated_block_is_an_error():
    with pytest.raises(TemplateError, match="cannot stand inside blocktranslate"):
        list(template_messages("{% blocktranslate %}a{% url 'home' %}{% endblocktranslate %}", "page.html"))


@pytest.mark.parametrize(
    ("english", "text", "found"),
    [
        ("Dear %(name)s,", "ເຖິງ %(name)s,", []),
        ("Dear %(name)s,", "ເຖິງ", ["blanks: lacks %(name)s"]),
        ("Dear {name},", "ເຖິງ {nam},", ["blanks: lacks {name}; has {nam} that English has not"]),
        ("%d of %s", "%s %d", ["has not the same %s and %d in the same order"]),
        ("%(share)s%% done", "ແລ້ວ %(share)s%%", []),
        ("%(share)s done", "ແລ້ວ %(share)s%", ["has a stray %: write %%"]),
        ("<b>now</b>", "<b>ດຽວນີ້</b>", []),
        ("<b>now</b>", "ດຽວນີ້", ["tags: lacks </b>, <b>"]),
        ("now", "<ດຽວນີ້", ["has a stray < or >"]),
        ("Ends here ", "ຈົບ", ["does not begin and end with the same spaces and line breaks"]),
        ("now", "ດຽວ\x07ນີ້", ["has a control character"]),
        ("now", "", ["is not translated"]),
        ("Say it in your own words", "Say it in your own words", ["is the English"]),
        ("Corridor", "Corridor", []),
    ],
)
def test_a_text_that_cannot_stand_for_its_english_is_named(english, text, found):
    assert faults(Message(english), text) == found


def test_a_number_that_only_the_plural_has_may_be_left_out():
    message = Message("one day", plural="%(days)s days")
    assert faults(message, "ວັນ") == []
    assert faults(message, "%(days)s ວັນ") == []


def test_what_is_translated_is_written_out_where_it_is_said():
    """A text that is put together at run time is in no catalogue."""
    found = [
        f"{name_of(path)}:{call.lineno}"
        for path in modules("src")
        for call in calls(path)
        if called(call) in KEYWORDS and not isinstance(call.args[-1 if "p" not in called(call) else 1], ast.Constant)
    ]
    assert found == []


def test_nothing_is_translated_inside_an_f_string():
    """The list of messages is read from whole calls; inside an f-string they are not seen before Python 3.12."""
    found = [
        f"{name_of(path)}:{text.lineno}"
        for path in modules("src")
        for text in ast.walk(tree(path))
        if isinstance(text, ast.JoinedStr)
        and any(isinstance(part, ast.Call) and called(part) in KEYWORDS for part in ast.walk(text))
    ]
    assert found == []


def test_nothing_is_translated_before_there_is_a_reader():
    """At the level of a module or class only the lazy kind waits for the reader's language."""
    assert [f"{name_of(path)}:{line}" for path in modules("src") for line in hasty(path)] == []


def test_labels_reasons_and_errors_can_be_translated():
    found = [
        f"{name_of(path)}:{call.lineno} {ast.unparse(text)}"
        for path in modules("src/corridor")
        if "launch" not in path.parts and path.stem != "gallery"
        for call in calls(path)
        for text in spoken(call)
        if isinstance(text, ast.Constant | ast.JoinedStr) and re.search("[a-zA-Z]{2}", ast.unparse(text)[1:-1])
    ]
    assert found == []


def spoken(call: ast.Call) -> Iterator[ast.expr]:
    """The arguments of a call that people read."""
    yield from (keyword.value for keyword in call.keywords if keyword.arg in SPEAKING_ARGUMENTS)
    if called(call) in SPEAKING_CALLS and call.args:
        first = call.args[0]
        yield from first.elts if isinstance(first, ast.List | ast.Tuple) else [first]
    function = call.func
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and function.value.id == "messages":
        yield from call.args[1:2]


def calls(path: Path) -> Iterator[ast.Call]:
    """Every call in a module."""
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call))


def called(call: ast.Call) -> str:
    """The name of what is called."""
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def hasty(path: Path) -> Iterator[int]:
    """Lines that translate while the module is read."""
    imports = [node for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom)]
    names = {
        alias.asname or alias.name
        for node in imports
        if node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in KEYWORDS and alias.name not in LAZY and alias.name != "gettext_noop"
    }
    for node in at_once(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            yield node.lineno


def at_once(node: ast.AST) -> Iterator[ast.AST]:
    """What Python runs while it reads a module: everything outside functions, and their defaults."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from at_once(child.args)
        else:
            yield child
            yield from at_once(child)
