"""Jobs of the kernel: post letters and codes, and free jobs whose worker died."""

import logging

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as jobs
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from corridor.kernel import operations
from corridor.kernel.logic.texting import SenderUnavailable
from corridor.kernel.operations import phones

log = logging.getLogger(__name__)

# A worker shows that it lives every 10 seconds; one that was silent for this long is dead and its jobs go on elsewhere.
SILENT_SECONDS = 30
# A mail server may be down for a day: 1, 2, 4 ... minutes, an hour at most, for about two days.
PATIENCE = RetryStrategy(max_attempts=60, wait=60, linear_wait=120)
# After 10, 25, 40 ... seconds, as long as the code lives: then there is nothing left to send, and the job ends.
HASTE = RetryStrategy(wait=10, linear_wait=15, retry_exceptions={SenderUnavailable})


@jobs.task(name="kernel.post_letter", retry=PATIENCE, queue="post")
def post_letter(*, letter: str) -> None:
    """Hand a letter to the mail server."""
    operations.post_letter(letter)


@jobs.task(name="kernel.post_code", retry=HASTE, queue="post")
def post_code(*, code: str) -> None:
    """Hand a code to the sender of text messages. A sender that is slow keeps letters waiting no longer than its timeout."""
    phones.post_code(code)


@jobs.periodic(cron="7 * * * *")
@jobs.task(name="kernel.forget_codes", queueing_lock="kernel.forget_codes")
def forget_codes(timestamp: int) -> None:
    """Codes that are over, and numbers that nobody confirmed, are forgotten."""
    phones.forget_codes()


@jobs.periodic(cron="* * * * *")
@jobs.task(name="kernel.free_stalled", queueing_lock="kernel.free_stalled", pass_context=False)
async def free_stalled(timestamp: int) -> None:
    """Give jobs of dead workers back, and forget workers that are gone; the library leaves this to us."""
    manager = jobs.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS):
        log.warning("job %s (%s) lost its worker and is given back", job.id, job.task_name)
        try:
            await manager.retry_job(job)
        except UniqueViolation:  # its next turn waits in the queue already and will do the same
            await manager.finish_job(job, Status.ABORTED, delete_job=False)
    await manager.prune_stalled_workers(SILENT_SECONDS * 4)


@jobs.periodic(cron="17 2 * * *")
@jobs.task(name="kernel.forget_finished_jobs", queueing_lock="kernel.forget_finished_jobs")
async def forget_finished_jobs(timestamp: int) -> None:
    """Finished jobs are kept for a week and failed ones for ninety days."""
    await jobs.job_manager.delete_old_jobs(nb_hours=24 * 7, include_failed=False)
    await jobs.job_manager.delete_old_jobs(nb_hours=24 * 90, include_failed=True)
