#!/bin/sh
# Everything that can be told about the code without running its tests. All checks run; the exit code is 1 if one fails.
set -u
cd "$(dirname "$0")/.."
environment=$(tools/environment.sh dev) || exit 1
PATH="$environment/bin:$PATH"
export PATH
failed=""

check() {
    name=$1
    shift
    printf '%-14s' "$name"
    if output=$("$@" 2>&1); then
        echo "ok"
    else
        echo "FAILED:  $*"
        echo "$output"
        failed="$failed $name"
    fi
}

check format ruff format --check --quiet .
check lint ruff check --quiet .
check types env CORRIDOR_SECRET_KEY=checks-sign-nothing mypy src/corridor bench
check contracts lint-imports
check translations python tools/translations.py check
check migrations corridor makemigrations --check --dry-run
check licences python tools/licences.py
if [ -n "$failed" ]; then
    echo "Failed:$failed"
    exit 1
fi
