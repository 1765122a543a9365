/** Invented people, jobs and answers for the preview. Nobody of these exists. */
import type { StatedRules } from "../options/export-rules";
import type {
  Answer,
  ComparedValue,
  DuplicatePeople,
  DuplicateRecord,
  Evidence,
  Failure,
  FailureCode,
  FixedEntry,
  JournalEntry,
  JournalStep,
  KeptCorrection,
  MirrorState,
  OpportunityDetails,
  OpportunitySummary,
  Person,
  PlannedField,
  PostingSummary,
  Profile,
  ProjectSummary,
  ReadingSettings,
  SearchFound,
  SearchOptions,
  Status,
  UserSummary,
  VerdictWord,
} from "../shared/protocol";

export const NOW = Date.now();
const DAY = 24 * 60 * 60 * 1_000;

export const MAYA: UserSummary = { id: "u1", name: "Maya Okafor", email: "maya.okafor@example.org" };
export const USERS: readonly UserSummary[] = [
  MAYA,
  { id: "u2", name: "Mayumi Aldana", email: "MAYUMI@example.org" },
  { id: "u3", name: "Jonas Fyhr", email: "jonas@example.org" },
];

export const MIRROR: MirrorState = {
  complete: true,
  read: 1,
  as_of: NOW - 40_000,
  contacts: 48_212,
  opportunities: 61_930,
  expected_opportunities: 61_930,
  phase: { phase: "idle" },
  rows_per_second: null,
  time_left: null,
  temporary: false,
  renewed: null,
  walked: true,
  earliest: null,
  unknown_people: true,
  bytes: 21_300_000,
};

export const READING: MirrorState = {
  ...MIRROR,
  walked: false,
  complete: false,
  read: 0.624,
  contacts: 480_120,
  opportunities: 624_000,
  expected_opportunities: 1_000_000,
  phase: { phase: "reading_all" },
  rows_per_second: 486.3,
  time_left: 773_000,
};

export const READ_AS_USUAL: ReadingSettings = {
  every_minutes: 1,
  earliest: null,
  unknown_people: true,
  details: true,
  background_details_an_hour: 360,
};

export const CONNECTED: Status = {
  connection: { state: "connected" },
  environment: { name: "production" },
  me: MAYA,
  mirror: MIRROR,
  unsettled_exports: 0,
  api: "opportunities",
};

export const NOT_CONNECTED: Status = {
  ...CONNECTED,
  connection: { state: "not_connected" },
  environment: null,
  me: null,
  mirror: {
    ...MIRROR,
    complete: false,
    read: 0,
    as_of: null,
    contacts: 0,
    opportunities: 0,
    expected_opportunities: null,
  },
};

export function failure(code: FailureCode, rest: Partial<Failure> = {}): Failure {
  return { code, endpoint: null, permission: null, detail: null, ...rest };
}

export const INES_PAGE: Profile = {
  site: "linkedin",
  kind: "profile",
  key: "li:slug:ines-kowalczyk-example",
  url: "https://www.linkedin.com/in/ines-kowalczyk-example/",
  proof: "h1",
  dialect: "sdui-2026",
  ids: [],
  name: "Ines Kowalczyk",
  headline: "Staff Data Engineer",
  location: "Gdynia, Poland",
  current: [],
  history: [],
  education: [],
  links: [],
  emails: [],
  phones: [],
  avatar: null,
  lang: "en",
  complete: true,
};

export const INES_RESUME: Profile = {
  ...INES_PAGE,
  site: "resume",
  key: "resume:4f9d2c71a0b35e8812c6f0aa93d51b7e",
  url: "",
  proof: "resume",
  dialect: "pdf",
  history: [
    { title: "Staff Data Engineer", company: "Harbor Labs", start: "2021-01", end: null },
    { title: "Data Engineer", company: "Northlight", start: "2017-02", end: "2020-12" },
  ],
  education: [{ school: "Gdynia Polytechnic", degree: "MSc", field: "Informatics", start: "2010", end: "2015" }],
  emails: ["ines.k@example.org"],
  phones: ["+48 555 010 203"],
};

export const TOMASZ_PAGE: Profile = {
  ...INES_PAGE,
  site: "github",
  key: "gh:login:tabara-example",
  url: "https://github.com/tabara-example",
  name: "Tomasz Abara",
  headline: "Compilers, storage engines, long walks",
  location: "Berlin",
};

