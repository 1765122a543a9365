/** The part of pdfkit that is used here; it says nothing about its types itself. */
declare module "pdfkit" {
  export interface PdfReference {
    data: Record<string, unknown>;
    end(content?: Uint8Array | string): void;
  }

  interface PdfOptions {
    size: string | readonly [number, number];
    margin: number;
    /** Null: none of the fonts that every reader of PDFs brings along. */
    font: null;
    bufferPages?: boolean;
    displayTitle?: boolean;
    info: { Title: string; Creator: string; Producer: string; CreationDate: Date; ModDate: Date };
  }

  export default class PDFDocument {
    constructor(options: PdfOptions);
    readonly page: { readonly width: number; readonly height: number; readonly fonts: Record<string, PdfReference> };
    registerFont(name: string, bytes: Uint8Array): this;
    font(name: string): this;
    fontSize(size: number): this;
    widthOfString(text: string): number;
    fillColor(color: string): this;
    text(text: string, x: number, y: number, options: { lineBreak: false; baseline: "alphabetic" }): this;
    image(source: ArrayBuffer, x: number, y: number, options: { width: number; height: number }): this;
    link(x: number, y: number, width: number, height: number, url: string): this;
    rect(x: number, y: number, width: number, height: number): this;
    fill(color: string): this;
    addPage(): this;
    bufferedPageRange(): { start: number; count: number };
    switchToPage(page: number): unknown;
    ref(data: Record<string, unknown>): PdfReference;
    addContent(operators: string): this;
    end(): void;
  }
}

declare module "pdfkit/output" {
  import type PDFDocument from "pdfkit";
  export function toBytes(document: PDFDocument): Promise<Uint8Array<ArrayBuffer>>;
}
