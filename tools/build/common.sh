# Shared by build.sh and the files beside this one: where things are, how to speak, how to install.
# shellcheck shell=bash

CACHE="${FULCRUM_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/fulcrum}"

# One calm line a step.
say() { printf '\n== %s\n' "$*"; }

fail() {
  printf '\nbuild.sh: %s\n' "$*" >&2
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# Installs Debian packages, or says which program is missing where there is no apt.
apt_install() {
  have apt-get || fail "please install: $* (this machine has no apt)"
  say "Installing $* (apt)"
  apt_update
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@" </dev/null
}

# Fetches the lists of Debian's packages, once: before, apt knows of none.
apt_update() {
  if [ -z "${APT_UPDATED:-}" ]; then
    have apt-get || fail "this machine has no apt"
    as_root apt-get update -q </dev/null
    APT_UPDATED=1
  fi
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  else
    have sudo || fail "please run as root: $*"
    sudo "$@"
  fi
}

# The first of the given programs that exists, as a path.
first_of() {
  local candidate
  for candidate in "$@"; do
    if have "$candidate"; then
      command -v "$candidate"
      return 0
    fi
  done
  return 1
}

sha256() { { sha256sum 2>/dev/null || shasum -a 256; } | cut -d ' ' -f 1; }

# Version of a package in Cargo.lock.
locked_version() {
  awk -v name="\"$1\"" '$1 == "name" && $3 == name { found = 1 } found && $1 == "version" { gsub(/"/, "", $3); print $3; exit }' \
    "$ROOT/Cargo.lock"
}

# Runs a command while holding the lock of that name, so that two clones do not install or build the same thing at once.
locked() {
  local name="$1"
  shift
  mkdir -p "$CACHE/locks"
  if have flock; then
    (
      flock --nonblock 9 || { say "Waiting for another build ($name)" && flock 9; }
      "$@" 9>&-
    ) 9>"$CACHE/locks/$name"
  else
    "$@"
  fi
}
