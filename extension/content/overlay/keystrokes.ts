/**
 * Keeps what is typed in our card from the page. Page scripts can listen on `window` in the capture phase and see every
 * key, retargeted to our host. So a listener of ours, there first (installed at `document_start`), stops such events
 * before anybody hears them and hands copies on inside the closed root, where only our own components listen. The
 * browser's default actions (typing, moving the caret, pasting) do not depend on propagation and still happen.
 *
 * A script of the page can send made-up events to the host; those are stopped and handed on to nobody.
 */
import { vouchFor } from "../../ui/genuine";

/** Handed on inside the root, so that components can react to them. */
const HANDED_ON = [
  "keydown",
  "keypress",
  "keyup",
  "beforeinput",
  "input",
  "compositionstart",
  "compositionupdate",
  "compositionend",
  "focus",
  "focusin",
  "blur",
  "focusout",
] as const;

/** Stopped, and of no use to our components: they carry what was typed or selected. */
const STOPPED = [
  "copy",
  "cut",
  "paste",
  "dragstart",
  "drag",
  "dragenter",
  "dragover",
  "dragleave",
  "drop",
  "dragend",
  "textInput",
] as const;

const LEAVING = new Set(["blur", "focusout"]);

/** Must run before any script of the page. */
export function installKeystrokeGuard(host: Element, root: ShadowRoot, signal: AbortSignal): void {
  /** Where the focus is or was last inside the root: the place of a `blur` is not told to us. */
  let focused: Element | null = null;
  /** Keys that went down in the card: when they come up the focus may be back on the page. */
  const down = new Set<string>();
  const options = { capture: true, signal };

  const isOurs = (event: Event) => event.target === host;
  const isTailOfOurs = (event: KeyboardEvent) => {
    if (event.type === "keydown" && isOurs(event)) {
      down.add(event.code);
    }
    return event.type === "keyup" && down.delete(event.code) && !isOurs(event);
  };
  const stop = (event: Event) => {
    if (isOurs(event)) {
      event.stopImmediatePropagation();
    }
  };
  const handOn = (event: Event) => {
    if (event instanceof KeyboardEvent && event.isTrusted && isTailOfOurs(event)) {
      event.stopImmediatePropagation();
    }
    if (!isOurs(event)) {
      return;
    }
    event.stopImmediatePropagation();
    if (!event.isTrusted) {
      event.preventDefault();
      return;
    }
    const inner = root.activeElement;
    const target = LEAVING.has(event.type) ? (focused ?? inner) : inner;
    if (inner !== null) {
      focused = inner;
    }
    if (target === null) {
      return;
    }
    const copy = copyOf(event);
    vouchFor(copy);
    if (!target.dispatchEvent(copy)) {
      event.preventDefault();
    }
  };

  for (const type of HANDED_ON) {
    window.addEventListener(type, handOn, options);
  }
  for (const type of STOPPED) {
    window.addEventListener(type, stop, options);
  }
  // Moves between two places inside the root never reach the window.
  root.addEventListener(
    "focusin",
    (event) => {
      focused = event.target instanceof Element ? event.target : focused;
    },
    { signal },
  );
}

/** The same event again, for inside the root only. */
function copyOf(event: Event): Event {
  const init: EventInit = { bubbles: event.bubbles, cancelable: event.cancelable, composed: false };
  if (event instanceof KeyboardEvent) {
    const { key, code, location, repeat, isComposing, ctrlKey, shiftKey, altKey, metaKey } = event;
    return new KeyboardEvent(event.type, {
      ...init,
      key,
      code,
      location,
      repeat,
      isComposing,
      ctrlKey,
      shiftKey,
      altKey,
      metaKey,
      modifierAltGraph: event.getModifierState("AltGraph"),
    });
  }
  if (event instanceof InputEvent) {
    const { data, inputType, isComposing } = event;
    return new InputEvent(event.type, { ...init, data, inputType, isComposing });
  }
  if (event instanceof CompositionEvent) {
    return new CompositionEvent(event.type, { ...init, data: event.data });
  }
  if (event instanceof FocusEvent) {
    return new FocusEvent(event.type, init);
  }
  return new Event(event.type, init);
}