export function opportunity(rest: Partial<OpportunitySummary> = {}): OpportunitySummary {
  return {
    id: "o1",
    url: "https://hire.lever.co/candidates/o1",
    status: "active",
    stage: { id: "s1", text: "Onsite interview" },
    postings: [{ id: "p2", text: "Data Platform Lead" }],
    applications: [],
    moves: [
      { stage: { id: "lead-new", text: "New lead" }, at: NOW - 30 * DAY, by: { id: "u1", text: "Maya Okafor" } },
      { stage: { id: "s0", text: "Phone screen" }, at: NOW - 17 * DAY, by: { id: "gone", text: null } },
      { stage: { id: "s1", text: "Onsite interview" }, at: NOW - 6 * DAY, by: null },
    ],
    owner: { id: "u1", text: "Maya Okafor" },
    moved_by: null,
    archive_reason: null,
    archived_at: null,
    created_at: NOW - 30 * DAY,
    updated_at: NOW - 3 * DAY - 60_000,
    last_interaction_at: null,
    tags: [],
    sources: ["LinkedIn"],
    origin: "sourced",
    ...rest,
  };
}

export const PAST = opportunity({
  id: "o2",
  url: "https://hire.lever.co/candidates/o2",
  status: "rejected",
  postings: [{ id: "p3", text: "Backend Engineer" }],
  applications: [],
  moves: [],
  archive_reason: { id: "r1", text: "Timing" },
  archived_at: NOW - 620 * DAY,
});

export const INES: Person = {
  contact: "c1",
  name: "Ines Kowalczyk",
  headline: "Staff Data Engineer, Harbor Labs",
  location: "Gdynia",
  emails: ["ines.k@example.org"],
  phones: ["+48 555 010 203"],
  links: [],
  opportunities: [opportunity(), PAST],
};

/** What Ines's page says and Lever lacks. */
export const COMPARED: readonly ComparedValue[] = [
  {
    id: "v1",
    field: "headline",
    page: "Northlight, Harbor Labs",
    lever: ["Harbor Labs"],
    change: "replace",
    ticked: false,
  },
  { id: "v2", field: "location", page: "Berlin, Germany", lever: ["Gdynia"], change: "replace", ticked: false },
  {
    id: "v3",
    field: "emails",
    page: "ines@kowalczyk.example.net",
    lever: ["no-email-004815162342@profile.invalid"],
    change: "replace_placeholder",
    ticked: true,
  },
  { id: "v4", field: "phones", page: "+48 555 010 999", lever: ["+48 555 010 203"], change: "add", ticked: true },
  { id: "v5", field: "links", page: "https://github.com/ines-k-example", lever: [], change: "add", ticked: true },
  { id: "v6", field: "sources", page: "LinkedIn", lever: ["Newsletter"], change: "add", ticked: false },
  {
    id: "v7",
    field: "note",
    page: "Northlight, Staff Data Engineer, 2026-02 –\nHarbor Labs, Staff Data Engineer, 2021-04 – 2026-01\nGdynia Polytechnic, MSc",
    lever: [],
    change: "add",
    ticked: false,
  },
];

export const DETAILS: readonly OpportunityDetails[] = [
  {
    opportunity: "o1",
    resumes: [
      {
        id: "v1",
        name: "Ines Kowalczyk, resume.pdf",
        uploaded_at: NOW - 30 * DAY,
        positions: [
          { company: "Harbor Labs", title: "Staff Data Engineer", location: "Gdańsk", start: "2021-04", end: null },
          { company: "Northlight", title: "Data Engineer", location: "Warsaw", start: "2017-02", end: "2021-03" },
          { company: "Kestrel Foods", title: "Analyst", location: "", start: "2015", end: "2017" },
        ],
        schools: [{ school: "Gdynia Polytechnic", degree: "MSc, Informatics", start: "2010", end: "2015" }],
      },
      { id: "v0", name: "", uploaded_at: NOW - 700 * DAY, positions: [], schools: [] },
    ],
    notes: [
      {
        id: "n2",
        text: "Phone screen went well: strong on streaming.",
        by: { id: "u1", text: "Maya Okafor" },
        at: NOW - 16 * DAY,
      },
      {
        id: "n1",
        text: `Back in touch after the Gdynia meetup. She has led the move of the whole event pipeline off nightly batches, hired two engineers for it, and would like to stay close to the code.\nWants to hear about the team, the on-call rota and how decisions are made before anything else; not in a hurry.`,
        by: { id: "u1", text: "Maya Okafor" },
        at: NOW - 24 * DAY,
      },
    ],
    files: [{ id: "f1", name: "Talk, streaming at sea.pdf", uploaded_at: NOW - 24 * DAY, size: 1_240_000 }],
    read_at: NOW - 3 * 60_000,
    failure: null,
  },
  {
    opportunity: "o2",
    resumes: [],
    notes: [
      {
        id: "n0",
        text: "Great talk, but she wants to stay until spring.",
        by: { id: "u2", text: "Mayumi Aldana" },
        at: NOW - 640 * DAY,
      },
    ],
    files: [],
    read_at: NOW - 3 * 60_000,
    failure: null,
  },
];

