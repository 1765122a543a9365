/**
 * What the settings page knows: connection, mirror and how it is kept, the last check of the key, the journal. It asks the
 * core and keeps the answers; while something is being read it asks again by itself.
 */
import { batch, type Signal, signal } from "@preact/signals";
import type {
  ApiVariant,
  Command,
  ConnectionCheck,
  Environment,
  Failure,
  KeptCorrection,
  OAuthApplication,
  ReadingSettings,
  Reply,
  Status,
  UserSummary,
} from "../shared/protocol";
import type { SiteDisplay, SiteSettings } from "../shared/surfaces";
import { JournalDesk } from "./journal-desk";

/** What the page needs from outside; the browser in the extension, fixtures in the preview. */
export interface SettingsDoors {
  ask(command: Command): Promise<Reply>;
  siteSettings(site: string): Promise<SiteSettings>;
  changeSite(site: string, display: SiteDisplay): Promise<SiteSettings>;
  onChanged(listener: () => void): void;
  consent: ConsentDoor;
  storage: StorageDoor;
}

/** What the browser says of the space it gives; null where it says nothing. */
export interface StorageDoor {
  estimate(): Promise<StorageSpace | null>;
  /** Whether the browser has promised not to delete anything by itself. */
  persisted(): Promise<boolean>;
  /** Asks for that promise; some browsers want a click for it. */
  persist(): Promise<boolean>;
}

export interface StorageSpace {
  usage: number;
  quota: number;
}

/** Lever's consent page in a window of its own. */
export interface ConsentDoor {
  /** Where the page leads back to; the browser itself catches it. */
  redirectUri(): string;
  /** Opens the page. The address it led back to, or null when the window was closed before. */
  open(address: string): Promise<string | null>;
}

/** `unfinished`: the window was closed, or Lever's page did not load. */
export type SignInOutcome = "connected" | "refused" | "unfinished";

/** As the core gives them; only who writes may leave parts out. */
export type StatedSettings = Required<ReadingSettings>;

/** Entries as the core keeps them, each with its value. */
export interface OrganisationPolicy {
  fixed: ReadonlyMap<string, unknown>;
  wrong: readonly string[];
}

export type Busy = "connecting" | "checking" | "disconnecting" | "choosing";

/** What was done last about how Lever is read, so that the page can say so. */
export type ReadingSaid = "saved" | "saved_anew" | "started_over";

/** While reading, the numbers are asked for once a second; otherwise the core says when something changed. */
const READING_PAUSE = 1_000;

export class Settings {
  readonly status: Signal<Status | null> = signal(null);
  readonly check: Signal<ConnectionCheck | null> = signal(null);
  readonly failure: Signal<Failure | null> = signal(null);
  readonly journal: JournalDesk;
  /** What the recruiter has said about who is who. */
  readonly corrections: Signal<readonly KeptCorrection[]> = signal([]);
  /** The one that was taken back last, so that the page can say so. */
  readonly forgotten: Signal<KeptCorrection | null> = signal(null);
  readonly busy: Signal<Busy | null> = signal(null);
  /** How the mirror is kept; null until the core has told. */
  readonly reading: Signal<StatedSettings | null> = signal(null);
  readonly readingSaid: Signal<ReadingSaid | null> = signal(null);
  /** What the organisation has fixed, by entry, and the entries that are not understood. */
  readonly policy: Signal<OrganisationPolicy> = signal({ fixed: new Map(), wrong: [] });
  /** Whether everything has just been erased, so that the page can say so. */
  readonly erased: Signal<boolean> = signal(false);
  readonly doors: SettingsDoors;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** How the mirror is kept, as the core told last. */
  #kept: StatedSettings | null = null;
  #saving: Promise<void> = Promise.resolve();
  #unsaved = 0;
  #policyTold = "";

  constructor(doors: SettingsDoors) {
    this.doors = doors;
    this.journal = new JournalDesk(doors.ask);
    doors.onChanged(() => void this.refresh());
  }

