# One line of help for each target: `make` alone lists them.
# STACK=name chooses the stack, PORT_BASE=n its first port, S=part a log, ID=trace a trace.
.DEFAULT_GOAL := help
.SILENT:
export STACK PORT_BASE
REPORTING := bin/reporting

.PHONY: help setup install proto up down status logs clean accounts trace

help: ## list the targets
	grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

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