export function reason(
  field: string,
  outcome: Evidence["outcome"],
  bits: number,
  page: string | null = null,
): Evidence {
  // A newer core may name a field that this version does not know.
  return { field: field as Evidence["field"], outcome, bits, page, lever: page };
}

const STRONG: readonly Evidence[] = [
  {
    ...reason("linkedin", "equal", 26, "ines-kowalczyk-example"),
    lever: "https://www.linkedin.com/in/ines-kowalczyk-example",
  },
  reason("name", "equal", 11, "Ines Kowalczyk"),
  reason("company", "equal", 8, "Harbor Labs"),
  reason("company", "equal", 3, "Northlight"),
  { ...reason("location", "different", -1.5, "Gdynia, Poland"), lever: "Berlin" },
];

/** Much for, much against: what the recruiter has to judge. */
export const MIXED: readonly Evidence[] = [
  reason("name", "equal", 11, "Ines Kowalczyk"),
  { ...reason("title", "compatible", 4.5, "Staff Data Engineer"), lever: "Senior Data Engineer" },
  reason("school", "equal", 2, "Gdynia Polytechnic"),
  { ...reason("email", "different", -0.7, "ines@kowalczyk.example"), lever: "i.kowalczyk.gdansk@example.org" },
  { ...reason("location", "different", -1.5, "Gdynia, Poland"), lever: "Hamburg" },
  { ...reason("middle", "different", -6, "Ines M."), lever: "Inés Carmen" },
  { ...reason("phone", "shared", 0.5, "+48 555 010 203"), lever: "555 010 203" },
];

export function answer(
  verdict: VerdictWord,
  people: readonly Person[],
  rest: Partial<Answer> = {},
  evidence = STRONG,
): Answer {
  const status = rest.status ?? CONNECTED;
  return {
    verdict: {
      key: INES_PAGE.key,
      verdict,
      complete: status.mirror.complete,
      read: status.mirror.read,
      as_of: status.mirror.as_of,
      candidates: people.map((person, place) => ({
        contact: person.contact,
        opportunities: person.opportunities.map(({ id }) => id),
        probability: 0.9,
        same_as: [],
        evidence: place === 0 || evidence === STRONG ? [...evidence] : MIXED.slice(0, 5),
      })),
    },
    people: [...people],
    exported: null,
    status,
    ...rest,
  };
}

export const NAMESAKES: readonly Person[] = [
  { ...INES, contact: "c2", emails: [], phones: [], headline: "Northlight, Kestrel Foods", location: "Gdańsk" },
  {
    ...INES,
    contact: "c3",
    name: "Inés Kowalczyk-Brandt",
    headline: "Teacher",
    location: "Hamburg",
    emails: [],
    phones: [],
    opportunities: [{ ...PAST, owner: { id: "gone", text: null }, archive_reason: { id: "x", text: null } }],
  },
];

export const PROJECTS: readonly [ProjectSummary, ProjectSummary, ProjectSummary] = [
  { project: 3, name: "Platform, spring", people: 38, made_at: NOW - 4 * DAY },
  {
    project: 2,
    name: "Data leads for the Nordic and Baltic offices, second round",
    people: 112,
    made_at: NOW - 40 * DAY,
  },
  { project: 1, name: "Rust meet-up", people: 7, made_at: NOW - 300 * DAY },
];

/** A list page's people. */
export const LIST_ROWS: readonly Profile[] = [
  row("ines-kowalczyk-example", "Ines Kowalczyk", "Staff Data Engineer at Harbor Labs"),
  row(
    "amara-nwosu-example",
    "Amara Nwosu",
    "Data platforms, storage, and whatever keeps them from falling over at three in the morning",
  ),
  row("i-kowalczyk-example", "I. Kowalczyk", null),
  row("jonas-fyhr-example", "Jonas Fyhr", "Engineer"),
  row("yuki-tanabe-example", "Yuki Tanabe", "Analytics Engineer · Northlight"),
];

function row(slug: string, name: string, headline: string | null): Profile {
  return {
    ...INES_PAGE,
    kind: "card",
    key: `li:slug:${slug}`,
    url: `https://www.linkedin.com/in/${slug}/`,
    dialect: "people-list",
    name,
    headline,
  };
}

