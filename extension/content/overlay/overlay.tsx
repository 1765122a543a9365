/**
 * Badge and card on the page. One tree in one closed root, driven by signals: what is shown, whether the card is open,
 * where the recruiter put the badge. It asks nothing of the page but measures, and takes no decision about the person.
 */
import { batch, type Signal, signal } from "@preact/signals";
import { type JSX, render } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { direction, language, t } from "../../shared/i18n";
import type { KeptFile, ProjectNumber } from "../../shared/protocol";
import type { BadgePlace } from "../../shared/surfaces";
import { Badge } from "../../ui/badge";
import { badgeLine, badgeModel, type Situation } from "../../ui/badge-model";
import { Card, UnreadableCard } from "../../ui/card";
import { CardState } from "../../ui/card-state";
import { now, touchClock } from "../../ui/clock";
import type { PersonSession } from "../../ui/person-session";
import { type Follower, follow } from "./follow";
import type { Host } from "./host";
import { makeMovable } from "./movement";
import { cardBeside, GAP, keptInside } from "./placement";

/** What the export form grows to with a job, its list and a warning, in pixels. */
const FORM_HEIGHT = 640;
/** From its head to its buttons; with less room below its place the card moves up. */
const ANSWER_HEIGHT = 360;

export interface PageDoors {
  openSettings(): void;
  showFile(file: KeptFile): void;
  openProject(project: ProjectNumber): void;
  /** Remembers where the badge was put on this site; null for "where it fits". */
  savePlace(place: BadgePlace | null): void;
  /** The element of the page that shows the person's name, if the adapter knows it. */
  findName(): Element | null;
  /** Set where the page's own listeners were there first: what is typed belongs in the side panel then. */
  addElsewhere?: (() => void) | undefined;
}

/** What stands on the page now. */
type Shown =
  | { card: CardState; situation: PersonSession["situation"] }
  | { card: null; situation: { value: Situation } };

export class Overlay {
  readonly shown: Signal<Shown | null> = signal(null);
  readonly open: Signal<boolean> = signal(false);
  readonly place: Signal<BadgePlace | null>;
  readonly host: Host;
  readonly doors: PageDoors;
  readonly signal: AbortSignal;
  /** Where the focus goes when the card closes. */
  #before: Element | null = null;

  constructor(host: Host, doors: PageDoors, place: BadgePlace | null, ending: AbortSignal) {
    this.host = host;
    this.doors = doors;
    this.place = signal(place);
    this.signal = ending;
    // Not a "div": `window.find` searches closed roots too, and a page could guess what Lever says letter by letter.
    // Chromium's search passes over what stands inside this element; people and screen readers get it all the same.
    const wrapper = document.createElement("source");
    wrapper.className = "fulcrum";
    wrapper.lang = language();
    wrapper.dir = direction();
    host.root.append(wrapper);
    render(<OverlayView overlay={this} />, wrapper);
    ending.addEventListener("abort", () => {
      render(null, wrapper);
      wrapper.remove();
    });
  }

  /** Shows this person, with the card closed. */
  show(session: PersonSession): void {
    batch(() => {
      this.open.value = false;
      this.shown.value = { card: new CardState(session), situation: session.situation };
    });
  }

  showUnreadable(): void {
    batch(() => {
      this.open.value = false;
      this.shown.value = { card: null, situation: { value: { at: "unreadable" } } };
    });
  }

  /** Takes everything off the page, except a form the recruiter is filling in: that says that the page has changed. */
  clear(): void {
    const card = this.shown.peek()?.card ?? null;
    if (this.open.peek() && card?.isOpenForm === true) {
      card.session.left.value = true;
      return;
    }
    this.close();
    this.shown.value = null;
  }

  /** Whether a form of a page that was left is still waiting to be closed. */
  get holdsLeftForm(): boolean {
    return this.open.peek() && this.shown.peek()?.card?.session.left.peek() === true;
  }

  openCard(): void {
    const shown = this.shown.peek();
    if (shown === null || this.open.peek()) {
      return;
    }
    touchClock();
    const active = document.activeElement;
    this.#before = active === this.host.element ? this.host.root.activeElement : active;
    const situation = shown.card?.session.situation.peek();
    const formHere = this.doors.addElsewhere === undefined;
    if (formHere && situation?.at === "answered" && badgeModel(situation, now.peek()).kind === "not_in_lever") {
      shown.card?.openExport(null);
    }
    this.open.value = true;
  }

  close(): void {
    if (!this.open.peek()) {
      return;
    }
    const held = this.host.root.activeElement !== null;
    this.open.value = false;
    if (held && this.#before instanceof HTMLElement && this.#before.isConnected) {
      this.#before.focus({ preventScroll: true });
    }
    this.#before = null;
    const left = this.shown.peek()?.card?.session;
    if (left?.left.peek() === true) {
      this.shown.value = null;
      this.onLeftFormClosed();
    }
  }

  /** Set by whoever drives the overlay: the page's present person can be shown now. */
  onLeftFormClosed: () => void = () => undefined;

  toggle(): void {
    if (this.open.peek()) {
      this.close();
    } else {
      this.openCard();
    }
  }
}

function OverlayView({ overlay }: { overlay: Overlay }): JSX.Element | null {
  const shown = overlay.shown.value;
  return shown === null ? null : <Standing key={shown.card?.session.key ?? ""} overlay={overlay} shown={shown} />;
}

