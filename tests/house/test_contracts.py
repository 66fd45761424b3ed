"""Rooms, floors and areas keep their order."""

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.house.reading import CHECKOUT


def test_every_contract_between_rooms_and_floors_is_kept(capsys):
    status = lint_imports(config_filename=str(CHECKOUT / ".importlinter"), no_cache=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out
