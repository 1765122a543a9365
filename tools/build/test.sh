# Everything CI runs. Checks first, builds next, then the test runners, whose own lines close the output.
# shellcheck shell=bash

run_tests() {
  require_rust
  require_rust_components
  require_node
  require_chromedriver

  say "Format of the Rust code"
  native_cargo fmt --all --check
  say "Lints of the Rust code"
  native_cargo clippy --locked --workspace --all-targets -- -D warnings

  lint_wasm
  build_wasm
  build_packages

  say "Format and lints of the TypeScript code"
  node_tool biome ci --max-diagnostics=50
  say "Types"
  node_tool tsc --noEmit -p extension
  node_tool tsc --noEmit -p tests
  say "Firefox's linter on the package"
  (cd "$ROOT" && node tools/build/lint-firefox.mjs)

  say "Tests of the core"
  test_core
  say "Tests of the TypeScript code"
  node_tool vitest run
  say "Building the simulated Lever"
  build_sandbox dev
  say "Tests of the core in a browser's worker"
  test_wasm
  say "Stories in a browser"
  node_tool playwright test "$@"
}

# What is compiled for the browser alone. Debian's Rust has no clippy for it; a machine with rustup checks it.
lint_wasm() {
  require_wasm_rust
  if [ "$WASM_ROUTE" = rustup ]; then
    say "Lints of the browser's part of the core"
    wasm_cargo clippy --locked --lib -- -D warnings
  fi
}

test_core() {
  if have cargo-nextest; then
    native_cargo nextest run --locked --workspace
    native_cargo test --locked --workspace --doc
  else
    native_cargo test --locked --workspace
  fi
}

# Every tests/wasm_*.rs, in a dedicated worker of headless Chromium.
test_wasm() {
  local file name tests=()
  for file in "$ROOT"/tests/wasm_*.rs; do
    [ -f "$file" ] || continue
    name="$(basename "$file" .rs)"
    tests+=(--test "$name")
  done
  [ "${#tests[@]}" -gt 0 ] || fail "there are no tests/wasm_*.rs"
  require_wasm_bindgen
  # Compiled before the simulated Lever starts: it need not wait for a compiler.
  wasm_cargo test --locked --no-run "${tests[@]}"
  CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER="node $ROOT/tools/build/with-lever.mjs $SANDBOX_BIN $ROOT/webdriver.json $WASM_BINDGEN_BIN/wasm-bindgen-test-runner" \
    wasm_cargo test --locked "${tests[@]}"
}

# The simulated Lever, in the given profile; sets SANDBOX_BIN.
build_sandbox() {
  local profile="$1" folder="$1"
  [ "$profile" != dev ] || folder=debug
  native_cargo build --locked --profile "$profile" -p sandbox
  export SANDBOX_BIN="$ROOT/target/$folder/sandbox"
}
