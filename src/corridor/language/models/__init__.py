"""Nouns of the language room: passages of the one index, engines of meaning, translations, calls on their engines, the lexicon."""

from corridor.language.models.lexicon import Broader, Concept, Term, TermReview
from corridor.language.models.passages import DIMENSION, Arrival, Engine, Frequency, Passage
from corridor.language.models.translations import EngineCall, FormerTranslation, Translation, TranslationRequest

__all__ = [
    "DIMENSION",
    "Arrival",
    "Broader",
    "Concept",
    "Engine",
    "EngineCall",
    "FormerTranslation",
    "Frequency",
    "Passage",
    "Term",
    "TermReview",
    "Translation",
    "TranslationRequest",
]
