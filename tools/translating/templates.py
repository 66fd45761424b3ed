"""Messages in Django's templates, read with Django's own lexer and grammar, so that no GNU gettext is needed."""

from collections.abc import Iterator

from django.template.base import Lexer, Token, TokenType
from django.utils.translation import trim_whitespace
from django.utils.translation.template import block_re, constant_re, endblock_re, inline_re, plural_re

from tools.translating.messages import Message, TemplateError

NOTE = "Translators:"


def template_messages(source: str, place: str) -> Iterator[Message]:
    """Every message of one template: the tags translate and blocktranslate, and _("...") inside other tags."""
    notes: set[str] = set()
    tokens = iter(_spoken(Lexer(source).tokenize()))
    for token in tokens:
        if token.token_type == TokenType.COMMENT and token.contents.startswith(NOTE):
            notes = {token.contents.removeprefix(NOTE).strip()}
        elif token.token_type in (TokenType.BLOCK, TokenType.VAR):
            for message in _said(token, tokens, place):
                yield Message(message.english, message.context, message.plural, {place}, notes)
                notes = set()


def _said(token: Token, tokens: Iterator[Token], place: str) -> list[Message]:
    """What one tag says; blocktranslate takes the tokens up to its end."""
    found = list(_constants(token))
    if token.token_type == TokenType.BLOCK and (inline := inline_re.match(token.contents)):
        found.append(Message(_escaped(inline[1][1:-1]), inline[3][1:-1] if inline[3] else ""))
    elif token.token_type == TokenType.BLOCK and block_re.match(token.contents):
        found.append(_block(token, tokens, place))
    return found


def _spoken(tokens: list[Token]) -> Iterator[Token]:
    """Tokens outside {% comment %}."""
    silent = False
    for token in tokens:
        if token.token_type == TokenType.BLOCK and token.contents.split()[0] in ("comment", "endcomment"):
            silent = token.contents.startswith("comment")
        elif not silent:
            yield token


def _constants(token: Token) -> Iterator[Message]:
    for literal in constant_re.findall(token.contents):
        if "%" in literal:
            raise TemplateError(
                f"_({literal}): a percent sign is only safe inside the tags translate and blocktranslate"
            )
        yield Message(literal[1:-1])


def _block(opening: Token, tokens: Iterator[Token], place: str) -> Message:
    """The text between blocktranslate and endblocktranslate, as Django asks for it at run time."""
    forms = [""]
    for token in tokens:
        if token.token_type == TokenType.BLOCK and endblock_re.match(token.contents):
            break
        if token.token_type == TokenType.BLOCK and plural_re.match(token.contents):
            forms.append("")
        elif token.token_type == TokenType.VAR:
            forms[-1] += f"%({token.contents.strip()})s"
        elif token.token_type == TokenType.TEXT:
            forms[-1] += _escaped(token.contents)
        elif token.token_type == TokenType.BLOCK:
            raise TemplateError(f"{place}: the tag {token.contents!r} cannot stand inside blocktranslate")
    else:
        raise TemplateError(f"{place}: blocktranslate without endblocktranslate")
    if "trimmed" in opening.split_contents():
        forms = [trim_whitespace(form) for form in forms]
    tag = block_re.match(opening.contents)
    return Message(forms[0], tag[2][1:-1] if tag and tag[2] else "", "".join(forms[1:]))


def _escaped(text: str) -> str:
    return text.replace("%", "%%")
