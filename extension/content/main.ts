/**
 * The content script: reads the page the recruiter has open, asks whether its person is in Lever, and has the answer
 * shown as the recruiter chose for this site. It starts before the page's own scripts, so that the keystroke guard is
 * there first, and stays small, since every page of a site pays for it. In quiet mode it changes nothing in the page.
 */
import { askCore, askRouter, extensionGone, onTold } from "../shared/core-client";
import type { Profile } from "../shared/protocol";
import { MOST_ROWS, type PageReading, type SiteSettings } from "../shared/surfaces";
import { pageKey, pageOf } from "./adapters/page-key";
import { type PageState, type Watcher, watchProfiles } from "./navigation";
import { type OverlayDoors, type OverlayHandle, offeredOverlay, type StartOverlay } from "./overlay/door";
import { createHost, type Host } from "./overlay/host";
import { installKeystrokeGuard } from "./overlay/keystrokes";

/** While the recruiter looks, a person is asked about again this often (ms): a change in Lever shows within a minute. */
const LOOK_AGAIN = 15_000;
/** How often it is noticed that the extension was updated or removed under the page (ms). */
const STILL_THERE = 5_000;

const READINGS: Record<PageState["state"], PageReading> = {
  reading: "waiting",
  profile: "profile",
  list: "list",
  unreadable: "unreadable",
  none: "nobody",
};

/** One page load, from the first script to the end of the page or of the extension. */
class PageRun {
  readonly #signal: AbortSignal;
  readonly #host: Host;
  /** Our key listener was there before the page's: typing in the card is safe. */
  readonly #guarded = document.readyState === "loading";
  readonly #site = pageOf(location.href)?.site ?? "web";
  #settings: SiteSettings | null = null;
  #watching: { watcher: Watcher; ending: AbortController } | null = null;
  #state: PageState | null = null;
  #overlay: { handle: OverlayHandle; ending: AbortController } | null = null;
  #loading: Promise<StartOverlay | null> | null = null;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    this.#host = createHost(document);
    installKeystrokeGuard(this.#host.element, this.#host.root, signal);
    signal.addEventListener("abort", () => this.#stop());
  }

  async start(): Promise<void> {
    onTold(
      {
        open_card: () => this.#overlay?.handle.toggleCard(),
        changed: () => this.#lookAgain(),
        settings_changed: (settings) => this.#apply(settings),
      },
      this.#signal,
    );
    document.addEventListener("visibilitychange", () => this.#lookAgain(), { signal: this.#signal });
    const timer = setInterval(() => {
      if (document.hasFocus()) {
        this.#lookAgain();
      }
    }, LOOK_AGAIN);
    this.#signal.addEventListener("abort", () => clearInterval(timer));
    try {
      this.#apply(await askRouter("site_settings", { site: this.#site }));
    } catch {
      // Without its settings it cannot know whether it may draw: it stays silent.
    }
  }

  get #profile(): Profile | null {
    return this.#state?.state === "profile" ? this.#state.profile : null;
  }

  #apply(settings: SiteSettings): void {
    if (this.#signal.aborted) {
      return;
    }
    this.#settings = settings;
    if (settings.display === "off") {
      this.#stop();
      return;
    }
    if (settings.display === "overlay") {
      this.#overlay?.handle.moved(settings.badge);
      void this.#show();
    } else {
      this.#erase();
      this.#lookAgain();
    }
    if (this.#watching === null) {
      const ending = new AbortController();
      // The first report comes while this is still running.
      this.#watching = { watcher: { recheck: () => undefined }, ending };
      this.#watching.watcher = watchProfiles(ending.signal, (state) => this.#take(state));
    }
  }

