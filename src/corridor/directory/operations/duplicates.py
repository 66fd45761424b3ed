"""Looking for entries that are probably one organisation, without comparing all with all. Nothing is decided here."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Count, Q

from corridor.directory.logic.across import ACROSS, Meeting, Proper
from corridor.directory.logic.body_words import COMMON
from corridor.directory.logic.keys import key_of
from corridor.directory.logic.likeness import Likeness, Profile, compare, rarity
from corridor.directory.logic.localities import are_apart, localities_in
from corridor.directory.logic.naming import Name, read_name
from corridor.directory.logic.sites import domain_of
from corridor.directory.models import LikelyDuplicate, Organisation, OrganisationName, Trait
from corridor.directory.states import DuplicateState, NameKind
from corridor.language.logic.sounds import sound
from corridor.language.operations import engines, index
from corridor.language.operations.find import find

KIND = "organisation"
# Whoever shares what so many have is not looked at for it.
MOST_SHARING = 300
MOST_CANDIDATES = 40
MOST_NEAR = 20
LONGEST_KEY = 76
SHORTEST_ACRONYM = 3
BATCH = 100


def profile_of(organisation: Organisation) -> Profile:
    """An organisation, read with its names and identifiers, as it is compared."""
    point = organisation.latitude, organisation.longitude
    return Profile(
        names=tuple(name_of(name) for name in organisation.names.all()),
        type=organisation.type,
        site=domain_of(organisation.website),
        place=key_of(organisation.place),
        province=key_of(organisation.province),
        point=(float(point[0]), float(point[1])) if point[0] is not None and point[1] is not None else None,
        identifiers=frozenset((found.scheme, found.value) for found in organisation.identifiers.all()),
    )


def name_of(name: OrganisationName) -> Name:
    """A name of the directory as it is compared."""
    return read_name(name.text, name.language, is_acronym=name.kind == NameKind.ACRONYM)


def traits_of(profile: Profile) -> set[str]:
    """By what an organisation can be known again: whole names, words and neighbours joined, acronyms and initials, the web domain."""
    found: set[str] = set()
    for name in profile.names:
        if name.is_acronym:
            found.add(f"a:{name.key}")
            continue
        found.add(f"n:{name.key}")
        found |= {f"w:{word}" for word in name.words}
        if name.script == "latin":
            found |= {f"w:{one}{other}" for one, other in zip(name.words, name.words[1:], strict=False)}
        found |= {f"a:{letters}" for letters in name.initials if len(letters) >= SHORTEST_ACRONYM}
    if profile.site:
        found.add(f"s:{profile.site}")
    return {trait[:LONGEST_KEY] for trait in found if len(trait) > 2}


def look_for(*organisation_ids: str) -> int:
    """Look anew for the likely duplicates of these organisations; answers how many pairs wait for a decision among what was found."""
    found = list(_read(Organisation.objects.filter(pk__in=organisation_ids)))
    profiles = {organisation.pk: profile_of(organisation) for organisation in found}
    _write_traits(found, profiles)
    return sum(_look(organisation, profiles[organisation.pk]) for organisation in found)


def everything(*, country: str = "", progress: Callable[[int], object] = lambda _: None) -> int:
    """Look through the whole directory, or one country; answers how many pairs wait for a decision."""
    standing = Organisation.objects.standing()
    listed = list((standing.filter(home=country) if country else standing).order_by("pk").values_list("pk", flat=True))
    batches = [listed[start : start + BATCH] for start in range(0, len(listed), BATCH)]
    for keys in batches:
        found = list(_read(Organisation.objects.filter(pk__in=keys)))
        _write_traits(found, {organisation.pk: profile_of(organisation) for organisation in found})
    for keys in batches:
        for organisation in _read(Organisation.objects.filter(pk__in=keys)):
            _look(organisation, profile_of(organisation))
            progress(1)
    waiting = LikelyDuplicate.objects.waiting()
    return (waiting.filter(home=country) if country else waiting).count()


def _read(found: object) -> Iterable[Organisation]:
    return found.standing().with_names().prefetch_related("identifiers").order_by("pk")  # type: ignore[attr-defined, no-any-return]


@transaction.atomic
def _write_traits(found: Sequence[Organisation], profiles: Mapping[UUID, Profile]) -> None:
    # In one order, so that two jobs at once wait for each other and never for ever.
    Trait.objects.filter(organisation__in=found).delete()
    rows = [
        Trait(organisation=organisation, home=organisation.home, key=key)
        for organisation in found
        for key in sorted(traits_of(profiles[organisation.pk]))
    ]
    Trait.objects.bulk_create(rows, batch_size=2000, ignore_conflicts=True)


def _look(organisation: Organisation, own: Profile) -> int:
    others = {other.pk: other for other in _read(Organisation.objects.filter(pk__in=candidates(organisation, own)))}
    profiles = {pk: profile_of(other) for pk, other in others.items() if not _are_one_tree(organisation, other)}
    weigh = weights(organisation.home, [own, *profiles.values()])
    meanings = Meanings(organisation.home)
    meanings.read(own, profiles.values())
    apart = partial(are_apart, organisation.home)
    likely = {
        pk: found
        for pk, other in profiles.items()
        if (found := compare(own, other, weigh=weigh, between=meanings.between, apart=apart)).is_likely
    }
    return _keep(organisation, likely)


def _are_one_tree(one: Organisation, other: Organisation) -> bool:
    return one.parent_id == other.pk or other.parent_id == one.pk


def nearest_alone(likely: Mapping[UUID, Likeness]) -> dict[UUID, Likeness]:
    """Of those that are alike across languages alone just the nearest: an organisation has hardly two twins in other languages."""
    by_meaning = [pk for pk, found in likely.items() if ACROSS & set(found.reasons)]
    best = max(by_meaning, key=lambda pk: (likely[pk].score, str(pk)), default=None)
    return {pk: found for pk, found in likely.items() if pk == best or pk not in by_meaning}


CANDIDATES = """
WITH mine AS (
    SELECT key, (SELECT count(*) FROM directory_trait AS d WHERE d.home = t.home AND d.key = t.key) AS sharing
    FROM directory_trait AS t WHERE organisation_id = %(own)s)
