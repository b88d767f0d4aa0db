# `make run` starts the product, `make test` proves it. Both set up what they need. `make help` lists the rest.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help run dev test torture rehearse check bench lock clean packages dev-packages browser gettext

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

run: packages ## start everything on this machine (PORT=8000, VAR_DIR=./var), until Ctrl-C
	@exec $(BIN)/python -m config.run --leashed

dev: dev-packages ## the same, reloading when the code changes
	@exec $(BIN)/python -m config.dev --leashed

# Three at a time on two cores, as many wait for a browser or an engine; the processes that they start are measured too.
# What was compiled once is kept, whatever the machine's habit: else each process compiles every test and module again.
test: export PYTHONDONTWRITEBYTECODE :=
test: dev-packages browser ## run every test, then hold the coverage
	@rm -f .coverage .coverage.*
	@$(BIN)/python -m coverage run -m pytest -q -n 3 --dist worksteal $(PYTEST)
	@$(BIN)/python -m coverage combine -q
	@$(BIN)/python -m coverage report --skip-covered --skip-empty --fail-under=95
	@echo "By branch, all of: the trail, the letters, the verbs, the permissions."
	@$(BIN)/python -m coverage report --skip-covered --fail-under=100 --include='$(WHOLLY)'

# What must be covered wholly, branches included.
ground := audit/*,notifications/*,*/permissions.py,scholarships/vault/*
verbs := cycles/letters/writing.py,cycles/letters/parity.py,cycles/letters/figures.py,*/lifecycle.py,*/drafts.py,*/documents.py,*/assignment.py,*/scoring.py,reviews/decisions.py,answers/views/decisions.py,*/release.py,*/offers.py,*/filing.py,*/planning.py,*/readers.py,*/flow.py,*/solving.py,*/gathering.py,reviews/conflicts.py,reviews/ties.py,committee/remarks.py,*/advice.py,reviews/whole.py,*/letters_read.py,*/digest.py,*/settling.py,dossiers/redacting.py,*/reassigning.py,*/calibration.py,*/reminding.py,committee/calibration.py,desk/mailing.py,desk/addressing.py,answers/correcting.py,answers/freeing.py,answers/frozen.py,answers/objections.py,answers/seeing.py,answers/canary.py,answers/acts.py,answers/approving.py,answers/waiting.py,answers/noting.py,answers/gate.py,followup/student_centre.py,followup/step_dates.py,followup/identifying.py,followup/proofs.py,followup/pack.py,followup/working_days.py,followup/udem_reminding.py,followup/resealing.py,followup/student_centre_bulk.py,reconciliation/matching.py,reconciliation/differences.py,reconciliation/facts.py,reconciliation/cells.py,reconciliation/receiving.py,reconciliation/comparing.py,reconciliation/choosing.py,reconciliation/applying.py,reconciliation/undoing.py,reconciliation/forgetting.py,reconciliation/words.py,followup/seats.py,followup/calls.py,followup/ending.py,followup/changes.py,followup/announcing.py,enrolment/closing.py,enrolment/deferring.py,enrolment/endings.py,enrolment/noting.py,enrolment/sharing.py,enrolment/welcoming.py,permits/steps.py,permits/telling.py,permits/days.py,permits/plan.py,permits/paths.py,scholarships/identifying.py,scholarships/aggregates.py,scholarships/opening.py,scholarships/held.py,scholarships/forgetting.py,scholarships/abouts.py,scholarships/applying.py,scholarships/confidences.py,scholarships/consents.py,scholarships/declaring.py,scholarships/budgets.py,scholarships/proofs.py,scholarships/eligibility.py,scholarships/rounds.py,scholarships/sight.py,scholarships/words.py,scholarships/panels.py,scholarships/judging.py,scholarships/panel_queue.py,scholarships/panel_reminding.py,scholarships/ranking.py,scholarships/result_rules.py,scholarships/results.py,scholarships/frozen.py,scholarships/announcing.py,scholarships/awarding.py,scholarships/award_letter.py,scholarships/calling.py,scholarships/lapsing.py,scholarships/ledger.py,scholarships/losing.py,scholarships/paying.py,scholarships/paying_out.py,scholarships/reminding.py,scholarships/replying.py
WHOLLY := $(ground),$(verbs)

torture: dev-packages ## every fault, with the whole counts of the promises; prints what was counted
	@TORTURE=1 $(BIN)/python -m pytest -q tests/faults tests/applications/test_deadline.py

rehearse: packages ## play a whole cycle with invented people and faults, and report (REHEARSE="--applicants 40")
	@$(BIN)/python -m rehearsal $(REHEARSE)

check: dev-packages gettext ## linters, types, import contracts, migrations, translations, house limits
	@sh .ci/check

bench: dev-packages ## measure the promises of speed
	@$(BIN)/python -m bench $(BENCH)

lock: dev-packages ## resolve the dependencies again, with hashes (LOCK=--upgrade for newer ones)
	@sh .ci/lock $(LOCK)

clean: ## remove what was made here: packages, data, caches
	rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .coverage .coverage.*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

packages:
	@sh .ci/install requirements.lock "$(PYTHON)"

dev-packages:
	@sh .ci/install requirements-dev.lock "$(PYTHON)"

browser:
	@sh .ci/system chromium chromium chromium-browser google-chrome

gettext:
	@sh .ci/system gettext xgettext
