# Sheaf's commands. Each first has .ci/setup install what this machine lacks.
#
#   make serve [SEEDS=DIR]   the reader over seeds/ (or DIR), with live reload
#   make demo                the same over the articles written for the project
#   make dist [SEEDS=DIR]    a site in dist/ for any static host
#   make test                every test; in a browser all in Chromium, a part in Firefox; a minute of fuzzing; a
#                            second build, which must give the same bytes; the size of the app, part by part
#   make test-firefox        the tests in a browser in Firefox, but those of axe-core
#   make test-webkit         attacks and a few more in WebKitGTK, where its driver and Xvfb are installed
#   make test-floor          a look round in Chromium 107, the oldest browser that Sheaf is for
#   make soak [SEEDS=DIR]    thousands of actions drawn at random; ACTIONS=, SEED= say how many and from where
#   make fuzz [SHEAF_FUZZ=SECONDS] [SHEAF_FUZZ_SEEDS=DIR]
#                            made-up files, queries, archives and imports: an hour or so many seconds at random, and
#                            as long for each kind guided by libFuzzer
#   make bench               every figure of the README but those of the search
#   make bench-archive CORPUS=DIR [RECORD=1]
#                            whether the archive of the folder has the bytes that are recorded, or records them
#   make bench-update CORPUS=DIR [OUT=DIR]
#                            what a day's articles cost a reader who keeps the archive
#   make bench-search CORPUS=DIR [OUT=DIR] [SIZES="1000 10000"]
#                            the search beside other engines, over real files

SEEDS ?= seeds

# Rust's tools, also where the shell has not been told of them.
CARGO_HOME ?= $(HOME)/.cargo
export PATH := $(CARGO_HOME)/bin:$(PATH)
SHELL := bash
.SHELLFLAGS := -euo pipefail -c

# Where this machine keeps its crates is nothing that the app should carry, nor depend on.
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS := --remap-path-prefix=$(CARGO_HOME)=cargo

# What the hook in Trunk.toml bundles.
export SHEAF_SEEDS = $(SEEDS)
# The version is pinned; nothing has to ask for a newer one at each start.
export TRUNK_SKIP_VERSION_CHECK := true
# Trunk stops at NO_COLOR=1, which is how everybody sets it.
ifdef NO_COLOR
export NO_COLOR := true
endif

# Where `trunk serve` listens, as Trunk.toml says.
trunk_toml = $(shell sed -n 's/^$(1) = \["*\([^]"]*\).*/\1/p;s/^$(1) = \([0-9]*\)$$/\1/p' Trunk.toml)
ADDRESS = http://$(call trunk_toml,addresses):$(call trunk_toml,port)/

# The site that the tests in a browser open.
SITE := $(CURDIR)/target/site

# $(call phase,NAME,COMMAND) runs a command and says how long it took.
define phase
@echo; echo "== $(1)"; SECONDS=0; $(2); echo "== $(1): $${SECONDS} s"
endef

.PHONY: serve demo dist site test test-firefox test-webkit test-floor soak fuzz bench bench-archive bench-search bench-update

serve:
	@.ci/setup serve
	@[ -d "$(SEEDS)" ] || { echo "make: there is no folder $(SEEDS)" >&2; exit 2; }
	@echo "The first build takes about 4 minutes, later ones seconds."
	@cargo build --release --bin sheaf
	@echo "Sheaf reads $(SEEDS) at $(ADDRESS) as soon as trunk says that the server is listening."
	@trunk serve --watch . --watch "$(SEEDS)"

demo:
	@$(MAKE) --no-print-directory serve SEEDS=tests/data/demo

dist:
	@.ci/setup dist
	@[ -d "$(SEEDS)" ] || { echo "make: there is no folder $(SEEDS)" >&2; exit 2; }
	@SHEAF_VIEWER="$(CURDIR)/viewer" trunk build --release
	@echo "The site over $(SEEDS) is in dist/: copy the folder to any static host."
	@echo "\`cargo install --path .\` gives a sheaf that carries the reader and builds such sites by itself."

# What the tests in a browser open, without its set-up.
site:
	@SHEAF_SEEDS=seeds trunk build --release --dist "$(SITE)"

