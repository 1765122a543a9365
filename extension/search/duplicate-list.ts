/**
 * People whom Lever seems to hold more than once, as a list to work through. Nothing is merged here: Lever does that, and
 * cannot take it back. "Not the same person" takes a group off the list, and can be undone.
 */
import { batch, type Signal, signal } from "@preact/signals";
import type { Command, DuplicatePeople, Failure, Reply } from "../shared/protocol";

export interface DuplicateDoors {
  ask(command: Command): Promise<Reply>;
}

const PAGE = 25;

export class DuplicateList {
  /** Null until the first answer. */
  readonly groups: Signal<readonly DuplicatePeople[] | null> = signal(null);
  /** Whether everybody who has been read was looked at. */
  readonly counted: Signal<boolean> = signal(true);
  readonly failure: Signal<Failure | null> = signal(null);
  /** The group that was taken off last. */
  readonly apart: Signal<DuplicatePeople | null> = signal(null);
  readonly #doors: DuplicateDoors;
  #limit = PAGE;

  constructor(doors: DuplicateDoors) {
    this.#doors = doors;
  }

  /** Whether there may be more than is shown. */
  get isCut(): boolean {
    return (this.groups.value?.length ?? 0) >= this.#limit;
  }

  async read(): Promise<void> {
    this.#take(await this.#doors.ask({ command: "duplicates", limit: this.#limit }));
  }

  async more(): Promise<void> {
    this.#limit += PAGE;
    await this.read();
  }

  async keepApart(group: DuplicatePeople): Promise<void> {
    const contacts = contactsOf(group);
    const reply = await this.#doors.ask({ command: "keep_apart", contacts, limit: this.#limit });
    batch(() => {
      this.#take(reply);
      if (reply.reply === "duplicates") {
        this.apart.value = group;
      }
    });
  }

  async undo(): Promise<void> {
    const group = this.apart.peek();
    const kept = await this.#doors.ask({ command: "corrections" });
    if (group === null || kept.reply !== "corrections") {
      return;
    }
    const contacts = new Set(contactsOf(group));
    const own = kept.corrections.filter(
      ({ profile, contact }) => contacts.has(contact) && contacts.has(profile.replace(/^contact:/u, "")),
    );
    for (const { profile, contact } of own) {
      await this.#doors.ask({ command: "forget_correction", profile, contact });
    }
    this.apart.value = null;
    await this.read();
  }

  #take(reply: Reply): void {
    if (reply.reply === "duplicates") {
      this.groups.value = reply.pairs;
      this.counted.value = reply.counted;
      this.failure.value = null;
    } else if (reply.reply === "failed") {
      this.failure.value = reply.failure;
      if (reply.failure.code === "not_connected") {
        this.groups.value = null;
        this.apart.value = null;
      }
    }
  }
}

export function contactsOf({ people }: DuplicatePeople): string[] {
  return people.map(({ contact }) => contact);
}
