# Builds need cgo (the SQLite driver); nomsgpack leaves a codec out of Gin that
# nothing here uses.
export CGO_ENABLED := 1
TAGS := nomsgpack
GO_TEST := go test -tags $(TAGS)
TOOL := go tool -modfile=tools.mod

# Packages whose tests are quick enough to run under the race detector.
FAST = $(shell go list -tags $(TAGS) ./... | grep -vE '/(cmd|e2e)(/|$$)')
# Hand-written and generated files of this repository, not those of node_modules.
GO_FILES = $(shell git ls-files -co --exclude-standard '*.go' | grep -v '^static/node_modules/')
# Sums of all files of the repository, to see what generating changed.
SUMS = git ls-files -co --exclude-standard -z | xargs -0 sha256sum 2>/dev/null
# Where go generate writes; static is not here, because its sources need npm.
GENERATE_PACKAGES = $(shell grep -rl --include='*.go' --exclude-dir=node_modules --exclude-dir=static '^//go:generate' . | xargs -r -n1 dirname | sort -u)

# Time per fuzz target; those of scripts get twice as much.
FUZZTIME ?= 30
COUNT ?= 10

.DEFAULT_GOAL := help
.PHONY: help build run dev generate assets check unit race setup test e2e cover bench fuzz contain vuln clean

help: ## list what can be made
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort | expand -t 12

build: ## build bin/flowbench
	go build -tags $(TAGS) -trimpath -o bin/flowbench ./cmd/flowbench

run: ## run the server as a newcomer would
	go run -tags $(TAGS) ./cmd/flowbench

dev: ## run the server, rebuild templates and restart at each change
	$(TOOL) templ generate --watch --cmd "go run -tags $(TAGS) ./cmd/flowbench --dev --log-level debug"

generate: ## rebuild generated code, types and documents
	$(TOOL) templ generate -log-level error
	go generate -tags $(TAGS) $(GENERATE_PACKAGES)

assets: ## rebuild the bundles of static/src (needs npm, once)
	npm --prefix static ci --no-audit --no-fund
	go generate ./static

check: ## everything that needs no browser: generated code, format, vet, staticcheck, race tests
	@before=$$($(SUMS)); $(MAKE) --no-print-directory generate || exit 1; after=$$($(SUMS)); \
	  if [ "$$before" != "$$after" ]; then echo "Generated files are not current; run make generate and commit:"; \
	    printf '%s\n%s\n' "$$before" "$$after" | sort | uniq -u | awk '{print "  " $$2}' | sort -u; exit 1; fi
	@bad=$$(gofmt -l $(GO_FILES)); if [ -n "$$bad" ]; then echo "Run gofmt -w on:"; echo "$$bad"; exit 1; fi
	$(TOOL) templ fmt -fail views
	go vet -tags $(TAGS) ./...
	go vet -tags $(TAGS),e2e ./e2e/...
	$(TOOL) staticcheck -tags $(TAGS) ./...
	$(TOOL) staticcheck -tags $(TAGS),e2e ./e2e/...
	$(MAKE) --no-print-directory race

# The detector multiplies memory, which the containment suite measures.
race: ## tests of the fast packages under the race detector
	$(GO_TEST) -race -short -timeout 15m -skip '^TestContainment' $(FAST)

unit: ## all tests that need no browser
	$(GO_TEST) -timeout 15m ./...

setup: ## install what the browser tests need and this machine lacks
	go run -tags $(TAGS) ./e2e/setup

test: setup unit ## everything: unit, both databases where FLOWBENCH_TEST_POSTGRES names one, browser
	$(GO_TEST),e2e -count=1 -parallel 2 -timeout 20m ./e2e

e2e: setup ## browser tests; RUN=Name for some of them
	$(GO_TEST),e2e -count=1 -parallel 2 -timeout 20m -v -run '$(RUN)' ./e2e

cover: ## coverage per function in bin/cover.out, total printed
	@mkdir -p bin
	$(GO_TEST) -short -coverpkg=./... -coverprofile=bin/cover.out $(FAST)
	@go tool cover -func=bin/cover.out | tail -1

bench: ## benchmarks, COUNT times each, summed up by benchstat
	@mkdir -p bin
	$(GO_TEST) -run '^$$' -bench . -benchmem -count $(COUNT) -timeout 2h ./script/... ./api/... ./services/... ./store/... | tee bin/bench.txt
	$(TOOL) benchstat -col /impl bin/bench.txt

fuzz: ## each fuzz target for FUZZTIME seconds (30), those of scripts for twice that
	@for dir in $$(grep -rl --include='*_test.go' --exclude-dir=node_modules '^func Fuzz' . | xargs -r -n1 dirname | sort -u); do \
	  for name in $$($(GO_TEST) -list '^Fuzz' $$dir | grep '^Fuzz'); do \
	    time=$(FUZZTIME); case $$dir in ./script*) time=$$((time * 2));; esac; \
	    echo "== $$dir $$name $${time}s"; \
	    $(GO_TEST) -run '^$$' -fuzz "^$$name\$$" -fuzztime $${time}s -fuzzminimizetime 10x $$dir || exit 1; \
	  done; \
	done

contain: ## the attacks on the engine, with true lateness and peak memory of each
	FLOWBENCH_CONTAIN=report $(GO_TEST) -count=1 -v -timeout 30m -run Contain ./script/... ./web/...

vuln: ## known vulnerabilities in what is linked (needs the internet)
	$(TOOL) govulncheck -tags $(TAGS) ./...

clean: ## remove what building and testing left behind
	rm -rf bin e2e/artifacts
