/**
 * Paints text with the fonts of this computer, in a worker. The browser chooses them, joins Arabic letters, and orders what
 * runs from right to left.
 */
import { graphemes, startsRightToLeft } from "./text-parts";

export interface Painter {
  /** Width in points. */
  measure(text: string, size: number, bold: boolean): number;
  /** A picture of the text, and how far it reaches over and under its line, in points. */
  paint(text: string, size: number, bold: boolean, color: string): Promise<PaintedText>;
  /** Whether some font of this computer has every sign of the text; what none has comes out as a box. */
  knows(text: string): boolean;
}

export interface PaintedText {
  png: ArrayBuffer;
  width: number;
  ascent: number;
  descent: number;
}

/** Dots a point: 288 to the inch, as good printers have. */
const SCALE = 4;
/** Some letters reach over the box that their font states. */
const ROOM = 0.15;

export function browserPainter(): Painter {
  const measuring = context(new OffscreenCanvas(1, 1));
  const knowledge = new Map<string, boolean>();
  let box: string | undefined;
  return {
    measure(text, size, bold) {
      measuring.font = fontOf(size, bold);
      return measuring.measureText(text).width / SCALE;
    },
    async paint(text, size, bold, color) {
      measuring.font = fontOf(size, bold);
      const { width, fontBoundingBoxAscent, fontBoundingBoxDescent } = measuring.measureText(text);
      const room = size * SCALE * ROOM;
      const above = Math.ceil(fontBoundingBoxAscent + room);
      const below = Math.ceil(fontBoundingBoxDescent + room);
      const canvas = new OffscreenCanvas(Math.max(1, Math.ceil(width)), above + below);
      const brush = context(canvas);
      brush.fillStyle = "#ffffff";
      brush.fillRect(0, 0, canvas.width, canvas.height);
      brush.font = fontOf(size, bold);
      brush.fillStyle = color;
      const rightToLeft = startsRightToLeft(text);
      brush.direction = rightToLeft ? "rtl" : "ltr";
      brush.textAlign = "left";
      brush.fillText(text, 0, above);
      const png = await (await canvas.convertToBlob({ type: "image/png" })).arrayBuffer();
      return { png, width: canvas.width / SCALE, ascent: above / SCALE, descent: below / SCALE };
    },
    knows(text) {
      box ??= drawn(UNKNOWN);
      return graphemes(text).every((sign) => {
        const known = knowledge.get(sign) ?? (/^[\s\p{C}]*$/u.test(sign) || drawn(sign) !== box);
        knowledge.set(sign, known);
        return known;
      });
    },
  };
}

/** No font has it: Unicode keeps it free for good. */
const UNKNOWN = "\u{10fffe}";
/** Points; large enough that two signs do not look alike. */
const PROBE = 6;

/** A sign's dots, as text that can be compared. */
function drawn(sign: string): string {
  const edge = PROBE * SCALE * 2;
  const brush = context(new OffscreenCanvas(edge, edge));
  brush.fillStyle = "#ffffff";
  brush.fillRect(0, 0, edge, edge);
  brush.font = fontOf(PROBE, false);
  brush.fillStyle = "#000000";
  brush.fillText(sign, 0, edge * 0.75);
  return brush.getImageData(0, 0, edge, edge).data.join();
}

function fontOf(size: number, bold: boolean): string {
  return `${bold ? 600 : 400} ${size * SCALE}px sans-serif`;
}

function context(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const found = canvas.getContext("2d", { alpha: false });
  if (found === null) {
    throw new Error("no canvas to paint on");
  }
  return found;
}
