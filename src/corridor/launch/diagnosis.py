"""What can be wrong with an installation, one question each: silence means fine, a finding says how to mend it."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import get_connection
from django.db import connections

from corridor.environment import Environment
from corridor.kernel.operations import phones
from corridor.kernel.states import CodePurpose, Texting
from corridor.language.logic.embedding_port import EmbeddingUnavailable
from corridor.language.logic.engine import conversion
from corridor.language.models import Engine, Passage
from corridor.language.operations import engines, machine
from corridor.language.states import CallOutcome, IndexState
from corridor.launch.catalogues import stale_catalogues
from corridor.launch.faults import CannotStart
from corridor.launch.preparation import pending_migrations, refuse_unfit_server
from corridor.matching.operations import sample
from corridor.settings import ENVIRONMENT

LOOPBACK = {"localhost", "127.0.0.1", "::1", "[::1]"}
SECRET_LENGTH = 50
FREE_BYTES = 2 * 1024**3
MANY_CALLS = 20


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, and the remedy."""

    subject: str
    fault: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.subject}: {self.fault}\n    {self.remedy}"


def settings_known() -> Iterator[Finding]:
    """A misspelt variable is silently nothing, so it is looked for."""
    known = {f"CORRIDOR_{name}".upper() for name in Environment.model_fields}
    own = {"CORRIDOR_MAKE", "CORRIDOR_VENV", "CORRIDOR_REQUIRE_JOURNEYS"}
    for name in sorted(name for name in os.environ if name.startswith("CORRIDOR_")):
        if name not in known | own:
            yield Finding("settings", f"there is no setting {name}", "See docs/settings.md for the names that exist.")


def secret_key() -> Iterator[Finding]:
    """A short key can be guessed, and then cookies can be forged."""
    if len(settings.SECRET_KEY) < SECRET_LENGTH:
        yield Finding(
            "secret key",
            f"CORRIDOR_SECRET_KEY has {len(settings.SECRET_KEY)} characters, at least {SECRET_LENGTH} are needed",
            "Make one:  python3 -c 'import secrets; print(secrets.token_urlsafe(64))'",
        )


def development_mode() -> Iterator[Finding]:
    """Sample sign-ins with published passwords must not be reachable from elsewhere."""
    public = ({ENVIRONMENT.bind, *settings.ALLOWED_HOSTS}) - LOOPBACK
    if settings.DEVELOPMENT and public:
        yield Finding(
            "development mode",
            f"it is on while the site answers on {', '.join(sorted(public))}",
            "Unset CORRIDOR_DEVELOPMENT (and set CORRIDOR_SECRET_KEY), or serve 127.0.0.1 only.",
        )


def sample_data() -> Iterator[Finding]:
    """The sample belongs to development."""
    if not settings.DEVELOPMENT and sample.is_loaded():
        yield Finding("sample", "sample data is here outside development", "Run `corridor unload sample`.")


def mail() -> Iterator[Finding]:
    """Whether the mail server lets us in; no letter is sent."""
    if not ENVIRONMENT.email_url:
        if not settings.DEVELOPMENT:
            yield Finding("mail", "no mail server is set", "Set CORRIDOR_EMAIL_URL=smtp://user:password@host:587.")
        return
    try:
        connection = get_connection(timeout=10)
        connection.open()
        connection.close()
    except OSError as error:
        host = urlsplit(ENVIRONMENT.email_url).hostname
        yield Finding("mail", f"the server {host} does not accept us: {error}", "Correct CORRIDOR_EMAIL_URL.")


def disk() -> Iterator[Finding]:
    """A database without space stops, and takes the site with it."""
    free = shutil.disk_usage(settings.VAR).free
    if free < FREE_BYTES:
        yield Finding("disk", f"{free / 1024**3:.1f} GB are free in {settings.VAR}", "Make room, or move CORRIDOR_VAR.")
    if not os.access(settings.VAR, os.W_OK):
        yield Finding("folder", f"{settings.VAR} cannot be written to", "Correct its owner, or set CORRIDOR_VAR.")


def translations() -> Iterator[Finding]:
    """Without compiled translations every page is English."""
    stale = stale_catalogues(settings.VAR / "locale")
    if stale:
        yield Finding("translations", f"{len(stale)} are not compiled", "Run `corridor prepare`.")


def server() -> Iterator[Finding]:
    """Reachable, new enough, with pgvector."""
    try:
        refuse_unfit_server()
    except CannotStart as error:
        fault, _, remedy = str(error).partition("\n")
        yield Finding("database", fault, remedy or "Correct the address; docs/operating.md shows how it is made.")


def roles() -> Iterator[Finding]:
    """The application's role must not be able to drop the triggers that guard the events."""
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "select current_user, rolsuper, (select count(*) from pg_class c join pg_namespace n on n.oid = relnamespace"
            " where nspname = 'public' and relkind = 'r' and relowner = r.oid) from pg_roles r where rolname = current_user"
        )
        name, is_superuser, owned = cursor.fetchone()
    if is_superuser or owned:
        yield Finding(
            "roles",
            f"the application's role {name} {'is a superuser' if is_superuser else f'owns {owned} tables'}",
            "Use two roles (docs/operating.md, 'A PostgreSQL of your own'), then run `corridor prepare`.",
        )


