#!/bin/sh
# All tests, on all cores, browser journeys included. Further words are handed to pytest: tools/test.sh -k search
set -eu
cd "$(dirname "$0")/.."
environment=$(tools/environment.sh dev)
CHROMIUM=$("$environment/bin/python" tools/browser.py)
export CHROMIUM
exec "$environment/bin/python" -m pytest --numprocesses=logical --maxprocesses=4 --dist=loadfile "$@"
