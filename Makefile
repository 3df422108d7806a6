# One line of help for each target: `make` alone lists them.
# STACK=name chooses the stack, PORT_BASE=n its first port, S=part a log, ID=trace a trace;
# D=name one drill; BACKUP=yes keeps a continuous backup;
# HISTORY=no leaves out the demo's past periods, which come in the background.
.DEFAULT_GOAL := help
.SILENT:
REPORTING := bin/reporting
BIN := .venv/bin
PACKAGES := $(wildcard libs/*/src services/*/src deploy/*/src)
PYTHON := libs services deploy tests

# Every target is a command, none a file.
.PHONY: $(shell grep -oE "^[a-z0-9-]+:" $(firstword $(MAKEFILE_LIST)) | tr -d :)

help: ## list the targets
	grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 18

setup: ## install everything, start nothing
	$(REPORTING) setup

install: setup ## the same as setup

proto: ## generate Python from proto/
	sh libs/stubs/generate.sh

up: setup ## start the stack and wait until it is ready (STACK=, PORT_BASE=)
	$(REPORTING) up

down: ## stop every process of the stack
	$(REPORTING) down

status: ## say of each part whether it is ready
	$(REPORTING) status

logs: ## show the log of one part (S=submission)
	$(REPORTING) logs $(if $(S),$(S),$(error give the part: make logs S=submission))

clean: ## stop the stack and remove its data (asks first)
	$(REPORTING) clean

accounts: ## list the accounts with passwords and PINs
	$(REPORTING) accounts

trace: ## show one trace as a tree (ID=)
	$(REPORTING) trace $(if $(ID),$(ID),$(error give the trace: make trace ID=…))

demo: ## one whole report cycle as the people of the demo province (FORM=form.xlsx FILLED=filled.xlsx)
	$(BIN)/python -m reporting_demo cycle --form "$(FORM)" --filled "$(FILLED)"

monitoring: ## start Prometheus and Alertmanager over the running stack
	$(REPORTING) monitoring

monitoring-check: ## let promtool and amtool judge deploy/monitoring and run its tests
	$(REPORTING) monitoring-check

dashboards-test: export BACKUP = yes
dashboards-test: setup ## every query of every panel against a Prometheus that watched a demo cycle (15 minutes)
	$(BIN)/pytest -q tests/monitoring/test_dashboards.py

openapi: ## write contracts/openapi from the services' code
	for service in $(notdir $(wildcard services/*)); do \
	    $(BIN)/python -m $$service.manage openapi contracts/openapi/$$service.json || exit 1; done

lint: setup ## every check that needs no running stack
	$(BIN)/ruff check $(PYTHON)
	$(BIN)/ruff format --check --quiet $(PYTHON)
	$(BIN)/mypy $(filter-out libs/stubs/src,$(PACKAGES))
	$(BIN)/lint-imports
	$(BIN)/buf lint proto
	cd portal && npm run --silent check

test: lint ## checks, then unit, contract and acceptance tests on a stack of its own (under 25 minutes)
	$(BIN)/pytest -q -m "not full"

test-full: lint ## all of `make test` and every fault and hostile input (under 60 minutes)
	$(BIN)/pytest -q --ignore=tests/monitoring/test_dashboards.py # a command of its own: dashboards-test

drill: setup ## break a stack of its own under load, restore it, count what was lost (D=name: one; under 40 minutes)
	STACK=$(if $(STACK),$(STACK),drill) $(BIN)/python -m reporting_drill $(D)

load: ## benchmarks that print their figures (tests/load)
	for benchmark in $(filter-out __init__,$(notdir $(basename $(wildcard tests/load/*.py)))); do \
	    $(BIN)/python -m tests.load.$$benchmark || exit 1; done

security-check: setup ## code, secrets, licences, known vulnerabilities (3 minutes; some data needs the internet)
	$(BIN)/python -m reporting_security check

sbom: setup ## write bills of material to .run/sbom (CycloneDX)
	$(BIN)/python -m reporting_security sbom

images: setup ## build the container images with podman (BASE=, IMAGE_TAG=; under 10 minutes)
	$(BIN)/python -m reporting_images build

images-peers: setup ## build images of PostgreSQL, NATS and Keycloak from what `make up` runs
	$(BIN)/python -m reporting_images peers

containers-test: images ## take the demo's cycle through our images in the place of a stack's own processes
	$(BIN)/python -m reporting_images test

compose-check: ## let `docker compose` judge deploy/compose (needs Go; 4 minutes first)
	$$(sh deploy/compose/tools/build.sh docker-compose) -f deploy/compose/compose.yaml --env-file deploy/compose/example.env config --quiet

compose-test: setup images images-peers ## compose.yaml on a real engine: install, cycle, upgrade (20 minutes; root)
	$(BIN)/python -m reporting_compose test

k8s-check: setup ## the chart against helm, Kubernetes' schemas and a real API server (15 minutes first, then 3)
	$(BIN)/python -m reporting_kubernetes check

k8s-test: setup images images-peers ## the chart at work on a real node: cycle, rolling upgrade, evictions, kills under load (30 minutes; root)
	$(BIN)/python -m reporting_kubernetes test

lock: ## lock the Python requirements again (deploy/python)
	cd deploy/python && for set in bootstrap services stack images dev security kubernetes; do \
	    ../../$(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --python-version 3.11 \
	        $$(test $$set = stack && echo -c services.txt) $$(test $$set = dev && echo -c services.txt -c stack.txt) \
	        --custom-compile-command "make lock" $$set.in -o $$set.txt || exit 1; done
