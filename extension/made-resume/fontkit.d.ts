/** The part of fontkit, pdfkit's own reader of fonts, that is used here; it says nothing about its types itself. */
declare module "fontkit" {
  export function create(bytes: Uint8Array): { readonly characterSet: readonly number[] };
}
