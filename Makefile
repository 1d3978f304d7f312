# pgreckon. `make demo` and `make test` do all their set-up: they need a Rust toolchain and a C compiler.

CARGO ?= cargo
SCORE ?= ../shared/score/score.py

.PHONY: demo test build bench score record tools

# Says plainly what is missing instead of failing in the middle of a build.
tools:
	@command -v $(CARGO) >/dev/null || { echo "pgreckon needs a Rust toolchain (cargo): see https://rustup.rs"; exit 1; }
	@command -v cc >/dev/null || command -v gcc >/dev/null || command -v clang >/dev/null || \
	  { echo "pgreckon needs a C compiler for PostgreSQL's parser: install gcc or clang (Debian: apt-get install gcc libc6-dev)"; exit 1; }

build: tools
	$(CARGO) build --release --locked

# Builds and looks at a broken deployment and at two environments that have drifted apart.
demo: build
	@samples/demo.sh target/release/pgreckon

# Format, lints, layering, freshness of generated files, documentation, samples and every test.
test: tools
	@if $(CARGO) fmt --version >/dev/null 2>&1; then $(CARGO) fmt --check; \
	  else echo "note: rustfmt is not installed, the format is not checked (rustup component add rustfmt)"; fi
	@if $(CARGO) clippy --version >/dev/null 2>&1; then $(CARGO) clippy --locked --all-targets; \
	  else echo "note: clippy is not installed, lints are not checked (rustup component add clippy)"; fi
	$(CARGO) test --locked

# Ratios against pg_query parsing the same statements one by one on one thread.
bench: build
	$(CARGO) run --release --locked --example bench

# Agreement with what PostgreSQL 18 answered, over the corpora beside the project.
score: build
	python3 $(SCORE) --bin target/release/pgreckon
