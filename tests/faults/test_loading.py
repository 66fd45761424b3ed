"""What one person publishes is found at once, whatever else the installation is doing."""

import json
import statistics
import sys
import time

import pytest

from corridor.directory.models import Organisation
from corridor.language.models import Passage
from corridor.language.operations.find import find
from tests import make
from tests.directory import register

pytestmark = pytest.mark.usefixtures("committed_db")
PROMISE = 2.0  # seconds


def test_a_published_notice_is_found_within_two_seconds_while_thousands_are_loaded(
    machine, soon, tmp_path, record_property
):
    path = tmp_path / "dump.json"
    records = [register.second(n, "LA") if n % 2 else register.first(n, "VN") for n in range(2000)]
    path.write_text(json.dumps(records))
    own, officer = make.organisation("LA"), make.officer("LA")
    author = make.member(own)
    machine.run("work")
    waiting = [make.submitted(author, of=own, title=f"Quartzine{n} dryer for coffee") for n in range(6)]

    def seconds(number: int) -> float:
        """How long from publishing to being found, by meaning as well."""
        notice = waiting[number]
        make.notices.publish(notice.latest, by=officer)
        published = time.monotonic()
        query = f"Quartzine{number} dryer"
        soon(lambda: any(hit.record_id == notice.pk and hit.meaning for hit in find(query, by=None).hits[:1]))
        return time.monotonic() - published

    seconds(0)  # this process and the worker have read the model
    loader = machine.run("load", "organisations", str(path))
    soon(lambda: Organisation.objects.count() > 300)
    measured = []
    for number in range(1, 6):
        measured.append(seconds(number))
        time.sleep(0.5)
    still = Organisation.objects.exclude(pk__in=Passage.objects.values("record_id")).count()
    sys.stdout.write(
        f"found after {', '.join(f'{s:.2f}' for s in measured)} s; {still} organisations were waiting to be read then\n"
    )
    record_property("seconds", measured)
    assert still > 0
    assert statistics.median(measured) < PROMISE
    assert loader.poll() in (None, 0)
