import "../preview/chrome";
import { describe, expect, test } from "vitest";
import { outcome } from "../preview/core";
import {
  answer,
  CONNECTED,
  failure,
  INES,
  MIRROR,
  NAMESAKES,
  NOT_CONNECTED,
  NOW,
  opportunity,
  PAST,
  READING,
  reason,
} from "../preview/fixtures";
import type { Answer, Status } from "../shared/protocol";
import { badgeLine, badgeModel } from "./badge-model";

const DAY = 24 * 60 * 60 * 1_000;

function line(given: Answer): string {
  return badgeLine(badgeModel({ at: "answered", answer: given }, NOW));
}

function kind(given: Answer): string {
  return badgeModel({ at: "answered", answer: given }, NOW).kind;
}

function troubled(code: "key_refused" | "network"): Status {
  return { ...CONNECTED, connection: { state: "troubled", failure: failure(code) } };
}

describe("somebody in Lever", () => {
  test("stage and owner, the owner's name shortened", () => {
    expect(line(answer("same", [INES]))).toBe("In Lever · Onsite interview · Maya O.");
  });

  test("a prospect is called one", () => {
    const lead = opportunity({ status: "prospect", stage: { id: "lead-new", text: "New lead" }, owner: null });
    expect(line(answer("same", [{ ...INES, opportunities: [lead] }]))).toBe("In Lever · Prospect, New lead");
  });

  test("a rejection says when, and has the exact date for hovering", () => {
    const given = answer("same", [{ ...INES, opportunities: [{ ...PAST, archived_at: NOW - 250 * DAY }] }]);
    expect(line(given)).toBe("In Lever · Rejected 8 months ago");
    expect(badgeModel({ at: "answered", answer: given }, NOW).hint).not.toBeNull();
  });

  test("somebody hired", () => {
    const given = answer("same", [{ ...INES, opportunities: [{ ...PAST, status: "hired", archived_at: null }] }]);
    expect(line(given)).toBe("In Lever · Hired");
  });

  test("a stage and an owner whose names are not known are shown as unknown", () => {
    const unknown = opportunity({ stage: { id: "x", text: null }, owner: { id: "y", text: null } });
    expect(line(answer("same", [{ ...INES, opportunities: [unknown] }]))).toBe(
      "In Lever · Unknown stage · Unknown user",
    );
  });

  test("a contact without an opportunity", () => {
    expect(line(answer("same", [{ ...INES, opportunities: [] }]))).toBe("In Lever · no opportunity");
  });
});

describe("not sure", () => {
  test("probably, with the main reason", () => {
    expect(line(answer("likely", [INES], {}, [reason("email", "equal", 20)]))).toBe("Probably in Lever · Same email");
  });

  test("possible matches are counted", () => {
    expect(line(answer("possible", NAMESAKES))).toBe("2 possible matches");
    expect(line(answer("possible", [INES]))).toBe("1 possible match");
  });

  test("several fit equally well", () => {
    expect(line(answer("ambiguous", NAMESAKES))).toBe("Several fit · 2 people");
  });
});

describe("nobody found", () => {
  test("not in Lever needs a complete mirror", () => {
    expect(line(answer("none", []))).toBe("Not in Lever · Add");
    expect(line(answer("none", [], { status: { ...CONNECTED, mirror: READING } }))).toBe(
      "Not found so far · 62 % read",
    );
  });

  test("what is missing is never rounded away", () => {
    const almost: Status = { ...CONNECTED, mirror: { ...READING, read: 0.9999 } };
    expect(line(answer("none", [], { status: almost }))).toBe("Not found so far · 99 % read");
  });

  test("an old mirror says how old it is", () => {
    const old: Status = { ...CONNECTED, mirror: { ...MIRROR, as_of: NOW - 3 * 60 * 60 * 1_000 } };
    expect(line(answer("none", [], { status: old }))).toBe("Not in Lever · read 3 hours ago");
  });

  test("without a working key nobody is called absent, and somebody once read is still shown", () => {
    expect(line(answer("none", [], { status: troubled("key_refused") }))).toBe("Lever refused the key · Settings");
    expect(line(answer("same", [INES], { status: troubled("key_refused") }))).toContain("In Lever");
  });

  test("a network that is down leaves the mirror's answer", () => {
    expect(line(answer("none", [], { status: troubled("network") }))).toBe("Not in Lever · Add");
  });
});

describe("exports", () => {
  test("what was added shows its stage until Lever's copy has it", () => {
    expect(line(answer("none", [], { exported: outcome() }))).toBe("Added to Lever · New lead");
    expect(kind(answer("same", [INES], { exported: outcome() }))).toBe("active");
  });

  test("a lost reply is being looked up, and is not an invitation to send again", () => {
    expect(line(answer("none", [], { exported: outcome({ state: "unknown" }) }))).toBe("Finding the outcome");
  });

  test("a failed export leaves the person to be added", () => {
    expect(kind(answer("none", [], { exported: outcome({ state: "failed" }) }))).toBe("not_in_lever");
  });
});

test("not connected comes before any answer about nobody", () => {
  expect(line(answer("none", [], { status: NOT_CONNECTED }))).toBe("Not connected · Settings");
});

test("each state has a shape of its own", () => {
  const kinds = [
    kind(answer("same", [INES])),
    kind(answer("likely", [INES])),
    kind(answer("possible", [INES])),
    kind(answer("ambiguous", NAMESAKES)),
    kind(answer("none", [])),
    kind(answer("none", [], { status: { ...CONNECTED, mirror: READING } })),
    kind(answer("none", [], { status: NOT_CONNECTED })),
    ...(["looking", "exporting", "unreadable"] as const).map((at) => badgeModel({ at }, NOW).kind),
    badgeModel({ at: "failed", failure: failure("network") }, NOW).kind,
    badgeModel({ at: "exported", outcome: outcome() }, NOW).kind,
  ];
  expect(new Set(kinds).size).toBe(kinds.length);
});
