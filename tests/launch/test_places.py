"""Where a run writes, for the owner of the checkout and for anybody else."""

import os
import stat

import pytest

from corridor.launch.faults import CannotStart
from corridor.launch.places import default_var, identity, make_folder, own_place, write_secret

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root can make files of other users")


def test_the_owner_of_the_checkout_writes_into_it(tmp_path):
    assert default_var(tmp_path) == tmp_path / "var"


@AS_ROOT
def test_root_in_a_users_checkout_writes_elsewhere(tmp_path):
    os.chown(tmp_path, 1234, 1234)
    assert default_var(tmp_path) == own_place(tmp_path) / "var"


@AS_ROOT
def test_a_folder_of_another_user_inside_is_left_to_them(tmp_path):
    (tmp_path / "var").mkdir()
    os.chown(tmp_path / "var", 1234, 1234)
    assert default_var(tmp_path) == own_place(tmp_path) / "var"


def test_two_checkouts_have_two_places(tmp_path):
    assert own_place(tmp_path / "one") != own_place(tmp_path / "two")


def test_a_new_folder_is_closed_and_an_existing_one_keeps_its_mode(tmp_path):
    assert stat.S_IMODE(make_folder(tmp_path / "new").stat().st_mode) == 0o700
    (tmp_path / "old").mkdir()
    (tmp_path / "old").chmod(0o755)
    assert stat.S_IMODE(make_folder(tmp_path / "old").stat().st_mode) == 0o755


def test_a_folder_that_cannot_be_made_names_the_setting(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(CannotStart, match="CORRIDOR_VAR"):
        make_folder(tmp_path / "file" / "var")


def test_a_secret_is_for_its_owner_alone_and_replaces_whole(tmp_path):
    path = tmp_path / "secret"
    write_secret(path, "first")
    write_secret(path, "second")
    assert (path.read_text(), stat.S_IMODE(path.stat().st_mode), list(tmp_path.iterdir())) == ("second", 0o600, [path])


def test_a_folder_keeps_its_identity_and_a_new_one_of_the_same_path_has_another(tmp_path):
    folder = make_folder(tmp_path / "var")
    first = identity(folder)
    assert identity(folder) == first
    (folder / "identity").unlink()
    assert identity(folder) != first
