# Whom the matcher finds in an invented world, beside Splink on the same world, and in FEBRL (tests/matching). Standard output is
# for the tables alone.
# shellcheck shell=bash

# So many contacts are what Splink is measured with: more take it too long.
SPLINK_CONTACTS=100000

# The exit status is 1 where a limit is missed, whatever else could be measured.
bench_matching() {
  local contacts=100000 seed=1 size=(--present 20000 --strangers 60000 --hard-per-class 500) status=0
  while [ $# -gt 0 ]; do
    case "$1" in
    --contacts) contacts="${2:?--contacts needs a number}" && shift ;;
    --seed) seed="${2:?--seed needs a number}" && shift ;;
    # The evaluation's own sizes: 6,000 pages.
    --quick) size=() ;;
    *) fail "bench matching: what is $1?" ;;
    esac
    shift
  done
  {
    require_rust
    say "Building the evaluation"
    native_cargo build --locked --release -p matching-evaluation
  } >&2
  local evaluation="$ROOT/target/release/matching-evaluation"

  if [ "$contacts" -le "$SPLINK_CONTACTS" ]; then
    bench_world "$evaluation" yes --seed "$seed" --contacts "$contacts" "${size[@]}" || status=1
  else
    bench_world "$evaluation" no --seed "$seed" --contacts "$contacts" "${size[@]}" || status=1
    say "For Splink: 6,000 pages of a world of $SPLINK_CONTACTS contacts, since $contacts take it too long" >&2
    bench_world "$evaluation" yes --seed "$seed" --contacts "$SPLINK_CONTACTS" || status=1
  fi
  bench_febrl "$evaluation" || status=1
  return "$status"
}

# One world, its pages asked about; with `yes`, by Splink too.
bench_world() {
  local evaluation="$1" with_splink="$2" folder="" found=() status=0
  shift 2
  if [ "$with_splink" = yes ] && has_python "Splink's rows are left out"; then
    mkdir -p "$CACHE/matching"
    folder="$(mktemp -d "$CACHE/matching/world.XXXXXX")"
    say "Writing the world for Splink ($*)" >&2
    if "$evaluation" generate "$@" --out "$folder" >&2 && say "Asking Splink" >&2 &&
      python3 "$ROOT/tests/matching/splink_baseline.py" "$folder" --cache "$CACHE/matching" --out "$folder/splink.jsonl" >&2; then
      found=(--splink "$folder/splink.jsonl")
    else
      say "Splink could not be run: its rows are left out" >&2
    fi
  fi
  say "Asking the matcher ($*)" >&2
  "$evaluation" evaluate "$@" "${found[@]}" --limits || status=$?
  [ -z "$folder" ] || rm -rf "$folder"
  return "$status"
}

bench_febrl() {
  local evaluation="$1" folder
  has_python "FEBRL is left out" || return 0
  say "FEBRL 3 and 4, without their id number" >&2
  if ! folder="$(python3 "$ROOT/tests/matching/febrl_data.py" --cache "$CACHE/matching")"; then
    say "FEBRL's files could not be fetched: it is left out" >&2
    return 0
  fi
  "$evaluation" febrl --a "$folder/dataset4a.csv" --b "$folder/dataset4b.csv" --deduplicate "$folder/dataset3.csv"
}

has_python() {
  python3 -c 'import venv, ensurepip' 2>/dev/null && return 0
  say "No Python 3 with venv and pip here: $1" >&2
  return 1
}