function Standing({ overlay, shown }: { overlay: Overlay; shown: Shown }): JSX.Element {
  const moved = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const follower = useRef<Follower | null>(null);
  const left = shown.card?.session.left.value === true;
  const model = badgeModel(shown.situation.value, now.value);
  const line = badgeLine(model);

  useLayoutEffect(() => {
    const ending = new AbortController();
    if (moved.current !== null && button.current !== null) {
      const found = follow(
        {
          moved: moved.current,
          host: overlay.host.element,
          findName: () => overlay.doors.findName(),
          chosen: () => overlay.place.peek(),
          card: () => overlay.host.root.querySelector(".card-place")?.getBoundingClientRect() ?? null,
        },
        ending.signal,
      );
      follower.current = found;
      found.refresh();
      const put = (place: BadgePlace | null) => {
        overlay.place.value = place;
        overlay.doors.savePlace(place);
        found.refresh();
      };
      makeMovable(
        button.current,
        { box: found.box, show: found.show, settle: () => put(found.settled()), reset: () => put(null) },
        ending.signal,
      );
    }
    return () => ending.abort();
  }, [overlay]);

  // Other words need other room: the width that fitted the ones before would cut them.
  useLayoutEffect(() => {
    if (line !== "") {
      follower.current?.refresh();
    }
  }, [line]);
  // A closed card leaves room for the whole badge.
  useEffect(
    () =>
      overlay.open.subscribe((open) => {
        if (!open) {
          follower.current?.refresh();
        }
      }),
    [overlay],
  );
  // Chosen elsewhere (another tab, the settings).
  useEffect(() => overlay.place.subscribe(() => follower.current?.refresh()), [overlay]);

  return (
    <>
      <div ref={moved} class="badge-place" data-waiting="" hidden={left}>
        <Badge
          model={model}
          open={overlay.open.value}
          controls="card"
          describedBy="moves"
          buttonRef={button}
          onPress={() => (model.kind === "not_connected" ? overlay.doors.openSettings() : overlay.toggle())}
        />
        <span id="moves" class="unseen">
          {t("badge_moves")}
        </span>
      </div>
      <span class="unseen" role="status">
        {left ? "" : line}
      </span>
      {overlay.open.value && (
        <Floating overlay={overlay} card={shown.card} badge={moved} onResized={() => follower.current?.refresh()} />
      )}
    </>
  );
}

interface FloatingProps {
  overlay: Overlay;
  /** Null on a page that cannot be read. */
  card: CardState | null;
  badge: { current: HTMLElement | null };
  /** The card takes more or less room than before: the badge may have to make way, or may come back. */
  onResized: () => void;
}

function Floating({ overlay, card, badge, onResized }: FloatingProps): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const resized = useRef(onResized);
  resized.current = onResized;
  useLayoutEffect(() => {
    const box = place.current;
    if (box === null) {
      return undefined;
    }
    // Without the page's scroll bars, which lie over everything.
    const view = () => ({
      width: document.documentElement.clientWidth || window.innerWidth,
      height: window.innerHeight,
    });
    const put = ({ left, top }: { left: number; top: number }) => {
      box.style.left = `${Math.round(left)}px`;
      box.style.top = `${Math.round(top)}px`;
    };
    const putBeside = () => {
      box.style.removeProperty("--room");
      if (badge.current !== null) {
        // Under the badge only if there is room for what the form may still show.
        const height = card?.side.peek() === "export" ? Math.max(box.offsetHeight, FORM_HEIGHT) : box.offsetHeight;
        put(cardBeside(badge.current.getBoundingClientRect(), { width: box.offsetWidth, height }, view()));
      }
    };
    putBeside();
    const keep = () => {
      const room = view().height - box.getBoundingClientRect().top - GAP;
      if (card?.side.peek() === "answer" && room >= ANSWER_HEIGHT) {
        // What comes late makes it scroll: its buttons must not move under the pointer.
        box.style.setProperty("--room", `${room}px`);
      } else {
        box.style.removeProperty("--room");
        put(keptInside(box.getBoundingClientRect(), view()));
      }
    };
    const observer = new ResizeObserver(() => {
      keep();
      resized.current();
    });
    observer.observe(box);
    window.addEventListener("resize", putBeside);
    // The export form moves the focus to its own first field.
    if (card?.side.peek() !== "export") {
      box.querySelector<HTMLElement>(".card")?.focus({ preventScroll: true });
    }
    return () => {
      observer.disconnect();
      window.removeEventListener("resize", putBeside);
    };
  }, [badge, card]);
  const side = card?.side.value;
  // The form is not held to the answer's room.
  useLayoutEffect(() => {
    if (side === "export") {
      place.current?.style.removeProperty("--room");
    }
  }, [side]);
  return (
    <div ref={place} class="card-place">
      {card === null ? (
        <UnreadableCard id="card" close={() => overlay.close()} />
      ) : (
        <Card
          state={card}
          id="card"
          openSettings={() => overlay.doors.openSettings()}
          showFile={(file) => overlay.doors.showFile(file)}
          openProject={(project) => overlay.doors.openProject(project)}
          close={() => overlay.close()}
          addElsewhere={overlay.doors.addElsewhere}
        />
      )}
    </div>
  );
}
