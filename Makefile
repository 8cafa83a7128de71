# chaintui: `make help` lists the targets.
SHELL       := /bin/bash
.DEFAULT_GOAL := help
export CGO_ENABLED ?= 0

VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
PKG     := github.com/chaintui/chaintui
# The image that this checkout's chaintui deploys by default: the one that `make image` wrote last.
IMAGE   ?= $(shell cat dist/image.ref 2>/dev/null)
LDFLAGS  = -s -w -X $(PKG)/internal/config.Version=$(VERSION) -X $(PKG)/internal/config.Image=$(IMAGE)
LINT     = go tool -modfile=tools/go.mod golangci-lint
CLUSTER ?= demo
# What of localcluster is its own code; its components are mains around Kubernetes, which would take minutes to compile
# once more with other flags.
LAUNCHER = . ./internal/... ./e2e/...

## The two commands
demo: ## A real cluster, a chain of six links on it, proven and shown (CONTEXT=kind-dev: on your own cluster)
	@CLUSTER=$(CLUSTER) CONTEXT="$(CONTEXT)" scripts/demo.sh

test: vet lint unit contract e2e ## Everything that is tested: vet, lint, unit tests with the race detector, and e2e on a real cluster

## Building
build: ## bin/chaintui and bin/link, for this machine
	@mkdir -p bin
	go build -trimpath -ldflags '$(LDFLAGS)' -o bin/ ./cmd/chaintui ./cmd/link

image: ## dist/link-<arch>.tar: the links' image, one docker-format archive an architecture
	@go run ./internal/image/build -o dist

bin/localcluster: $(shell find localcluster -name '*.go' -o -name 'go.mod' 2>/dev/null)
	@mkdir -p bin
	cd localcluster && go build -trimpath -o ../bin/localcluster .

cluster: bin/localcluster ## Only the local cluster, without a chain
	bin/localcluster --name $(CLUSTER) up

down: bin/localcluster ## Ends the demo: the chain and its cluster (build caches and installed packages stay)
	bin/localcluster --name $(CLUSTER) down

## Testing
vet: ## go vet
	go vet ./... && go vet -tags e2e ./...
	cd localcluster && go vet -tags e2e $(LAUNCHER)

lint: ## golangci-lint, built from the version that tools/go.mod pins
	$(LINT) run ./...
	cd localcluster && go tool -modfile=../tools/go.mod golangci-lint run $(LAUNCHER)

unit: ## Unit tests and the command line's scripts, with the race detector where there is a C compiler
	@scripts/unit.sh

contract: ## The built-in collector against a real Zipkin server, answer by answer
	@scripts/contract.sh

e2e: ## Tests on a real cluster: the local one, or the one that CHAINTUI_E2E_KUBECONFIG names
	@scripts/e2e.sh

fuzz: ## Each fuzz test for FUZZTIME (default 30s)
	@scripts/fuzz.sh

bench: ## Benchmarks, and side-by-side ratios; docs/benchmarks.md keeps the results
	@scripts/bench.sh

check: ## What else has to hold: cross-builds, nothing unused linked in, go.mod tidy and without replace
	@scripts/check.sh

## More
screens: ## docs/screens: pictures of every page, drawn by the program itself
	go test ./internal/ui -run TestScreens -count=1 -screens $(CURDIR)/docs/screens

help: ## This list
	@awk -F ':.*## ' '/^## /{printf "\n%s\n", substr($$0,4)} /^[a-z0-9-]+:.*## /{printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

clean: ## Removes what was built here (the local cluster's build cache stays)
	rm -rf bin dist

.PHONY: demo test build image cluster down vet lint unit contract e2e fuzz bench check screens help clean
