# Node, its packages, and the browser.
# shellcheck shell=bash

require_node() {
  have node || fail "Node 20.19 or newer is missing"
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
    fail "Node 20.19 or newer is needed; this is $(node --version)"
  require_node_modules
}

# node_modules is made once for each state of the lock file, kept in the cache, and linked file by file into the clone.
require_node_modules() {
  local wanted stored
  wanted="$( { cat "$ROOT/package-lock.json"; node -p 'process.platform + process.arch + process.version'; } | sha256)"
  if [ "$(cat "$ROOT/node_modules/.lock-hash" 2>/dev/null)" = "$wanted" ]; then
    return 0
  fi
  stored="$CACHE/node_modules/$wanted"
  if [ ! -f "$stored/node_modules/.lock-hash" ]; then
    say "Installing Node packages (npm ci)"
    locked npm install_node_modules "$stored" "$wanted"
  fi
  say "Linking Node packages from the cache"
  rm -rf "$ROOT/node_modules"
  cp -al "$stored/node_modules" "$ROOT/node_modules" 2>/dev/null ||
    { rm -rf "$ROOT/node_modules" && cp -R "$stored/node_modules" "$ROOT/node_modules"; }
}

install_node_modules() {
  local stored="$1" wanted="$2"
  [ ! -f "$stored/node_modules/.lock-hash" ] || return 0
  rm -rf "$stored"
  mkdir -p "$stored"
  cp "$ROOT/package.json" "$ROOT/package-lock.json" "$ROOT/.npmrc" "$stored/"
  (cd "$stored" && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-progress --loglevel=error </dev/null)
  printf '%s' "$wanted" >"$stored/node_modules/.lock-hash"
}

node_tool() { (cd "$ROOT" && "$ROOT/node_modules/.bin/$@"); }

# Chromium keeps --load-extension, which branded Chrome has dropped.
require_chromium() {
  if [ -z "${CHROMIUM:-}" ]; then
    CHROMIUM="$(first_of chromium chromium-browser)" || {
      apt_install chromium fonts-liberation fonts-noto-color-emoji
      CHROMIUM="$(first_of chromium)" || fail "Chromium is missing; set CHROMIUM to its path"
    }
  fi
  export CHROMIUM
}

require_chromedriver() {
  require_chromium
  if [ -z "${CHROMEDRIVER:-}" ]; then
    CHROMEDRIVER="$(first_of chromedriver)" || {
      apt_install chromium-driver
      CHROMEDRIVER="$(first_of chromedriver)" || fail "chromedriver is missing; set CHROMEDRIVER to its path"
    }
  fi
  export CHROMEDRIVER
}