  async refresh(): Promise<void> {
    const kept = this.#kept;
    const [status, , corrections, reading, policy] = await Promise.all([
      this.doors.ask({ command: "status" }),
      this.journal.refresh(),
      this.doors.ask({ command: "corrections" }),
      this.doors.ask({ command: "reading_settings" }),
      this.doors.ask({ command: "policy" }),
    ]);
    // All at once: a page that grows answer by answer moves away under the pointer.
    batch(() => {
      this.take(status);
      this.#takeCorrections(corrections);
      this.#takePolicy(policy);
      // What was saved in the meantime is newer than this answer.
      if (reading.reply === "reading_settings" && this.#kept === kept) {
        this.#keep(reading.settings);
      }
    });
  }

  /** Whether an entry such as `export.stage` is fixed by the organisation. */
  isFixed(entry: string): boolean {
    return this.policy.value.fixed.has(entry);
  }

  /** Asks Lever by the other of its names from now on. */
  async chooseApi(api: ApiVariant): Promise<void> {
    this.take(await this.doors.ask({ command: "choose_api", api }));
  }

  async connect(environment: Environment, key: string): Promise<boolean> {
    this.erased.value = false;
    await this.#during("connecting", () => this.doors.ask({ command: "connect", environment, key }));
    const connected = this.status.peek()?.connection.state === "connected";
    if (connected) {
      void this.#askToKeep();
    }
    return connected;
  }