def migrations() -> Iterator[Finding]:
    """Tables must be as the code expects them."""
    if missing := pending_migrations():
        yield Finding("migrations", f"{len(missing)} are pending ({missing[0]} ...)", "Run `corridor prepare`.")


def jobs() -> Iterator[Finding]:
    """Jobs that nobody does, jobs whose worker died, jobs that failed for good."""
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "select count(*) filter (where status = 'todo' and coalesce(scheduled_at, ("
            "   select min(at) from procrastinate_events e where e.job_id = j.id)) < now() - interval '10 minutes'),"
            " count(*) filter (where status = 'doing' and not exists ("
            "   select from procrastinate_workers w where w.id = j.worker_id and last_heartbeat > now() - interval '2 minutes')),"
            " count(*) filter (where status = 'failed') from procrastinate_jobs j"
        )
        late, stalled, failed = cursor.fetchone()
    if late or stalled:
        fault = f"{late} wait for more than ten minutes, {stalled} lost their worker"
        yield Finding("jobs", fault, "Start a worker:  corridor work   (`corridor serve` starts one too).")
    if failed:
        yield Finding("jobs", f"{failed} have failed for good", "The worker's log says why.")


def model() -> Iterator[Finding]:
    """Whether texts get their meaning, and from the fast engine."""
    try:
        engine = engines.embedder()
        engine.embed(["water"], "query")
    except EmbeddingUnavailable as error:
        remedy = (
            "Correct CORRIDOR_EMBEDDINGS_URL, _MODEL and _KEY."
            if settings.EMBEDDINGS["url"]
            else "Run `make run` again."
        )
        yield Finding("model", f"no meaning can be computed: {error}", remedy)
        return
    if not settings.EMBEDDINGS["url"] and engines.plain(engine).version != conversion.tag():
        yield Finding(
            "model", "the slow engine is in use", "The log of `corridor reindex` says why the fast one is not."
        )


def translation_engine() -> Iterator[Finding]:
    """Whether the translation engine answers, makes sense and may still be asked; nothing is asked of it here."""
    if machine.engine() is None:
        return
    silence = machine.silence()
    if silence.times:
        fault = (
            f"{machine.host()} gave nothing, {silence.times} in a row; the last time {CallOutcome(silence.why).label}"
        )
        yield Finding(
            "translation", fault, "Correct CORRIDOR_TRANSLATION_URL, _MODEL and _KEY, or wait; nothing is lost."
        )
    if not machine.characters_left():
        remedy = (
            "Raise CORRIDOR_TRANSLATION_MONTHLY_CHARACTERS, or wait for the next month; what people wish for waits."
        )
        yield Finding("translation", "the characters of this month are spent", remedy)
    month = next(iter(machine.months(1)), None)
    if month is not None and month.asked >= MANY_CALLS and month.answered * 2 < month.asked:
        fault = f"only {month.answered} of {month.asked} answers of the last month were translations"
        yield Finding("translation", fault, "The page 'Machine translation' of an operator's desk says why not.")


def text_messages() -> Iterator[Finding]:
    """Whether codes reach phones; nothing is sent here."""
    state = phones.texting()
    if state == Texting.SPENT:
        remedy = "Look who asks for them before you raise CORRIDOR_SMS_DAILY."
        yield Finding("text messages", "those of today are spent", remedy)
    elif phones.texting(CodePurpose.NUMBER) == Texting.FULL:
        remedy = "Look who confirms numbers before you raise CORRIDOR_SMS_DAILY; a third of it is for that."
        yield Finding("text messages", "those of today that confirm numbers are spent", remedy)
    failure = "" if state == Texting.OFF else phones.last_failure(phones.KEPT)
    if failure:
        remedy = "Correct CORRIDOR_SMS_URL and the settings beside it; the worker's log says more."
        yield Finding("text messages", f"the last one was not sent ({failure})", remedy)


def index() -> Iterator[Finding]:
    """Whether everything published can be found by its meaning."""
    missing = Passage.objects.filter(embedding__isnull=True).count()
    if missing:
        yield Finding(
            "index", f"{missing} passages have no meaning yet", "Run `corridor reindex`, or wait for the worker."
        )
    if Engine.objects.filter(state=IndexState.BUILDING).exists():
        yield Finding(
            "index", "the index of another model is being built", "Wait for the worker; the old one serves until then."
        )


def remarks() -> Iterator[str]:
    """What is so on purpose, but should be known."""
    if settings.SAMPLE_WITHOUT_SECOND_FACTOR:
        yield "Officers of the sample hold their offices without a second factor (CORRIDOR_SAMPLE_WITHOUT_SECOND_FACTOR)."


def findings() -> Iterator[Finding]:
    """All that is wrong. Without a sound database, what lies in it is not asked about."""
    yield from chain.from_iterable(ask() for ask in OUTSIDE)
    broken = list(server())
    yield from broken
    if not broken:
        yield from migrated()


def migrated() -> Iterator[Finding]:
    """What can only be asked once the tables are there."""
    missing = list(migrations())
    yield from missing
    if not missing:
        yield from chain.from_iterable(ask() for ask in INSIDE)


OUTSIDE: tuple[Callable[[], Iterator[Finding]], ...] = (
    settings_known,
    secret_key,
    development_mode,
    mail,
    disk,
    translations,
)
INSIDE: tuple[Callable[[], Iterator[Finding]], ...] = (
    roles,
    sample_data,
    jobs,
    model,
    translation_engine,
    text_messages,
    index,
)
