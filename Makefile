# What one types in this checkout. Everything is made in .venv and var; nothing else is touched.
.DEFAULT_GOAL := help
.PHONY: help run test check bench format

help: ## List these commands
	@sed -n 's/^\([a-z]*\):.*## /  make \1|/p' Makefile | awk -F'|' '{printf "%-14s %s\n", $$1, $$2}'

run: ## Start Corridor on http://localhost:8000 with sample data; Ctrl-C stops it
	@export CORRIDOR_MAKE=$$PPID; environment="$$(tools/environment.sh base)" && exec "$$environment/bin/corridor" serve

test: ## Run all tests, browser journeys included
	@exec tools/test.sh

check: ## Format, lint, types, contracts, translations, migrations, licences
	@exec tools/check.sh

bench: ## Measure what docs/benchmarks.md reports
	@environment="$$(tools/environment.sh base)" && exec "$$environment/bin/python" -m bench

format: ## Bring the code into its form
	@environment="$$(tools/environment.sh dev)" && "$$environment/bin/ruff" check --fix --quiet . ; exec "$$environment/bin/ruff" format .
