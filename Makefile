# make run   sets up what is missing, then serves http://localhost:8000 until Ctrl-C (PORT=, HOST=, DEMO=no)
# make test  style, unit tests and journeys: on SQLite, then on PostgreSQL and Redis (SERVICES=required|none)
# make test-quick PATHS=tests/guestbook  a part of the tests on SQLite, without servers and style
# make bench  measures the desk under load, beside the methods of its peers; writes docs/performance.md (TEST_DATABASE_URL=)
# make bench-board  measures what the polling of 50 boards costs (tests/bench/board_polling.py)
# make chaos  runs the desk under faults on both stacks; writes docs/reliability.md (FAULTS=web,worker STACK=embedded: a part)
.PHONY: run test test-quick bench bench-board chaos style format setup
export PORT HOST DEMO SERVICES PYTHON

run:
	@sh deploy/setup.sh run
	@exec .venv/bin/python deploy/run.py

test:
	@sh deploy/setup.sh test
	@exec .venv/bin/python tests/run.py

test-quick:
	@SERVICES=none sh deploy/setup.sh test
	@TEST_DATABASE_URL= TEST_BROKER_URL= exec .venv/bin/python -m pytest -q $(or $(PATHS),$(error PATHS is missing: make test-quick PATHS=tests/guestbook))

bench:
	@sh deploy/setup.sh test
	@exec .venv/bin/python -m tests.bench.run

chaos:
	@sh deploy/setup.sh test
	@exec .venv/bin/python -m tests.chaos.run --stack "$(STACK)" --faults "$(FAULTS)"

style:
	@sh deploy/setup.sh test
	@exec .venv/bin/python tests/run.py --style

format:
	@.venv/bin/ruff check --fix --quiet .
	@.venv/bin/ruff format .
	@.venv/bin/djlint --reformat --quiet templates

bench-board:
	@sh deploy/setup.sh test
	@exec .venv/bin/python tests/bench/board_polling.py

setup:
	@sh deploy/setup.sh run