export const POSTINGS: readonly PostingSummary[] = [
  posting("p1", "Platform Engineer", "Infrastructure", "Berlin"),
  posting("p2", "Data Platform Lead", "Data", "Remote"),
  posting("p3", "Backend Engineer", "Payments", "Gdynia"),
  posting("p4", "Recruiting Coordinator for the Nordic and Baltic Offices", "People", "Stockholm"),
  { ...posting("p5", "Platform Architect", "Infrastructure", "Berlin"), unavailable: "not_followed" },
];

function posting(id: string, title: string, team: string, location: string): PostingSummary {
  return {
    id,
    title,
    team,
    department: null,
    location,
    workplace_type: "hybrid",
    state: "published",
    unavailable: null,
  };
}

export const FOUND: SearchFound = {
  people: [
    { person: INES, opportunity: "o1" },
    ...NAMESAKES.map((person) => ({ person, opportunity: person.opportunities[0]?.id ?? "" })),
    {
      person: {
        ...INES,
        contact: "c4",
        name: "",
        headline: "",
        location: "",
        opportunities: [
          opportunity({
            id: "o4",
            status: "prospect",
            stage: { id: "lead-new", text: "New lead" },
            postings: [],
            owner: null,
            updated_at: NOW - 90 * DAY,
          }),
        ],
      },
      opportunity: "o4",
    },
    {
      person: {
        ...INES,
        contact: "c5",
        name: "Kowalczyk-Wiśniewska-Nowakowska, Aleksandra Magdalena Katarzyna",
        headline:
          "Principal Engineer for Distributed Storage and Streaming Platforms, Harbor Labs, Northlight, Quarry & Co",
        location: "Gdynia",
        opportunities: [{ ...PAST, id: "o5", status: "hired", archive_reason: { id: "r0", text: "Hired" } }],
      },
      opportunity: "o5",
    },
  ],
  count: { count: "exactly", people: 1_234 },
};

const named = (id: string, text: string) => ({ id, text });

export const SEARCH_OPTIONS: SearchOptions = {
  stages: [named("lead-new", "New lead"), named("s0", "Phone screen"), named("s1", "Onsite interview")],
  archive_reasons: [named("r0", "Hired"), named("r1", "Timing"), named("r2", "Underqualified")],
  owners: USERS.map(({ id, name }) => named(id, name)),
  postings: [...POSTINGS],
  sources: ["LinkedIn", "GitHub", "Referral"],
  tags: ["Rust", "Berlin 2026", "Backend"],
};

export const JOURNAL: readonly JournalEntry[] = [
  {
    export: 12,
    name: "Tomasz Abara",
    remedy: "look_again",
    step: step("gh:login:tabara-example", "add_note", "unknown", 60_000, "o9"),
  },
  {
    export: 12,
    name: "Tomasz Abara",
    remedy: "look_again",
    step: step("gh:login:tabara-example", "create_opportunity", "confirmed", 2 * 60_000, "o9"),
  },
  {
    export: 11,
    name: "Ines Kowalczyk",
    remedy: "try_again",
    step: step(
      "li:slug:ines-kowalczyk-example",
      "add_note",
      "failed",
      3 * DAY,
      "o8",
      "permission_missing: POST /opportunities/:id/notes",
    ),
  },
  {
    export: 11,
    name: "Ines Kowalczyk",
    remedy: "try_again",
    step: step("li:slug:ines-kowalczyk-example", "create_opportunity", "confirmed", 3 * DAY, "o8"),
  },
  {
    export: 9,
    name: null,
    remedy: null,
    step: step(
      "gh:login:a-login-so-long-that-no-line-has-room-for-it-example",
      "create_opportunity",
      "failed",
      9 * DAY,
      null,
      "rate_limited: POST /opportunities",
    ),
  },
];

