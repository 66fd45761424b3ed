"""Children of a start: kept alive, ended in order, never left behind."""

import json
import subprocess
import sys

import psutil
import pytest

from corridor.launch.family import RESTARTS, Child, Family
from corridor.launch.faults import CannotStart
from tests.launch.conftest import eventually

SLEEPER = [sys.executable, "-c", "import time; time.sleep(600)"]
STUBBORN = "import signal, sys, time; signal.signal(15, signal.SIG_IGN); open(sys.argv[1], 'w'); time.sleep(600)"
PARENT = """
import os, signal, sys
from pathlib import Path
from corridor.launch.family import Child, Family
family = Family(Path(sys.argv[1]))
child = Child("sleeper", [sys.executable, "-c", "import time; time.sleep(600)"])
family.start(child)
print(child.process.pid, flush=True)
signal.pause()
"""


@pytest.fixture
def family(tmp_path):
    made = Family(tmp_path / "processes.json")
    yield made
    made.end()


def test_a_child_that_dies_is_started_again(family, capfd):
    child = Child("sleeper", SLEEPER)
    family.start(child)
    first = child.process.pid
    child.process.kill()
    child.process.wait()
    family.tend()
    assert (child.is_dead(), child.process.pid == first) == (False, False)
    assert capfd.readouterr().err == "The sleeper process ended (exit code -9) and is started again.\n"


def test_a_child_that_cannot_live_is_named(family, monkeypatch):
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    child = Child("broken", [sys.executable, "-c", "raise SystemExit(3)"])
    family.start(child)
    for _ in range(RESTARTS):
        child.process.wait()
        family.tend()
    child.process.wait()
    with pytest.raises(
        CannotStart, match=rf"The broken process ended more than {RESTARTS} times within a minute \(exit code 3\)"
    ):
        family.tend()


def test_a_child_that_does_not_listen_is_killed(family, monkeypatch, tmp_path):
    monkeypatch.setattr("corridor.launch.family.GRACE_SECONDS", 0.2)
    child = Child("stubborn", [sys.executable, "-c", STUBBORN, str(tmp_path / "deaf")])
    family.start(child)
    assert eventually((tmp_path / "deaf").exists)
    family.end()
    assert not psutil.pid_exists(child.process.pid)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells children of their parent's death")
def test_children_of_a_killed_parent_are_ended_by_the_system(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, tmp_path / "record"], stdout=subprocess.PIPE, text=True
    ) as parent:
        child = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
        assert eventually(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE)


def test_what_an_earlier_start_left_is_ended_by_the_next(tmp_path):
    record = tmp_path / "record"
    with subprocess.Popen(SLEEPER) as leftover:
        record.write_text(json.dumps([(leftover.pid, psutil.Process(leftover.pid).create_time())]))
        Family(record).end_leftovers()
        assert leftover.wait(10) is not None
    assert not record.exists()


def test_a_stranger_who_has_the_number_of_an_earlier_child_is_spared(tmp_path):
    record = tmp_path / "record"
    with subprocess.Popen(SLEEPER) as stranger:
        record.write_text(json.dumps([(stranger.pid, psutil.Process(stranger.pid).create_time() - 60)]))
        Family(record).end_leftovers()
        assert stranger.poll() is None
        stranger.kill()
