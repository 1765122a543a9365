#!/usr/bin/env bash
# The one entry to building and testing Fulcrum. It installs what it lacks, keeps that in a cache outside the checkout
# (FULCRUM_CACHE, by default ~/.cache/fulcrum), and says what it is doing. The steps are in tools/build/.
set -euo pipefail

CALLED_FROM="$PWD"
ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
cd "$ROOT"
for part in common rust node extension test matching; do
  # shellcheck source=/dev/null
  source "$ROOT/tools/build/$part.sh"
done

usage() {
  cat <<'TEXT'
./build.sh                        release packages for Chromium and Firefox, into dist/
./build.sh test                   everything CI runs
./build.sh demo                   a browser with the extension, connected to a simulated Lever
./build.sh bench [--contacts N]   the table of budgets
./build.sh bench matching [--contacts N] [--seed S] [--quick]
                                  whom the matcher finds, beside Splink, and FEBRL; exit status 1 where a limit is missed
./build.sh extract FILE.html URL [FILE.html URL ...]
                                  what the adapters read from saved pages, one JSON line a page
TEXT
}

command="${1:-build}"
[ $# -eq 0 ] || shift

case "$command" in
build)
  require_node
  build_wasm
  build_packages
  ;;
test)
  run_tests "$@"
  ;;
demo)
  require_node
  require_chromium
  build_wasm
  build_bundles
  build_sandbox dev
  say "Playing the demo"
  node_tool playwright test --config tests/e2e/demo.config.ts "$@"
  ;;
bench)
  if [ "${1:-}" = matching ]; then
    shift
    bench_matching "$@"
    exit
  fi
  # Standard output is for the table alone.
  {
    require_node
    require_chromium
    build_wasm
    build_bundles
    build_sandbox release
    native_cargo build --locked --release --bin fulcrum
    say "Measuring"
  } >&2
  node tests/bench/bench.mjs "$@"
  ;;
extract)
  # Standard output is for the answers alone.
  {
    require_node
    require_chromium
  } >&2
  # File names are the caller's.
  cd "$CALLED_FROM"
  node "$ROOT/tests/extract/extract.mjs" "$@"
  ;;
help | --help | -h)
  usage
  ;;
*)
  usage >&2
  exit 2
  ;;
esac
