# Commands of Sheaf. Every target installs its prerequisites first; see .ci/setup.
#
#   make serve [SEEDS=DIR]   serve the reader for seeds/ (or DIR), with live reload
#   make demo                the same for the sample articles
#   make dist [SEEDS=DIR]    build a site in dist/ for any static host
#   make test                run all tests: browser tests in Chromium and partly in Firefox, one minute of
#                            fuzzing, and the size of each part of the app
#   make size                print the sizes of the app by part, file, crate and module
#   make test-firefox        run the browser tests in Firefox, except axe-core
#   make test-webkit         run the browser tests in WebKitGTK; needs its driver and Xvfb
#   make test-floor          run a smoke test in Chromium 107, the oldest supported browser
#   make test-reproducible   build the site twice, in two folders, and compare every byte
#   make soak [SEEDS=DIR]    run random actions; ACTIONS= sets their number, SEED= the seed
#   make fuzz [SHEAF_FUZZ=SECONDS] [SHEAF_FUZZ_SEEDS=DIR]
#                            fuzz files, exports, queries, archives and imports: SECONDS (3600) at random, then
#                            as long for each kind with libFuzzer
#   make bench               measure all figures of docs/benchmarks.md except search
#   make bench-archive CORPUS=DIR [RECORD=1]
#                            compare the archive of a folder with its recorded digest, or record the digest
#   make bench-update CORPUS=DIR [OUT=DIR]
#                            measure the download of a daily update for offline readers
#   make bench-search CORPUS=DIR [OUT=DIR] [SIZES="1000 10000"]
#                            compare the search with other engines on real files

SEEDS ?= seeds

# Rust tools are found here even if the PATH lacks them.
CARGO_HOME ?= $(HOME)/.cargo
export PATH := $(CARGO_HOME)/bin:$(PATH)
SHELL := bash
.SHELLFLAGS := -euo pipefail -c

# Keeps local paths out of the app, so that builds are reproducible. With the component `rust-src`, rustc names the files
# of the standard library by their place on this machine instead of `/rustc/HASH`.
RUST_SOURCE := $(shell rustc --print sysroot 2>/dev/null)/lib/rustlib/src/rust
RUST_HASH := $(shell rustc -vV 2>/dev/null | sed -n 's/^commit-hash: //p')
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS := --remap-path-prefix=$(CARGO_HOME)=cargo \
	--remap-path-prefix=$(RUST_SOURCE)=/rustc/$(RUST_HASH)

# Folder that the hook in Trunk.toml bundles.
export SHEAF_SEEDS = $(SEEDS)
# The version is pinned, so no update check is needed.
export TRUNK_SKIP_VERSION_CHECK := true
# Trunk rejects NO_COLOR=1, the usual value, and expects `true`.
ifdef NO_COLOR
export NO_COLOR := true
endif

# Address of `trunk serve`, from Trunk.toml.
trunk_toml = $(shell sed -n 's/^$(1) = \["*\([^]"]*\).*/\1/p;s/^$(1) = \([0-9]*\)$$/\1/p' Trunk.toml)
ADDRESS = http://$(call trunk_toml,addresses):$(call trunk_toml,port)/

# Site for browser tests.
SITE := $(CURDIR)/target/site

# $(call phase,NAME,COMMAND) runs a command and prints its duration.
define phase
@echo; echo "== $(1)"; SECONDS=0; $(2); echo "== $(1): $${SECONDS} s"
endef

.PHONY: serve demo dist site size test test-firefox test-webkit test-floor test-reproducible soak fuzz bench bench-archive bench-search bench-update

serve:
	@.ci/setup serve
	@[ -d "$(SEEDS)" ] || { echo "make: no folder $(SEEDS): set SEEDS to the folder with the article files" >&2; exit 2; }
	@echo "The first build takes about 4 minutes, later ones take seconds."
	@cargo build --release --bin sheaf
	@echo "The reader for $(SEEDS) will be at $(ADDRESS) once trunk reports that the server is listening."
	@trunk serve --watch . --watch "$(SEEDS)"

demo:
	@$(MAKE) --no-print-directory serve SEEDS=tests/data/demo

# SHEAF_REBUILD_STD=1 compiles the standard library for size as well, if its source is installed; see
# xtask/src/rebuild_std.rs.
dist:
	@.ci/setup dist
	@[ -d "$(SEEDS)" ] || { echo "make: no folder $(SEEDS): set SEEDS to the folder with the article files" >&2; exit 2; }
	@SHEAF_VIEWER="$(CURDIR)/viewer" trunk build --release
	@echo "The site for $(SEEDS) is in dist/: copy the folder to any static host."
	@echo "\`cargo install --path .\` installs a sheaf with this reader built in, to build sites without trunk."

# Site for browser tests, without installing prerequisites.
site:
	@SHEAF_SEEDS=seeds trunk build --release --dist "$(SITE)"

# Sizes by part, file, crate and module, with the difference from the recorded ones.
size:
	@.ci/setup dist
	@mkdir -p target
	@SHEAF_SIZES="$(CURDIR)/target/app-sizes.tsv" $(MAKE) --no-print-directory site
	@node tests/app-budget.mjs "$(SITE)" --files
	@node tests/app-sizes.mjs target/app-sizes.tsv $(if $(RECORD),--record)

