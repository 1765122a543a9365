# From the sources to dist/: the core as WASM, the bundles, the packages.
# shellcheck shell=bash

# The core for the browser, into extension/generated/.
build_wasm() {
  require_rust
  require_wasm_rust
  require_wasm_bindgen
  say "Building the core for the browser ($WASM_ROUTE wasm32)"
  local tables="$ROOT/target/tables.bin"
  FULCRUM_TABLES="$tables" wasm_cargo rustc --locked --profile wasm-release --no-default-features --lib --crate-type cdylib
  local built="$ROOT/target/wasm-bindgen"
  rm -rf "$built"
  "$WASM_BINDGEN_BIN/wasm-bindgen" "$ROOT/target/$WASM_TARGET/wasm-release/fulcrum.wasm" \
    --target web --remove-producers-section --out-dir "$built" --out-name fulcrum
  # A function that SQLite lacks, because a part was left out that another part calls, would become an import of the page's.
  if grep -q 'from "env"' "$built/fulcrum.js"; then
    fail "the core is not whole: something in SQLITE_WITHOUT is called all the same"
  fi
  optimise_wasm "$built/fulcrum_bg.wasm"
  cp "$tables" "$built/tables.bin"
  mkdir -p "$ROOT/extension/generated"
  local file
  for file in fulcrum.js fulcrum.d.ts fulcrum_bg.wasm tables.bin; do
    # Only what changed: editors and watchers need not wake for the rest.
    cmp -s "$built/$file" "$ROOT/extension/generated/$file" || cp "$built/$file" "$ROOT/extension/generated/$file"
  done
}

# rustc emits these features; wasm-opt wants them by name. It runs until nothing gets smaller any more: the core is near its limit.
WASM_OPT_FLAGS=(-O3 --converge --enable-bulk-memory --enable-bulk-memory-opt --enable-nontrapping-float-to-int --enable-sign-ext
  --enable-mutable-globals --enable-simd --enable-reference-types --enable-multivalue)

# wasm-opt takes minutes, so its results are kept by what went in.
optimise_wasm() {
  local file="$1" key kept
  key="$( { cat "$file"; printf '%s ' "${WASM_OPT_FLAGS[@]}"; cat "$ROOT/node_modules/binaryen/package.json"; } | sha256)"
  kept="$CACHE/wasm-opt/$key.wasm"
  if [ ! -f "$kept" ]; then
    say "Optimising the core (wasm-opt)"
    mkdir -p "$CACHE/wasm-opt"
    # Results of builds nobody has made for a month.
    find "$CACHE/wasm-opt" -type f -mtime +30 -delete
    node_tool wasm-opt "${WASM_OPT_FLAGS[@]}" "$file" -o "$kept.$$"
    mv "$kept.$$" "$kept"
  fi
  touch "$kept"
  cp "$kept" "$file"
}

# Both browsers' folders under dist/.
build_bundles() {
  say "Bundling the extension"
  (cd "$ROOT" && node extension/build.mjs)
}

# Both browsers' packages: the same bytes from the same source.
build_packages() {
  build_bundles
  say "Packing dist/*.zip"
  (cd "$ROOT" && node tools/build/package.mjs)
}