# The app is linted on its own: for the machine's own target its modules are empty.
test:
	$(call phase,set-up,.ci/setup test)
	$(call phase,format,cargo fmt --check)
	$(call phase,lints,cargo clippy --all-targets --test browser --bench browser_bench --bench search_bench -- -D warnings)
	$(call phase,lints of the app,cargo clippy --lib --bin app --target wasm32-unknown-unknown -- -D warnings)
	$(call phase,dependencies,.ci/dependencies)
	$(call phase,tests,cargo test)
	$(call phase,site,$(MAKE) --no-print-directory site)
	$(call phase,size of the app,node tests/app-budget.mjs "$(SITE)")
	$(call phase,tests in a browser,SHEAF_APP="$(SITE)" cargo test --test browser)
	$(call phase,tests in Firefox,$(in_firefox))
	$(call phase,fuzzing,.ci/fuzz 20)
	$(call phase,a second build,.ci/reproducible "$(SITE)")

# Fingers, keys, filters. The whole suite takes three times as long as in Chromium.
FIREFOX_PART := closeup:: filtering:: keyboard::

# Left out, and said so, where there is no Firefox to drive.
define in_firefox
if geckodriver --version >/dev/null 2>&1; then SHEAF_BROWSER=firefox SHEAF_APP="$(SITE)" cargo test --test browser -- $(FIREFOX_PART); \
	else echo "no geckodriver: nothing was tested in Firefox (.ci/setup firefox)"; fi
endef

test-firefox:
	@.ci/setup firefox
	$(call phase,site,$(MAKE) --no-print-directory site)
	$(call phase,tests in Firefox,SHEAF_BROWSER=firefox SHEAF_APP="$(SITE)" cargo test --test browser -- --skip wcag::)

test-webkit:
	$(call phase,site,$(MAKE) --no-print-directory site)
	$(call phase,tests in WebKit,SHEAF_BROWSER=webkit SHEAF_APP="$(SITE)" xvfb-run -a -s "-screen 0 1600x1200x24" \
		dbus-run-session -- cargo test --test browser -- --skip wcag:: --skip soak::)

test-floor:
	@.ci/setup dist
	@npm ci --prefix tests/floor --loglevel=error --no-audit --no-fund
	$(call phase,site,SHEAF_SEEDS=tests/data/demo trunk build --release --dist "$(CURDIR)/target/floor")
	$(call phase,Chromium 107,node tests/floor/run.mjs target/floor)

soak:
	@.ci/setup test
	$(call phase,site,SHEAF_SEEDS="$(SEEDS)" trunk build --release --dist "$(CURDIR)/target/soak")
	$(call phase,soak,SHEAF_SOAK=$(or $(ACTIONS),5000) SHEAF_SEED=$(or $(SEED),1) SHEAF_ARCHIVE="$(CURDIR)/target/soak" \
		SHEAF_APP="$(CURDIR)/target/soak" cargo test --test browser -- soak:: --nocapture)

fuzz:
	@.ci/setup serve
	@SHEAF_FUZZ="$(or $(SHEAF_FUZZ),3600)" cargo test --release --test hostile made_up -- --nocapture
	@.ci/fuzz "$(or $(SHEAF_FUZZ),3600)"

bench:
	@.ci/setup bench
	@tests/bench/run

bench-archive:
	@[ -n "$(CORPUS)" ] || { echo "make: name a folder of articles: make bench-archive CORPUS=DIR" >&2; exit 2; }
	@tests/bench/archive-digest $(if $(RECORD),--record) "$(CORPUS)"

bench-search:
	@.ci/setup bench
	@[ -n "$(CORPUS)" ] || { echo "make: name a folder of articles: make bench-search CORPUS=DIR" >&2; exit 2; }
	@$(MAKE) --no-print-directory site
	@SITE="$(SITE)" tests/bench/search/run "$(CORPUS)" "$(or $(OUT),target/bench)" $(or $(SIZES),10000)

bench-update:
	@.ci/setup dist
	@[ -n "$(CORPUS)" ] || { echo "make: name a folder of articles: make bench-update CORPUS=DIR" >&2; exit 2; }
	@$(MAKE) --no-print-directory site
	@cargo build --release --bin sheaf
	@node tests/bench/update.mjs target/release/sheaf "$(CORPUS)" "$(or $(OUT),target/bench/update)" "$(SITE)"
