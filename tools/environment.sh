#!/bin/sh
# Finds a Python that is new enough and has it make the environment; prints the folder of the environment.
# usage: tools/environment.sh base|dev
set -eu
cd "$(dirname "$0")/.."
for candidate in "${PYTHON:-python3}" python3 python3.14 python3.13 python3.12 python3.11 python; do
    if command -v "$candidate" >/dev/null 2>&1 &&
        "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        exec "$candidate" tools/environment.py "$@"
    fi
done
found=$(python3 --version 2>/dev/null || echo "no python3")
echo "Corridor needs Python 3.11 or newer; this machine has $found." >&2
if [ "$(uname)" = Darwin ]; then
    echo "Install it:  brew install python@3.13" >&2
else
    echo "Install it:  sudo apt-get install python3 python3-venv   (Debian 12 or newer; elsewhere: your system's package)" >&2
fi
exit 1
