/** A core that answers from fixtures, for the preview and its tests. It keeps what it was asked. */

import type { StatedRules } from "../options/export-rules";
import type {
  Answer,
  Command,
  ComparedValue,
  ExportChoices,
  ExportOutcome,
  Failure,
  FixedEntry,
  KeptCorrection,
  Plan,
  PlannedField,
  Profile,
  ProjectSummary,
  ReadingSettings,
  Reply,
  SearchFound,
  UpdateChoices,
} from "../shared/protocol";
import type { Core } from "../ui/person-session";
import {
  answer,
  CONNECTED,
  CORRECTIONS,
  DETAILS,
  DUPLICATES,
  FOUND,
  failure,
  INES,
  MAYA,
  NAMESAKES,
  NOW,
  POSTINGS,
  PREVIEWED,
  PROJECTS,
  READ_AS_USUAL,
  RULES,
  SEARCH_OPTIONS,
  USERS,
} from "./fixtures";

export interface PreviewCore extends Core {
  asked: Command[];
  answer: Answer;
  /** What `export` answers. */
  exported: Reply;
  reading: ReadingSettings;
  rules: StatedRules;
  /** What `policy` answers. */
  policy: { fixed: FixedEntry[]; wrong: string[] };
  /** What `corrections` answers. */
  corrections: KeptCorrection[];
  /** What `search` answers. */
  found: SearchFound;
  /** What `compare` and `plan_update` answer. */
  compared: readonly ComparedValue[];
  /** What `update` answers. */
  updated: Reply;
  /** What `details` answers. */
  details: (contact: string) => Reply;
  /** The one used last first. */
  projects: ProjectSummary[];
  /** Projects that everybody is on. */
  on: ProjectSummary[];
  /** Projects take nobody more. */
  full: boolean;
  /** Why nothing is said of a list's rows; null says it. */
  listed: Failure | null;
}

export function previewCore(given: Answer): PreviewCore {
  const core: PreviewCore = {
    asked: [],
    answer: given,
    exported: { reply: "exported", outcome: outcome() },
    reading: READ_AS_USUAL,
    rules: RULES,
    policy: { fixed: [], wrong: [] },
    corrections: [...CORRECTIONS],
    found: FOUND,
    compared: [],
    updated: { reply: "updated", outcome: outcome(), failed: [] },
    details: (contact) => ({ reply: "details", details: contact === INES.contact ? [...DETAILS] : [] }),
    projects: [...PROJECTS],
    on: [],
    full: false,
    listed: null,
    async ask(command) {
      core.asked.push(command);
      return reply(core, command);
    },
  };
  return core;
}

export function outcome(rest: Partial<ExportOutcome> = {}): ExportOutcome {
  return {
    key: "",
    state: "confirmed",
    at: NOW,
    contact: "c9",
    opportunity: "o9",
    url: "https://hire.lever.co/candidates/o9",
    posting: { id: "p1", text: "Platform Engineer" },
    stage: { id: "lead-new", text: "New lead" },
    deduped: false,
    failure: null,
    ...rest,
  };
}

function reply(core: PreviewCore, command: Command): Reply {
  switch (command.command) {
    case "look_up":
    case "check_now":
    case "correct":
      return { reply: "answer", answer: keyed(core.answer, command.profile.key ?? "") };
    case "postings":
      return { reply: "postings", postings: POSTINGS.filter(({ title }) => fits(title, command.text)) };
    case "export_options":
      return {
        reply: "export_options",
        options: {
          me: MAYA,
          stages: [
            { id: "lead-new", text: "New lead" },
            { id: "lead-reached-out", text: "Reached out" },
            { id: "s1", text: "Phone screen" },
          ],
          sources: ["LinkedIn", "GitHub", "Referral"],
          tags: ["Rust", "Berlin 2026", "Backend"],
          default_source: "GitHub",
          default_stage: null,
          default_posting: null,
          only_prospects: false,
          undo_ms: 5_000,
        },
      };
    case "export_rules":
      return { reply: "export_rules", rules: core.rules, owner: null, posting: null, followers: [] };
    case "set_export_rules":
      core.rules = { ...core.rules, ...command.rules };
      return { reply: "export_rules", rules: core.rules, owner: null, posting: null, followers: [] };
    case "preview_export_rules":
      return { reply: "export_preview", fields: PREVIEWED };
    case "plan":
      return { reply: "plan", plan: plan(command.profile as Profile, command.choices as Required<ExportChoices>) };
    case "export":
      return core.exported;
    case "compare":
      return { reply: "comparison", values: [...core.compared] };
    case "plan_update":
      return { reply: "update_plan", values: [...core.compared], plan: updatePlan(core, command.choices) };
    case "update":
      return core.updated;
    case "keep_file": {
      const { name, content } = command.file;
      const size = Math.floor((content.length * 3) / 4);
      return /\.(?:pdf|png|txt)$/u.test(name)
        ? { reply: "file_kept", file: { file: name, name, media_type: "application/pdf", size } }
        : { reply: "failed", failure: failure("file_type_refused") };
    }
    case "users":
      return { reply: "users", users: USERS.filter(({ name, email }) => fits(`${name} ${email}`, command.text)) };
    case "journal":
      return { reply: "journal", entries: [] };
    case "search":
      return { reply: "found", found: core.found };
    case "search_options":
      return { reply: "search_options", options: SEARCH_OPTIONS };
    case "details":
      return core.details(command.contact);
    case "corrections":
      return { reply: "corrections", corrections: core.corrections };
    case "duplicates":
      return duplicates(core);
    case "keep_apart": {
      const [one = "", other = ""] = command.contacts.toSorted();
      core.corrections.unshift({
        profile: `contact:${one}`,
        contact: other,
        name: null,
        other: null,
        said: "not_this_person",
        at: NOW,
      });
      return duplicates(core);
    }
    case "forget_correction":
      core.corrections = core.corrections.filter(
        ({ profile, contact }) => profile !== command.profile || contact !== command.contact,
      );
      return { reply: "corrections", corrections: core.corrections };
    case "policy":
      return { reply: "policy", ...core.policy };
    case "reading_settings":
      return { reply: "reading_settings", settings: core.reading };
    case "set_reading_settings":
      core.reading = command.settings;
      return { reply: "reading_settings", settings: core.reading };
    case "look_up_list":
      return core.listed === null ? verdicts(command.profiles) : { reply: "failed", failure: core.listed };
    case "projects":
      return { reply: "projects", projects: core.projects };
    case "projects_of":
      return { reply: "projects", projects: core.on };
    case "name_project":
      if (command.name === "") {
        return { reply: "failed", failure: failure("bad_name") };
      }
      core.projects = [
        { project: core.projects.length + 1, name: command.name, people: 0, made_at: NOW },
        ...core.projects,
      ];
      return { reply: "projects", projects: core.projects };
    case "add_to_project": {
      if (core.full) {
        return { reply: "failed", failure: failure("project_full") };
      }
      const chosen = core.projects.filter(({ project }) => project === command.project);
      const filled = chosen.map((one) => ({ ...one, people: one.people + command.profiles.length }));
      core.projects = [...filled, ...core.projects.filter((one) => !chosen.includes(one))];
      core.on = [...filled, ...core.on.filter(({ project }) => project !== command.project)];
      return { reply: "projects", projects: core.projects };
    }
    case "remove_from_project":
      core.on = core.on.filter(({ project }) => project !== command.project);
      return { reply: "projects", projects: core.projects };
    case "connect":
    case "check_connection":
      return { reply: "failed", failure: failure("key_refused") };
    default:
      return { reply: "status", status: CONNECTED };
  }
}

