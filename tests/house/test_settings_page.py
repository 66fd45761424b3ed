"""The page of settings says what the code reads."""

from tools.settings_page import PAGE, page


def test_the_page_of_settings_is_in_step_with_the_settings():
    assert PAGE.read_text() == page(), "run: python tools/settings_page.py"
