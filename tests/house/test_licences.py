"""Whoever runs Corridor is bound by no licence but its own."""

import pytest

from tools.licences import ALLOWED, licences, refused, run_time_packages


def test_no_package_at_run_time_is_gpl_or_agpl():
    assert refused(licences(), run_time_packages()) == []


def test_what_is_allowed_by_name_is_still_used():
    assert set(ALLOWED) <= run_time_packages()


@pytest.mark.parametrize(
    ("licence", "is_refused"),
    [
        ("GNU Affero General Public License v3", True),
        ("GPL-2.0-or-later", True),
        ("AGPL-3.0-only", True),
        ("GNU Lesser General Public License v3 (LGPLv3)", True),
        ("UNKNOWN", True),
        ("MIT", False),
        ("Apache-2.0 OR GPL-2.0-only", False),
        ("BSD-3-Clause", False),
    ],
)
def test_licences_are_told_apart(licence, is_refused):
    assert refused({"thing": licence}, {"thing"}) == ([f"thing: {licence}"] if is_refused else [])
