"""Verbs of saved searches: save one, choose its rhythm, look at it, remove it, end all letters."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import numpy as np
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils import timezone

from corridor.kernel.models import User
from corridor.kernel.operations import hold, record
from corridor.language.logic.bulk import near_enough
from corridor.language.logic.embedding import EmbeddingUnavailable
from corridor.language.operations import engines
from corridor.language.operations.questions import Question, ask
from corridor.matching import rules
from corridor.matching.models import SavedSearch
from corridor.matching.states import Rhythm

ENDING = Signer(salt="corridor.saved-searches.end")


def keep(
    *, by: User, text: str, spoken: str, asked: Mapping[str, str], facets: Mapping[str, Any], rhythm: str
) -> SavedSearch:
    """Let a search stand. From now on what comes in is held against it; saved twice it is one, with the newer rhythm.

    The question is read before the row is made, so that nothing that comes in meanwhile counts as older than it.
    """
    question = ask(text, language=spoken or None) if text else None
    key = hashlib.sha1(json.dumps(dict(asked), sort_keys=True).encode(), usedforsecurity=False).hexdigest()
    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)  # two at once do not go over the limit together
        others = SavedSearch.objects.filter(user=by).exclude(key=key).count()
        rules.may_save_search(others=others, says=says_something(question)).enforce()
        made, is_new = SavedSearch.objects.get_or_create(
            user=by,
            key=key,
            defaults={"text": text, "spoken": spoken, "asked": dict(asked), "facets": dict(facets), "rhythm": rhythm},
        )
        if is_new:
            _keep(made, question)
            record("search.saved", made, by=by, rhythm=rhythm)
        elif made.rhythm != rhythm:
            choose_rhythm(made, by=by, rhythm=rhythm)
    return made


def says_something(question: Question | None) -> bool:
    """Whether there is a word in a question, in any script."""
    return question is None or bool(question.terms or question.guess.script)


def _keep(search: SavedSearch, question: Question | None) -> None:
    """Keep what was read of a question, so that nobody has to ask the model again; without an answer of the model, only the words."""
    if question is None:
        return
    vector = question.vector
    search.vector = np.asarray(vector, dtype=np.float32).tobytes() if vector is not None else None
    search.engine = engines.serving_name() if vector is not None else ""
    search.terms = [
        [t.lexeme, t.kind, t.position, t.until, t.worth, float(weight)]
        for t, weight in zip(question.terms, question.weights, strict=True)
    ]
    search.least = near_enough(question.guess.language)
    search.save(update_fields=["vector", "engine", "terms", "least"])


def ready(searches: Sequence[SavedSearch]) -> Sequence[SavedSearch]:
    """These searches as the engine in service reads them; those that another one read, or none, are read now.

    Raises `EmbeddingUnavailable` when the model does not answer: nothing is held against a question that was read by half.
    """
    serving = engines.serving_name()
    for search in searches:
        if search.text and search.engine != serving:
            _keep(search, ask(search.text, language=search.spoken or None))
            if search.engine != serving:
                raise EmbeddingUnavailable("a saved search waits to be read")
    return searches


@transaction.atomic
def choose_rhythm(search: SavedSearch, *, by: User, rhythm: str) -> None:
    """How often to write about it, or never."""
    hold(search)
    rules.owns_search(by, search).enforce()
    search.rhythm = Rhythm(rhythm)
    search.save(update_fields=["rhythm"])
    record("search.rhythm_chosen", search, by=by, rhythm=rhythm)


@transaction.atomic
def look(search: SavedSearch, *, by: User) -> None:
    """Its owner has seen what is new; from now on only what comes later is."""
    hold(search)
    rules.owns_search(by, search).enforce()
    search.looked_at = timezone.now()
    search.save(update_fields=["looked_at"])


@transaction.atomic
def remove(search: SavedSearch, *, by: User) -> None:
    """Forget a search and what was found for it."""
    hold(search)
    rules.owns_search(by, search).enforce()
    record("search.removed", search, by=by)
    search.delete()


def ending_of(user: User) -> str:
    """What stands in the address by which a person ends their letters without signing in."""
    return ENDING.sign(user.pk.hex)


def person_of(ending: str) -> User | None:
    """Whose letters that address ends; None where it was not made here."""
    try:
        return User.objects.filter(pk=UUID(ENDING.unsign(ending))).first()
    except (BadSignature, ValueError):
        return None


@transaction.atomic
def end_letters(user: User) -> int:
    """No more letters about saved searches, not even one that is written and not posted yet. The searches stay on the desk."""
    searches = SavedSearch.objects.select_for_update().filter(user=user).exclude(rhythm=Rhythm.NEVER)
    ended = searches.update(rhythm=Rhythm.NEVER)
    if ended:
        record("search.letters_ended", user, by=user, searches=ended)
    return ended
