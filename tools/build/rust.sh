# Cargo with a build folder shared between clones, the toolchain for wasm32, and the tools that go with it.
# shellcheck shell=bash

# Dependencies are compiled once for all clones: intermediate files live in the cache, results in the clone's target/.
# Cargo tells whether a workspace member is fresh by times of files alone, and its names do not depend on where the clone
# lies: two clones would take each other's code for their own. So whenever another clone built here last, the members
# (never the dependencies) are cleaned first, and one clone at a time uses a folder.
shared_cargo() {
  local folder="$CACHE/build/$1"
  shift
  mkdir -p "$folder"
  locked "build-$(basename "$folder")" cargo_in "$folder" "$@"
}

# A folder that has grown past this many megabytes is started afresh.
BUILD_FOLDER_LIMIT=20000

cargo_in() {
  local folder="$1" last=""
  shift
  export CARGO_BUILD_BUILD_DIR="$folder" CARGO_TARGET_DIR="$ROOT/target"
  if [ -f "$folder/last-clone" ]; then
    last="$(cat "$folder/last-clone")"
  fi
  if [ "$last" != "$ROOT" ]; then
    if [ "$(du -sm "$folder" | cut -f 1)" -gt "$BUILD_FOLDER_LIMIT" ]; then
      rm -rf "$folder"
      mkdir -p "$folder"
    fi
    clean_members
    printf '%s' "$ROOT" >"$folder/last-clone"
  fi
  cargo "$@"
}

clean_members() {
  local profile target
  for profile in dev release wasm-release; do
    for target in "" wasm32-unknown-unknown; do
      (cd "$ROOT" && cargo clean --quiet --workspace --profile "$profile" ${target:+--target "$target"} 2>/dev/null) ||
        (cd "$ROOT" && cargo clean --quiet -p fulcrum -p sandbox --profile "$profile" ${target:+--target "$target"})
    done
  done
}

# Cargo for this machine, with the toolchain the developer chose.
native_cargo() {
  (cd "$ROOT" && shared_cargo native "$@")
}

require_rust() {
  have cargo || fail "Rust is missing: see https://rustup.rs"
  have cc || apt_install build-essential
}

require_rust_components() {
  if ! cargo fmt --version >/dev/null 2>&1 || ! cargo clippy --version >/dev/null 2>&1; then
    say "Adding rustfmt and clippy (rustup)"
    rustup component add rustfmt clippy </dev/null || fail "rustfmt and clippy are missing"
  fi
}

# --- wasm32 -------------------------------------------------------------------------------------------------------

WASM_TARGET=wasm32-unknown-unknown
WASM_ROUTE=""

# Finds or installs a Rust that can build for wasm32, with the source of the standard library: it is built along, in its small form,
# which makes the core smaller by a twenty-fifth. With rustup that is a component more; where rustup cannot fetch it, Debian has a Rust
# with both. FULCRUM_WASM_ROUTE=debian takes the second way anyway.
require_wasm_rust() {
  [ -z "$WASM_ROUTE" ] || return 0
  if [ "${FULCRUM_WASM_ROUTE:-}" != debian ] && has_library_source; then
    WASM_ROUTE=rustup
  elif has_debian_rust; then
    WASM_ROUTE=debian
  elif [ "${FULCRUM_WASM_ROUTE:-}" != debian ] && have rustup && add_library_source; then
    WASM_ROUTE=rustup
  else
    say "No source of Rust's library from rustup: taking Debian's Rust"
    apt_update
    local llvm
    llvm="$(debian_llvm)"
    # To apt, a name that ends in a hyphen is a package to remove.
    [ -n "$llvm" ] || fail "no Rust for $WASM_TARGET: try 'rustup component add rust-src'"
    apt_install rustc-web cargo-web rust-web-src rust-web-llvm "lld-$llvm" "clang-$llvm" "llvm-$llvm"
    has_debian_rust || fail "no Rust for $WASM_TARGET: try 'rustup component add rust-src'"
    WASM_ROUTE=debian
  fi
  require_wasm_clang
}

has_library_source() {
  [ -d "$(rustc --print sysroot)/lib/rustlib/src/rust/library" ]
}

add_library_source() {
  say "Adding the source of Rust's library (rustup)"
  # With no network rustup retries for a long time.
  timeout 120 rustup component add rust-src </dev/null && has_library_source
}

has_debian_rust() {
  [ -x /usr/bin/rustc ] && [ -x /usr/bin/cargo ] && have rust-lld &&
    [ -d "$(/usr/bin/rustc --print sysroot)/lib/rustlib/src/rust/library" ]
}

# The LLVM version that Debian's Rust was built with.
debian_llvm() {
  apt-cache depends rust-web-llvm | sed -n 's/.*Depends: llvm-\([0-9]*\)$/\1/p' | head -n 1
}

# SQLite is C: it needs a clang that knows wasm32, and its archiver.
require_wasm_clang() {
  if ! find_wasm_clang; then
    apt_install clang llvm
    find_wasm_clang || fail "no clang can compile for $WASM_TARGET"
  fi
}