  /** A Super Admin consents in Lever's own window; the core changes what comes back into tokens. */
  async signIn(environment: Environment, application: OAuthApplication): Promise<SignInOutcome> {
    let end: "answered" | "unfinished" | null = null;
    this.erased.value = false;
    await this.#during("connecting", async () => {
      const { consent } = this.doors;
      const asked = { redirect_uri: consent.redirectUri(), state: crypto.randomUUID() };
      const reply = await this.doors.ask({
        command: "consent_address",
        environment,
        consent: { ...asked, client_id: application.client_id },
      });
      if (reply.reply !== "consent_address") {
        return reply;
      }
      const redirected_to = await consent.open(reply.address);
      if (redirected_to === null) {
        end = "unfinished";
        return null;
      }
      end = "answered";
      const consented = { ...asked, application, redirected_to };
      return await this.doors.ask({ command: "connect_with_consent", environment, consent: consented });
    });
    if (end === "unfinished") {
      return "unfinished";
    }
    const connected = this.failure.peek() === null && this.status.peek()?.connection.state === "connected";
    if (end === "answered" && connected) {
      void this.#askToKeep();
    }
    return end === "answered" && connected ? "connected" : "refused";
  }

  checkAgain(): Promise<void> {
    return this.#during("checking", () => this.doors.ask({ command: "check_connection" }));
  }

  chooseUser(user: UserSummary): Promise<void> {
    return this.#during("choosing", () => this.doors.ask({ command: "choose_user", user: user.id }));
  }

  async disconnect(): Promise<void> {
    await this.#during("disconnecting", () => this.doors.ask({ command: "disconnect" }));
    if (this.status.peek()?.connection.state === "not_connected") {
      this.check.value = null;
      this.journal.entries.value = [];
      this.corrections.value = [];
      this.forgotten.value = null;
      this.erased.value = true;
    }
  }

  async tell(command: "pause_sync" | "resume_sync" | "sync_now"): Promise<void> {
    this.take(await this.doors.ask({ command }));
  }

  /** Shown and saved at once, one change after the other. What is refused goes back to what the core keeps. */
  async changeReading(change: ReadingSettings): Promise<void> {
    const shown = this.reading.peek();
    if (shown === null) {
      return;
    }
    this.reading.value = { ...shown, ...change };
    this.readingSaid.value = null;
    this.#unsaved += 1;
    this.#saving = this.#saving.then(() => this.#saveReading(change));
    await this.#saving;
  }

  async #saveReading(change: ReadingSettings): Promise<void> {
    const before = this.#kept;
    if (before === null) {
      return;
    }
    const settings = { ...before, ...change };
    const reply = await this.doors.ask({ command: "set_reading_settings", settings });
    this.#unsaved -= 1;
    if (reply.reply === "reading_settings") {
      this.#keep(reply.settings);
      const otherPeople = before.earliest !== settings.earliest || !before.unknown_people;
      // Without unknown people nobody is read who was not looked up.
      this.readingSaid.value = settings.unknown_people && otherPeople ? "saved_anew" : "saved";
      this.take(await this.doors.ask({ command: "status" }));
    } else {
      this.#keep(before);
      this.take(reply);
    }
  }

  /** What the core keeps is shown, but for changes that are still on their way there. */
  #keep(settings: ReadingSettings): void {
    this.#kept = settings as StatedSettings;
    if (this.#unsaved === 0) {
      this.reading.value = this.#kept;
    }
  }

  async forgetCorrection(kept: KeptCorrection): Promise<void> {
    const { profile, contact } = kept;
    const reply = await this.doors.ask({ command: "forget_correction", profile, contact });
    if (reply.reply === "corrections") {
      this.forgotten.value = kept;
      this.#takeCorrections(reply);
    } else {
      this.take(reply);
    }
  }

  #takeCorrections(reply: Reply): void {
    if (reply.reply === "corrections") {
      this.corrections.value = reply.corrections;
    }
  }

  /** Only another policy is news: whoever shows what is fixed asks anew then. */
  #takePolicy(reply: Reply): void {
    const told = JSON.stringify(reply);
    if (reply.reply === "policy" && told !== this.#policyTold) {
      this.#policyTold = told;
      const fixed = reply.fixed.map(({ entry, value }): [string, unknown] => [entry, JSON.parse(value)]);
      this.policy.value = { fixed: new Map(fixed), wrong: reply.wrong };
    }
  }

  async startOver(): Promise<void> {
    const reply = await this.doors.ask({ command: "start_over" });
    this.readingSaid.value = reply.reply === "status" ? "started_over" : null;
    this.take(reply);
  }

  async users(text: string): Promise<readonly UserSummary[]> {
    const reply = await this.doors.ask({ command: "users", text });
    if (reply.reply === "users") {
      return reply.users;
    }
    this.take(reply);
    return [];
  }

  take(reply: Reply): void {
    if (reply.reply === "failed") {
      this.failure.value = reply.failure;
      return;
    }
    this.failure.value = null;
    if (reply.reply === "check") {
      this.check.value = reply.check;
      this.status.value = reply.status;
    } else if (reply.reply === "status") {
      this.status.value = reply.status;
    }
    this.#followReading();
  }

  /** One thing at a time; `null` is an end without an answer of the core. */
  async #during(what: Busy, work: () => Promise<Reply | null>): Promise<void> {
    if (this.busy.peek() !== null) {
      return;
    }
    this.busy.value = what;
    try {
      const reply = await work();
      if (reply !== null) {
        this.take(reply);
      }
    } finally {
      this.busy.value = null;
    }
  }

  /** The connection is worth keeping; that the browser makes no promise is told where storage is shown. */
  async #askToKeep(): Promise<void> {
    const { storage } = this.doors;
    if (!(await storage.persisted())) {
      await storage.persist();
    }
  }

  #followReading(): void {
    clearTimeout(this.#timer);
    const mirror = this.status.peek()?.mirror;
    const reads = mirror !== undefined && mirror.phase.phase !== "idle" && mirror.phase.phase !== "paused";
    if (reads) {
      this.#timer = setTimeout(async () => {
        if (document.hidden) {
          this.#followReading();
        } else {
          this.take(await this.doors.ask({ command: "status" }));
        }
      }, READING_PAUSE);
    }
  }
}
