"""Machine translation: the engine that an operator chose, none unless one was."""

from corridor.language.logic.translation_port import Translator


def translator(kind: str, url: str, *, model: str = "", key: str = "", timeout: float = 60.0) -> Translator | None:
    """The engine of a kind ("libretranslate", "chat"), None for ""; nothing is asked of it before the first `translate`.

    `timeout` in seconds holds for each question to it, repeated tries included. Any other kind is a ValueError.
    """
    if not kind:
        return None
    # Loaded here: HTTP takes a third of a second that an installation without an engine need not spend.
    if kind == "libretranslate":
        from corridor.language.logic.translation_libre import LibreTranslator

        return LibreTranslator(url, key, timeout)
    if kind == "chat":
        from corridor.language.logic.translation_chat import ChatTranslator

        return ChatTranslator(url, model, key, timeout)
    raise ValueError(f"there is no translation engine {kind!r}")
