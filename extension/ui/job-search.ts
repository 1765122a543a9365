/** Looks for the jobs that fit what was typed, in whatever form: an effect's body, which gives the way to stop it. */
import type { Command, Reply } from "../shared/protocol";
import type { ChoiceFields } from "./choice-fields";

const LISTED_JOBS = 8;

/** `pause`: so many milliseconds are waited for the next key. */
export function searchJobs(
  fields: Pick<ChoiceFields, "kind" | "job" | "jobText" | "jobs">,
  ask: (command: Command) => Promise<Reply>,
  pause: number,
): (() => void) | undefined {
  const text = fields.jobText.value;
  if (fields.kind.value !== "job" || fields.job.peek() !== null) {
    return undefined;
  }
  let current = true;
  const timer = setTimeout(
    async () => {
      const reply = await ask({ command: "postings", text: text.trim(), limit: LISTED_JOBS });
      if (current) {
        fields.jobs.value = reply.reply === "postings" ? reply.postings : [];
      }
    },
    text === "" ? 0 : pause,
  );
  return () => {
    current = false;
    clearTimeout(timer);
  };
}
