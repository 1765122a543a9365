/**
 * The extension API under one name. Firefox and newer Chromium call it `browser`, older Chromium `chrome`; both return
 * promises in Manifest V3, so no polyfill is needed.
 */
export const extension: typeof chrome = "browser" in globalThis ? globalThis.browser : globalThis.chrome;