function updatePlan({ compared }: PreviewCore, { ticked, tags, note }: UpdateChoices): Plan {
  const taken = compared.filter(({ id, ticked: atFirst }) => ticked?.includes(id) ?? atFirst);
  const fields: PlannedField[] = taken.map(({ field, page }) => ({ field, values: [page] }));
  for (const [field, values] of [
    ["tags", tags ?? []],
    ["note", note ? [note] : []],
  ] as const) {
    if (values.length > 0) {
      fields.push({ field, values: [...values] });
    }
  }
  const about = { contact: INES.contact, opportunity: "o1" };
  return {
    key: "",
    action:
      fields.length > 0 ? { action: "update", ...about } : { action: "nothing", reason: "nothing_chosen", ...about },
    requests: [],
    fields,
    warnings: [],
    fingerprint: JSON.stringify([ticked, tags, note]),
  };
}

function duplicates({ corrections }: PreviewCore): Reply {
  const apart = (contacts: readonly string[]) =>
    corrections.some(({ profile, contact }) => contacts.includes(contact) && contacts.includes(profile.slice(8)));
  const pairs = DUPLICATES.filter(({ people }) => !apart(people.map(({ contact }) => contact)));
  return { reply: "duplicates", pairs, counted: true };
}

/** In turn: in Lever, nobody, several, perhaps. */
function verdicts(profiles: readonly { key?: string }[]): Reply {
  const answers = [
    answer("same", [INES]),
    answer("none", []),
    answer("ambiguous", NAMESAKES),
    answer("possible", NAMESAKES),
  ];
  const told = profiles.map((_, place) => answers[place % answers.length] ?? answer("none", []));
  return {
    reply: "verdicts",
    verdicts: told.map(({ verdict }, place) => ({ ...verdict, key: profiles[place]?.key ?? "" })),
    people: told.map(({ people }) => people[0] ?? null),
  };
}

function keyed(given: Answer, key: string): Answer {
  return { ...given, verdict: { ...given.verdict, key } };
}

function fits(text: string, typed: string): boolean {
  return text.toLowerCase().includes(typed.trim().toLowerCase());
}

function plan(profile: Profile, choices: Required<ExportChoices>): Plan {
  const fields: PlannedField[] = [
    { field: "name", values: [profile.name ?? ""] },
    { field: "headline", values: ["Harbor Labs, Northlight"] },
    { field: "location", values: [profile.location ?? ""] },
    { field: "links", values: [profile.url, "https://tabara.example.dev"] },
    { field: "emails", values: choices.emails },
    { field: "tags", values: choices.tags },
    { field: "sources", values: choices.source === null ? [] : [choices.source] },
    { field: "origin", values: ["sourced"] },
    { field: "perform_as", values: ["Maya Okafor"] },
    { field: "files", values: (choices.files ?? []).map(({ name }) => name) },
  ].filter(({ values }) => values.length > 0);
  return {
    key: profile.key,
    action: { action: "new_person" },
    requests: (choices.files ?? []).map((file) => ({
      step: "upload_file",
      method: "POST",
      path: "/opportunities/:opportunity/files",
      query: [],
      body: JSON.stringify(file),
    })),
    fields,
    warnings: choices.emails.length === 0 ? ["no_email"] : [],
    fingerprint: JSON.stringify(choices),
  };
}
