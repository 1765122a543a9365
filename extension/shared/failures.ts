/** Failures of the way to the core, in the core's own form, so that whoever asks has one kind of answer to show. */
import type { FailureCode, Reply } from "./protocol";
import { RpcError } from "./rpc";

export function failedReply(code: FailureCode): Reply {
  return { reply: "failed", failure: { code, endpoint: null, permission: null, detail: null } };
}

/** What the recruiter is told when a call did not come back. */
export function replyForError(error: unknown): Reply {
  if (error instanceof RpcError) {
    switch (error.code) {
      case "timed_out":
        return failedReply("timed_out");
      case "unreachable":
        return failedReply("core_restarted");
      case "refused":
        return failedReply("bad_command");
      case "aborted":
      case "failed":
        return failedReply("internal");
    }
  }
  return failedReply("internal");
}