  #stop(): void {
    this.#watching?.ending.abort();
    this.#watching = null;
    this.#state = null;
    this.#erase();
  }

  #erase(): void {
    this.#overlay?.ending.abort();
    this.#overlay = null;
  }

  #take(state: PageState): void {
    if (extensionGone()) {
      return;
    }
    const before = this.#profile?.key;
    this.#state = state;
    const profile = this.#profile;
    if (profile === null || profile.key !== before) {
      // Whoever was shown is gone, at once.
      this.#overlay?.handle.nobody();
    }
    const rows = state.state === "list" ? state.cards.slice(0, MOST_ROWS) : [];
    const report = { url: location.href, reading: READINGS[state.state], profile, rows };
    void askRouter("page_report", report).catch(() => undefined);
    if (this.#settings?.display === "overlay") {
      void this.#show();
    } else {
      this.#lookAgain();
    }
  }

  /** Has the overlay show what the page shows now. It is loaded while the page still proves whose it is. */
  async #show(): Promise<void> {
    const state = this.#state?.state;
    if (state !== "reading" && state !== "profile" && state !== "unreadable") {
      return;
    }
    if (this.#overlay === null) {
      this.#loading ??= loadOverlay();
      const start = await this.#loading;
      if (start === null) {
        // The next reading tries again; until then the toolbar has the answer.
        this.#loading = null;
        this.#lookAgain();
        return;
      }
    }
    this.#tell();
  }

  #tell(): void {
    const start = offeredOverlay();
    if (this.#settings?.display !== "overlay" || this.#signal.aborted || start === null) {
      return;
    }
    const profile = this.#profile;
    const unreadable = this.#state?.state === "unreadable";
    if (profile === null && !unreadable) {
      return;
    }
    if (this.#overlay === null) {
      const ending = new AbortController();
      const { element, root } = this.#host;
      const place = this.#settings.badge;
      this.#overlay = { handle: start({ element, root, doors: this.#doors(), place, signal: ending.signal }), ending };
    }
    if (profile === null) {
      this.#overlay.handle.unreadable();
    } else {
      this.#overlay.handle.person(profile);
    }
  }

  #doors(): OverlayDoors {
    return {
      ask: (command, signal) => askCore(command, { signal }),
      isCurrent: (key) => this.#isCurrent(key),
      openSettings: () => void askRouter("open_options", null).catch(() => undefined),
      showFile: (file) => void askRouter("show_file", file).catch(() => undefined),
      openProject: (project) => void askRouter("open_projects", { project }).catch(() => undefined),
      savePlace: (badge) =>
        void askRouter("change_site_settings", { site: this.#site, change: { badge } }).catch(() => undefined),
      addElsewhere: this.#guarded
        ? undefined
        : () => void askRouter("open_side_panel", { tab: undefined }).catch(() => undefined),
    };
  }

  #isCurrent(key: string): boolean {
    this.#watching?.watcher.recheck();
    return this.#profile?.key === key && pageKey(location.href) === key;
  }

  #lookAgain(): void {
    if (document.hidden || extensionGone()) {
      return;
    }
    const profile = this.#profile;
    if (this.#overlay !== null) {
      this.#overlay.handle.lookAgain();
    } else if (profile !== null) {
      // The service worker keeps the answer for toolbar, popup and side panel.
      void askCore({ command: "look_up", profile });
    }
  }
}

async function loadOverlay(): Promise<StartOverlay | null> {
  try {
    if (offeredOverlay() === null) {
      await askRouter("load_overlay", null);
    }
  } catch {
    return null;
  }
  return offeredOverlay();
}

/** An older instance in this page (the extension was updated, or the page is read on request again) makes way. */
function takeOver(): AbortController {
  const mark = Symbol.for("fulcrum.page");
  const world = globalThis as typeof globalThis & { [mark]?: AbortController };
  world[mark]?.abort();
  const ending = new AbortController();
  world[mark] = ending;
  return ending;
}

const ending = takeOver();
const watch = setInterval(() => {
  if (extensionGone()) {
    ending.abort();
  }
}, STILL_THERE);
ending.signal.addEventListener("abort", () => clearInterval(watch));
void new PageRun(ending.signal).start();