SELECT other.organisation_id
FROM mine JOIN directory_trait AS other ON other.home = %(home)s AND other.key = mine.key
WHERE mine.sharing <= %(most)s AND other.organisation_id <> %(own)s
GROUP BY other.organisation_id
ORDER BY sum(CASE left(mine.key, 2) WHEN 'n:' THEN 20 WHEN 's:' THEN 8 ELSE ln(%(listed)s::float / mine.sharing) END) DESC,
    other.organisation_id
LIMIT %(limit)s"""


def candidates(organisation: Organisation, own: Profile) -> list[UUID]:
    """Whoever shares rare traits with it, and, where all its names are in one language, whoever the index finds for them in others."""
    listed = Organisation.objects.standing().filter(home=organisation.home).count()
    facts: dict[str, Any] = {
        "own": organisation.pk,
        "home": organisation.home,
        "most": MOST_SHARING,
        "listed": listed + 1,
        "limit": MOST_CANDIDATES,
    }
    with connection.cursor() as cursor:
        cursor.execute(CANDIDATES, facts)
        found: list[UUID] = [row[0] for row in cursor.fetchall()]
    return list(dict.fromkeys([*found, *_near(organisation, own), *_partners(organisation)]))


def _partners(organisation: Organisation) -> list[UUID]:
    """The other sides of pairs that wait already: they were found from there, and are looked at again."""
    waiting = LikelyDuplicate.objects.waiting().filter(Q(first=organisation) | Q(second=organisation))
    sides = waiting.values_list("first", "second")
    return [side for pair in sides for side in pair if side != organisation.pk]


def _near(organisation: Organisation, own: Profile) -> list[UUID]:
    names = [name for name in own.names if not name.is_acronym]
    if len({name.tongue for name in names}) != 1:
        return []
    hits = find(names[0].text, by=None, kinds=[KIND], countries=[organisation.home], limit=MOST_NEAR).hits
    return [hit.record_id for hit in hits if hit.record_id != organisation.pk]


def weights(home: str, profiles: Iterable[Profile]) -> Callable[[str], float]:
    """How rare words are among the names of a country, in two queries."""
    words = {word for profile in profiles for name in profile.names for word in name.words}
    keys = [f"w:{word}"[:LONGEST_KEY] for word in words]
    counted = Trait.objects.filter(home=home, key__in=keys).values_list("key").annotate(Count("pk"))
    counts = {key.removeprefix("w:"): count for key, count in counted}
    listed = Organisation.objects.standing().filter(home=home).count()
    return lambda word: rarity(listed, counts.get(word[: LONGEST_KEY - 2], 0), is_common=word in COMMON)


def reasons_between(one: Organisation, other: Organisation) -> tuple[str, ...]:
    """What speaks for and against two entries being one, by their letters and facts alone."""
    profiles = profile_of(one), profile_of(other)
    return compare(*profiles, weigh=weights(one.home, profiles), apart=partial(are_apart, one.home)).reasons


class Meanings:
    """How names of different languages of one country meet; each is read once, by the model of the index and in the lexicon."""

    def __init__(self, home: str) -> None:
        self._home = home
        self._places: dict[str, int] = {}
        self._proper: list[Proper] = []

    def read(self, own: Profile, others: Iterable[Profile]) -> None:
        """Read the names of those that cannot be compared by letters. Raises `EmbeddingUnavailable`."""
        mine = tongues(own)
        apart = [other for other in others if mine and tongues(other) and not mine & tongues(other)]
        texts = {
            name.text: name.tongue
            for profile in (own, *apart)
            for name in profile.names
            if apart and not name.is_acronym
        }
        self._places = {text: place for place, text in enumerate(texts)}
        self._proper = [self._proper_to(text) for text in texts]
        if texts:
            languages = list(texts.values())
            vectors = index.read([(tongue, "", text) for text, tongue in texts.items()])
            self._nearness = vectors @ vectors.T - engines.configured().fairness.between(languages, languages)

    def between(self, one: Name, other: Name) -> Meeting | None:
        """How two names meet; None for names that were not read."""
        a, b = self._places.get(one.text), self._places.get(other.text)
        if a is None or b is None:
            return None
        near = float(self._nearness[a, b])
        return Meeting(near, self._proper[a], self._proper[b]) if math.isfinite(near) else None

    def _proper_to(self, text: str) -> Proper:
        return Proper(sound(" ".join(index.names_in(text))), localities_in(self._home, text, index.known_in(text)))


def tongues(profile: Profile) -> set[str]:
    """The languages of its names, as far as comparing goes."""
    return {name.tongue for name in profile.names if not name.is_acronym}


@transaction.atomic
def _keep(organisation: Organisation, likely: Mapping[UUID, Likeness]) -> int:
    """Write down what was found; a pair that somebody decided on or named stays, one that is no longer likely goes."""
    sides = Q(first=organisation) | Q(second=organisation)
    known = {
        pair.second_id if pair.first_id == organisation.pk else pair.first_id: pair
        for pair in LikelyDuplicate.objects.select_for_update().filter(sides).order_by("pk")
    }
    for pk, found in likely.items():
        pair = known.get(pk)
        if pair is not None and pair.state == DuplicateState.OPEN and pair.named_by_id is None:
            pair.score, pair.reasons = found.score, list(found.reasons)
            pair.save(update_fields=["score", "reasons"])
    new = [pk for pk in nearest_alone(likely) if pk not in known]
    LikelyDuplicate.objects.bulk_create([_pair(organisation, pk, likely[pk]) for pk in new], ignore_conflicts=True)
    unlikely = [pair.pk for pk, pair in known.items() if pk not in likely and pair.named_by_id is None]
    LikelyDuplicate.objects.waiting().filter(pk__in=unlikely).delete()
    return len(new) + sum(known[pk].state == DuplicateState.OPEN for pk in likely if pk in known)


def _pair(organisation: Organisation, other: UUID, found: Likeness) -> LikelyDuplicate:
    first, second = sorted((organisation.pk, other))
    return LikelyDuplicate(
        home=organisation.home, first_id=first, second_id=second, score=found.score, reasons=list(found.reasons)
    )
