"""The directory is tested with a stand-in for the model, unless a test asks for the real one."""

from tests.hashing import model  # noqa: F401 - a fixture
