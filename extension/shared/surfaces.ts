/**
 * What can be asked of each part of the extension. The core's own protocol is one entry here (`core`, `dispatch`);
 * everything else is what only the browser can do. Content scripts are the untrusted callers: see `CONTENT_COMMANDS`.
 */
import type { Answer, Command, ExportOutcome, FailureCode, KeptFile, Profile, ProjectNumber, Reply } from "./protocol";

/** Asked of the service worker (Firefox: event page) by content scripts and by pages of the extension. */
export type RouterSurface = {
  /** Pages of the extension name the tab an export is for; for content scripts it is their own. */
  core: { params: { command: Command; tab?: number | undefined }; result: Reply };
  /** Content scripts only: what is open now. */
  page_report: { params: PageReport; result: null };
  site_settings: { params: { site: string }; result: SiteSettings };
  change_site_settings: {
    params: { site: string; change: Partial<Omit<SiteSettings, "fixed">> };
    result: SiteSettings;
  };
  /** Pages of the extension only. */
  tab_view: { params: { tab: number }; result: TabView | null };
  /** Pages of the extension only: read a tab the recruiter asked for, where no content script runs by itself. */
  read_tab: { params: { tab: number }; result: ReadTabResult };
  /** Content scripts only: puts the overlay's file into their page. */
  load_overlay: { params: null; result: null };
  open_options: { params: null; result: null };
  /** Opens the page that shows a kept file. */
  show_file: { params: KeptFile; result: null };
  /** The page of projects, at this one; null opens the list of them. */
  open_projects: { params: { project: ProjectNumber | null }; result: null };
  /** Must be asked inside a click. */
  open_side_panel: { params: { tab?: number | undefined }; result: null };
};

/** Told to the content script of one tab. */
export type ContentSurface = {
  open_card: { params: null; result: null };
  changed: { params: null; result: null };
  settings_changed: { params: SiteSettings; result: null };
};

/** Asked of whoever keeps the core worker alive. */
export type CoreHostSurface = {
  dispatch: { params: Command; result: Reply };
  /** Answers when the worker answers; starts it where it is not running. */
  wake: { params: null; result: null };
};

/** Asked of the core worker by its host. */
export type CoreWorkerSurface = {
  dispatch: { params: Command; result: Reply };
  ping: { params: null; result: null };
};

/** Whether the page shows nothing yet, nobody, something that cannot be read, one person, or several. */
export type PageReading = "waiting" | "nobody" | "unreadable" | "profile" | "list";

/** `rows` are the people of a list, at most `MOST_ROWS`; empty for every other reading. */
export type PageReport = { url: string; reading: PageReading; profile: Profile | null; rows: Profile[] };

/** Rows of one report: more are on no page at once, but on one that nobody reads row by row. */
export const MOST_ROWS = 100;

/** What one tab shows, kept for popup, side panel and toolbar badge. */
export type TabView = PageReport & {
  answer: Answer | null;
  exported: ExportOutcome | null;
  /** Why there is no answer; null once there is one. */
  failure: FailureCode | null;
};

/** `overlay`: badge and card on the page. `quiet`: toolbar and side panel only, not one change to the page. `off`: nothing. */
export type SiteDisplay = "overlay" | "quiet" | "off";
export const SITE_DISPLAYS: readonly SiteDisplay[] = ["overlay", "quiet", "off"];

/** Where the recruiter dragged the badge: at this edge, so many hundredths of the window's height from the top. */
export type BadgePlace = { edge: "left" | "right"; offset: number };

/** `fixed`: the display is set by the organisation, and cannot be changed. */
export type SiteSettings = { display: SiteDisplay; badge: BadgePlace | null; fixed: boolean };

/** `not_allowed`: the browser's own pages, or the tab was not given to the extension by a click. */
export type ReadTabResult = { ok: true } | { ok: false; reason: "not_allowed" };

/** What content scripts may ask of the core. */
export const CONTENT_COMMANDS: ReadonlySet<Command["command"]> = new Set<Command["command"]>([
  "look_up",
  "check_now",
  "postings",
  "export_options",
  "plan",
  "export",
  "undo_export",
  "keep_file",
  "status",
  "correct",
  // The card on the page shows them.
  "details",
  "compare",
  "plan_update",
  "update",
  // Of its own page's person alone: see the page guard.
  "projects",
  "projects_of",
  "name_project",
  "add_to_project",
  "remove_from_project",
]);

/** What content scripts may ask of the service worker. */
export const CONTENT_CALLS: ReadonlySet<string> = new Set<keyof RouterSurface>([
  "core",
  "page_report",
  "load_overlay",
  "site_settings",
  "change_site_settings",
  "open_options",
  "show_file",
  "open_projects",
  "open_side_panel",
]);

/**
 * What may be asked a second time when the first answer was lost. Never `export` or `update`: they write to Lever, and the journal
 * alone knows how far they came.
 */
export const REPEATABLE_COMMANDS: ReadonlySet<Command["command"]> = new Set<Command["command"]>([
  "status",
  "check_connection",
  "consent_address",
  "users",
  "look_up",
  "check_now",
  "postings",
  "export_options",
  "export_rules",
  "set_export_rules",
  "preview_export_rules",
  "plan",
  "keep_file",
  "read_file",
  "journal",
  "search",
  "search_options",
  "details",
  "reading_settings",
  "set_reading_settings",
  "set_policy",
  "policy",
  "choose_api",
  "corrections",
  "forget_correction",
  "duplicates",
  "keep_apart",
  "look_up_list",
  "projects",
  "projects_of",
  "name_project",
  "delete_project",
  "add_to_project",
  "remove_from_project",
  "project_people",
  "plan_many",
  "batches",
  "batch_lines",
  "control_batch",
  "compare",
  "plan_update",
]);

/** How long a command may take, in milliseconds. Those that wait for Lever may wait out its rate limit. */
export function timeLimit(command: Command["command"]): number {
  return SLOW_COMMANDS.has(command) ? 120_000 : 15_000;
}

const SLOW_COMMANDS: ReadonlySet<Command["command"]> = new Set<Command["command"]>([
  "connect",
  "connect_with_consent",
  "check_connection",
  "check_now",
  "details",
  "export",
  // 30 MB take their time on their way.
  "keep_file",
  "try_again",
  "disconnect",
  "plan_update",
  "update",
]);

/** Sent to every page of the extension, and by the service worker to visible tabs, when status or mirror changed. */
export const CORE_CHANGED = { event: "core_changed" } as const;

export function isCoreChanged(message: unknown): boolean {
  return typeof message === "object" && message !== null && "event" in message && message.event === CORE_CHANGED.event;
}
