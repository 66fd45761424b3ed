"""Migrations are one line without forks, say in their name what they bring, and are complete."""

import re
from itertools import pairwise

import pytest
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

ROOMS = ["kernel", "language", "directory", "matching"]


@pytest.fixture(scope="module")
def loader() -> MigrationLoader:
    return MigrationLoader(None)


@pytest.mark.parametrize("room", ROOMS)
def test_migrations_are_one_line(loader, room):
    names = sorted(name for app, name in loader.disk_migrations if app == room)
    assert loader.graph.leaf_nodes(room) == [(room, names[-1])]
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    for earlier, later in pairwise(names):
        assert (room, earlier) in loader.disk_migrations[room, later].dependencies


def test_migrations_say_what_they_bring(loader):
    ours = [name for app, name in loader.disk_migrations if app in ROOMS]
    assert [name for name in ours if not re.fullmatch(r"\d{4}_[a-z][a-z_0-9]+", name) or "auto" in name] == []
    assert [name for name in ours if name.endswith("_initial")] == []


def test_the_models_need_no_further_migration(loader):
    detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
    changes = detector.changes(graph=loader.graph)
    assert {app: [step.name for step in steps] for app, steps in changes.items()} == {}