find_wasm_clang() {
  local version clang
  for version in -22 -21 -20 -19 -18 -17 -16 -15 -14 ""; do
    clang="clang$version"
    if have "$clang" && have "llvm-ar$version" &&
      echo 'int one(void) { return 1; }' | "$clang" --target=$WASM_TARGET -x c -c -o /dev/null - 2>/dev/null; then
      WASM_CC="$clang"
      WASM_AR="llvm-ar$version"
      return 0
    fi
  done
  return 1
}

# What the browser's SQLite can do without: nothing of ours asks for it, and each weighs on every start of the browser.
SQLITE_WITHOUT=(-USQLITE_ENABLE_RTREE -USQLITE_ENABLE_SESSION -USQLITE_ENABLE_PREUPDATE_HOOK -USQLITE_ENABLE_DBPAGE_VTAB
  -USQLITE_ENABLE_DBSTAT_VTAB -USQLITE_ENABLE_STMTVTAB -USQLITE_ENABLE_BYTECODE_VTAB -USQLITE_ENABLE_MATH_FUNCTIONS
  -USQLITE_ENABLE_OFFSET_SQL_FUNC -USQLITE_ENABLE_UNKNOWN_SQL_FUNCTION -USQLITE_ENABLE_API_ARMOR
  -USQLITE_ENABLE_UNLOCK_NOTIFY -USQLITE_ENABLE_COLUMN_METADATA -DSQLITE_OMIT_JSON -DSQLITE_OMIT_DESERIALIZE
  -DSQLITE_OMIT_TRACE -DSQLITE_OMIT_UTF16 -DSQLITE_OMIT_AUTHORIZATION -DSQLITE_OMIT_GET_TABLE -DSQLITE_OMIT_COMPLETE
  -DSQLITE_OMIT_INTROSPECTION_PRAGMAS -DSQLITE_OMIT_COMPILEOPTION_DIAGS -DSQLITE_OMIT_TCL_VARIABLE
  -DSQLITE_OMIT_AUTOVACUUM -DSQLITE_OMIT_SHARED_CACHE -DSQLITE_OMIT_PROGRESS_CALLBACK
  -DSQLITE_OMIT_DEPRECATED)

# Of the ciphers that SQLite3 Multiple Ciphers has, one is used: ChaCha20 with Poly1305.
SQLITE_WITHOUT+=(-DHAVE_CIPHER_AES_128_CBC=0 -DHAVE_CIPHER_AES_256_CBC=0 -DHAVE_CIPHER_SQLCIPHER=0 -DHAVE_CIPHER_RC4=0
  -DHAVE_CIPHER_ASCON128=0 -DHAVE_CIPHER_AEGIS=0)

# Every supported browser has WASM's vectors (Chrome since 91, Firefox since 89). The cipher, which each page read or written goes
# through, takes a third less with them.
SQLITE_VECTORS=-msimd128

# Cargo for wasm32.
wasm_cargo() {
  require_wasm_rust
  local subcommand="$1"
  shift
  local cargo_home="${CARGO_HOME:-$HOME/.cargo}"
  (
    cd "$ROOT"
    export CC_wasm32_unknown_unknown="$WASM_CC" AR_wasm32_unknown_unknown="$WASM_AR"
    export SQLITE_WASM_RS_FLAGS="${SQLITE_WITHOUT[*]}" CFLAGS_wasm32_unknown_unknown="$SQLITE_VECTORS"
    if [ "$WASM_ROUTE" = debian ]; then
      export PATH="/usr/bin:$PATH" RUSTC=/usr/bin/rustc
    fi
    # Building the library, and leaving out debug output of types, which nobody reads in a browser, are not stable yet.
    export RUSTC_BOOTSTRAP=1
    local library flags="-Zfmt-debug=none"
    library="$("${RUSTC:-rustc}" --print sysroot)/lib/rustlib/src/rust"
    # No path of this machine in the result: the same source gives the same bytes everywhere.
    flags="$flags --remap-path-prefix=$cargo_home=/cargo --remap-path-prefix=$CACHE=/cache"
    flags="$flags --remap-path-prefix=$library=/rust --remap-path-prefix=$(readlink -f "$library")=/rust"
    export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="$flags"
    shared_cargo wasm "$subcommand" -Zbuild-std=std,panic_abort -Zbuild-std-features=optimize_for_size --target $WASM_TARGET "$@"
  )
}

# The wasm-bindgen program must be of exactly the library's version.
require_wasm_bindgen() {
  local version
  version="$(locked_version wasm-bindgen)"
  [ -n "$version" ] || fail "Cargo.lock names no wasm-bindgen"
  WASM_BINDGEN_BIN="$CACHE/tools/wasm-bindgen-$version/bin"
  if [ ! -x "$WASM_BINDGEN_BIN/wasm-bindgen" ]; then
    say "Installing wasm-bindgen $version (cargo; about five minutes, once)"
    locked wasm-bindgen install_wasm_bindgen "$version"
  fi
}

install_wasm_bindgen() {
  [ ! -x "$WASM_BINDGEN_BIN/wasm-bindgen" ] || return 0
  # Without --locked: its lock file names packages that not every mirror of crates.io serves.
  CARGO_TARGET_DIR="$CACHE/build/tools" cargo install --quiet --root "${WASM_BINDGEN_BIN%/bin}" wasm-bindgen-cli --version "=$1" </dev/null
  rm -rf "$CACHE/build/tools"
}