export const DUPLICATES: readonly DuplicatePeople[] = [
  {
    people: [
      record("d1", "Marit Solheim", "Harbor Labs, Northlight", "Bergen", ["marit.solheim@example.org"], 3, 4 * DAY),
      record("d2", "Marit Solheim-Berg", "Northlight", "Bergen", ["m.solheim@example.net"], 1, 700 * DAY),
    ],
    evidence: [
      {
        field: "linkedin",
        outcome: "equal",
        bits: 26,
        page: "https://www.linkedin.com/in/marit-solheim-example",
        lever: "https://www.linkedin.com/in/marit-solheim-example/",
      },
      { field: "name", outcome: "compatible", bits: 7, page: "Marit Solheim", lever: "Marit Solheim-Berg" },
      reason("company", "equal", 6, "Northlight"),
    ],
    probability: 0.99,
  },
  {
    people: [
      record("d3", "Alex Martin", "Quarry & Co", "Leeds", [], 1, 90 * DAY),
      record(
        "d4",
        "Alex Martin",
        "Kestrel Foods",
        "York",
        ["a.martin.of-the-long-address@kestrel-foods.example"],
        1,
        12 * DAY,
      ),
      { ...record("d5", "A. Martin", "", "", ["a.martin@example.org"], 0, 0), url: null, last: null },
    ],
    evidence: [
      reason("phone", "equal", 9, "+44 555 010 203"),
      reason("name", "equal", 4, "Alex Martin"),
      { ...reason("location", "different", -1.2, "Leeds"), lever: "York" },
    ],
    probability: 0.71,
  },
];

function record(
  contact: string,
  name: string,
  headline: string,
  location: string,
  emails: string[],
  opportunities: number,
  age: number,
): DuplicateRecord {
  const url = `https://hire.lever.co/candidates/${contact}`;
  return { contact, name, headline, location, emails, url, opportunities, last: NOW - age };
}

export const CORRECTIONS: readonly KeptCorrection[] = [
  kept("li:slug:ines-kowalczyk-example", "c2", "Inés Kowalczyk-Brandt", "not_this_person", 2 * 60_000),
  kept("gh:login:tabara-example", "c9", "Tomasz Abara", "same_person", 3 * DAY),
  { ...kept("contact:c4", "c5", "Marit Solheim", "not_this_person", 9 * DAY), other: "Marit Solheim-Berg" },
  kept("resume:4f9d2c71a0b35e88", "c1", "Ines Kowalczyk", "same_person", 40 * DAY),
  kept("web:a-name-so-long-that-no-line-has-room-for-it.personal-pages.example", "c7", null, "same_person", 400 * DAY),
];

function kept(
  profile: string,
  contact: string,
  name: string | null,
  said: KeptCorrection["said"],
  age: number,
): KeptCorrection {
  return { profile, contact, name, other: null, said, at: NOW - age };
}

function step(
  key: string,
  kind: JournalStep["step"],
  state: JournalStep["state"],
  age: number,
  opportunity: string | null,
  error: string | null = null,
): JournalStep {
  return { key, step: kind, state, at: NOW - age, contact: null, opportunity, error };
}

/** Rules of an account that has some of its own. */
export const RULES: StatedRules = {
  headline: "employers",
  location: true,
  emails: true,
  phones: true,
  links: true,
  history_note: true,
  resume: true,
  placeholder_email: false,
  tags: [
    { tag: "Owner: {owner}", on: false },
    { tag: "Shortlisted by {me}", on: true },
    { tag: "Exported by Fulcrum", on: false },
  ],
  source: "",
  origin: "sourced",
  owner: null,
  followers: [],
  stage: null,
  posting: null,
  only_prospects: false,
  rejected_within_months: 6,
  undo_ms: 5_000,
};

/** What an administrator has fixed, down to a slip. */
export const MANAGED: { fixed: FixedEntry[]; wrong: string[] } = {
  fixed: [
    { entry: "api", value: '"opportunities"' },
    { entry: "display.linkedin", value: '"quiet"' },
    { entry: "export.followers", value: "[]" },
    { entry: "export.headline", value: '"employers"' },
    { entry: "export.history_note", value: "true" },
    { entry: "export.only_prospects", value: "false" },
    { entry: "export.owner", value: "null" },
    { entry: "export.source", value: '""' },
    { entry: "export.tags", value: "[]" },
    { entry: "export.undo_ms", value: "5000" },
    { entry: "reading.earliest", value: "null" },
    { entry: "reading.every_minutes", value: "1" },
  ],
  wrong: ["export.headlines"],
};

/** What such rules make of a page. */
export const PREVIEWED: PlannedField[] = [
  { field: "name", values: ["Tomasz Abara"] },
  { field: "headline", values: ["Quarry & Co, Harbor Labs"] },
  { field: "location", values: ["Gdynia, Poland"] },
  { field: "emails", values: ["t.abara@example.org"] },
  { field: "links", values: ["https://github.com/tabara", "https://abara.example"] },
  { field: "tags", values: ["Shortlisted by Maya Okafor"] },
  {
    field: "note",
    values: [
      "Work\n2021-04 – now · Engineer, Quarry & Co\n2018 – 2021-03 · Engineer, Harbor Labs\n\nFrom https://github.com/tabara on 2026-11-27",
    ],
  },
];
