"""The settings of the tests: the shipped ones, untouched by whatever the caller's environment says."""

import os

from corridor.launch.places import default_var

KEPT = {"CORRIDOR_BENCH_DATA", "CORRIDOR_REQUIRE_JOURNEYS"}

for name in [name for name in os.environ if name.startswith("CORRIDOR_") and name not in KEPT]:
    del os.environ[name]
os.environ["CORRIDOR_DEVELOPMENT"] = "true"
os.environ["CORRIDOR_SAMPLE_WITHOUT_SECOND_FACTOR"] = "true"
os.environ["CORRIDOR_VAR"] = str(default_var() / "test")

from corridor.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