# The app is linted separately: its modules are empty on native targets.
test:
	$(call phase,set-up,.ci/setup test)
	$(call phase,format,cargo fmt --all --check)
	$(call phase,lints,cargo clippy --workspace --all-targets --test browser --bench browser_bench --bench giants_bench --bench search_bench -- -D warnings)
	$(call phase,lints of the app,cargo clippy --lib --bin app --target wasm32-unknown-unknown -- -D warnings)
	$(call phase,lints of the scripts,npm test --prefix tests/js --silent)
	$(call phase,dependencies,.ci/dependencies)
	$(call phase,tests,cargo test --workspace)
	$(call phase,site,$(MAKE) --no-print-directory site)
	$(call phase,size of the app,node tests/app-budget.mjs "$(SITE)")
	$(call phase,tests in a browser,export SHEAF_APP="$(SITE)"; $(call browser_tests,))
	$(call phase,tests in Firefox,$(in_firefox))
	$(call phase,fuzzing,.ci/fuzz 20)

# $(call browser_tests,ARGUMENTS) runs browser tests, and counts and names those that were skipped in whole or in part.
SKIPPED = $(or $(CARGO_TARGET_DIR),target)/tmp/skipped-tests.txt
define browser_tests
rm -f "$(SKIPPED)"; status=0; .ci/browser-tests $(1) || status=$$?; \
	if [ -s "$(SKIPPED)" ]; then echo "skipped in whole or in part: $$(sort -u "$(SKIPPED)" | wc -l)"; sort -u "$(SKIPPED)" | sed 's/^/  /'; \
	else echo "no browser test was skipped"; fi; [ $$status -eq 0 ]
endef

# Touch, keyboard and filters only: the whole suite takes three times as long as in Chromium.
FIREFOX_PART := lightbox:: filtering:: keyboard::

# Skipped with a message if Firefox cannot be controlled.
define in_firefox
if geckodriver --version >/dev/null 2>&1; then export SHEAF_BROWSER=firefox SHEAF_APP="$(SITE)"; $(call browser_tests,$(FIREFOX_PART)); \
	else echo "tests in Firefox skipped: no geckodriver, run .ci/setup firefox"; fi
endef

test-firefox:
	@.ci/setup firefox
	$(call phase,site,$(MAKE) --no-print-directory site)
	$(call phase,tests in Firefox,export SHEAF_BROWSER=firefox SHEAF_APP="$(SITE)"; $(call browser_tests,--skip wcag::))

test-webkit:
	$(call phase,site,$(MAKE) --no-print-directory site)
	$(call phase,tests in WebKit,SHEAF_BROWSER=webkit SHEAF_APP="$(SITE)" xvfb-run -a -s "-screen 0 1600x1200x24" \
		dbus-run-session -- cargo test --test browser -- --skip wcag:: --skip soak::)

test-floor:
	@.ci/setup dist
	@npm ci --prefix tests/floor --loglevel=error --no-audit --no-fund
	$(call phase,site,SHEAF_SEEDS=tests/data/demo trunk build --release --dist "$(CURDIR)/target/floor")
	$(call phase,Chromium 107,node tests/floor/run.mjs target/floor)

test-reproducible:
	@.ci/setup dist
	$(call phase,site,$(MAKE) --no-print-directory site)
	$(call phase,a second build,.ci/reproducible "$(SITE)")

soak:
	@.ci/setup test
	$(call phase,site,SHEAF_SEEDS="$(SEEDS)" trunk build --release --dist "$(CURDIR)/target/soak")
	$(call phase,soak,SHEAF_SOAK=$(or $(ACTIONS),5000) SHEAF_SEED=$(or $(SEED),1) SHEAF_ARCHIVE="$(CURDIR)/target/soak" \
		SHEAF_APP="$(CURDIR)/target/soak" cargo test --test browser -- soak:: --nocapture)

fuzz:
	@.ci/setup serve
	@SHEAF_FUZZ="$(or $(SHEAF_FUZZ),3600)" cargo test --release --test hostile random_input -- --nocapture
	@.ci/fuzz "$(or $(SHEAF_FUZZ),3600)"

bench:
	@.ci/setup bench
	@tests/bench/run

bench-archive:
	@[ -n "$(CORPUS)" ] || { echo "make: name a folder of articles: make bench-archive CORPUS=DIR" >&2; exit 2; }
	@tests/bench/archive-digest $(if $(RECORD),--record) "$(CORPUS)"

bench-search:
	@.ci/setup bench
	@[ -n "$(CORPUS)" ] || { echo "make: CORPUS is not set: run make bench-search CORPUS=DIR" >&2; exit 2; }
	@$(MAKE) --no-print-directory site
	@SITE="$(SITE)" tests/bench/search/run "$(CORPUS)" "$(or $(OUT),target/bench)" $(or $(SIZES),10000)

bench-update:
	@.ci/setup dist
	@[ -n "$(CORPUS)" ] || { echo "make: CORPUS is not set: run make bench-update CORPUS=DIR" >&2; exit 2; }
	@$(MAKE) --no-print-directory site
	@cargo build --release --bin sheaf
	@node tests/bench/update.mjs target/release/sheaf "$(CORPUS)" "$(or $(OUT),target/bench/update)" "$(SITE)"
