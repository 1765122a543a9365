/**
 * The verdict inside the core: the worker is asked from within, so that no message of the browser's is part of the time.
 * Making the command and the reply into values of the other language is: no answer exists without it.
 */
import type { Profile } from "../../../extension/shared/protocol";
import type { Browser } from "../browser";
import { CoreWorker } from "../core-worker";
import { addressOf, type PagePerson } from "../profile-page";
import { percentile, say, spread, type Table } from "../table";

export async function measureVerdict(table: Table, browser: Browser, people: readonly PagePerson[]): Promise<void> {
  await browser.ask({ command: "status" });
  const worker = await CoreWorker.enter(browser.context);
  const profiles = people.map(profileOf);
  // The first few make the engine compile; a recruiter's two hundredth look-up does not.
  await worker.run(timeLookUps, profiles.slice(0, 20));
  const times = await worker.run(timeLookUps, profiles);
  await worker.leave();
  say(`  ${spread(times)}`);
  say("  left out: the verdict for a list of 25 (the core has no command for lists yet)");
  table.add("verdict_p95", percentile(times, 95));
}

/** As the content script would read it from the person's page. */
function profileOf(person: PagePerson): Profile {
  const key = `gh:login:${person.login}`;
  return {
    site: "github",
    kind: "profile",
    key,
    url: addressOf(person),
    proof: "additional-name",
    dialect: "vcard",
    ids: person.email === null ? [key] : [key, `email:${person.email.toLowerCase()}`],
    name: person.name,
    headline: "Builds things.",
    location: person.location,
    current: [{ title: null, company: person.company, company_url: null }],
    history: [],
    education: [],
    links: [...person.links],
    emails: person.email === null ? [] : [person.email],
    phones: [],
    avatar: null,
    lang: "en",
    complete: true,
  };
}

/** Runs in the worker; travels there as text, so it may use nothing from outside. */
async function timeLookUps(profiles: readonly unknown[]): Promise<number[]> {
  const post = self.postMessage;
  const waiting = new Map<string, (reply: unknown) => void>();
  // Answers to us stay here; everything else goes its way.
  const sift = (message: unknown, ...rest: unknown[]): void => {
    const id = String(Reflect.get(Object(message), "id"));
    const take = waiting.get(id);
    if (take === undefined) {
      Reflect.apply(post, self, [message, ...rest]);
    } else {
      waiting.delete(id);
      take(message);
    }
  };
  Reflect.set(self, "postMessage", sift);
  try {
    const times: number[] = [];
    for (const profile of profiles) {
      const id = crypto.randomUUID();
      const call = {
        rpc: "call",
        target: "core-worker",
        id,
        name: "dispatch",
        params: { command: "look_up", profile },
      };
      const begun = performance.now();
      const answered = new Promise<unknown>((resolve) => waiting.set(id, resolve));
      self.dispatchEvent(new MessageEvent("message", { data: call }));
      const reply = await answered;
      times.push(performance.now() - begun);
      if (Reflect.get(Object(Reflect.get(Object(reply), "result")), "reply") !== "answer") {
        throw new Error(`not an answer: ${JSON.stringify(reply)}`);
      }
    }
    return times;
  } finally {
    Reflect.set(self, "postMessage", post);
  }
}
