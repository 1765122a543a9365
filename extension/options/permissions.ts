/**
 * The smallest set of Lever's tick-boxes for what Fulcrum does, in the words of Lever's own screen (lever-api §5).
 * Shown before a key exists; what a key really has, the core tells after trying.
 */
export interface PermissionGroup {
  feature: "badge" | "contact" | "details" | "prospect" | "job" | "update" | "files";
  boxes: readonly { label: string; endpoint: string }[];
}

export const PERMISSIONS: readonly PermissionGroup[] = [
  {
    feature: "badge",
    boxes: [
      { label: "Find all opportunities", endpoint: "GET /opportunities" },
      { label: "Find an opportunity", endpoint: "GET /opportunities/:id" },
      { label: "Find all stages", endpoint: "GET /stages" },
      { label: "Find all archive reasons", endpoint: "GET /archive_reasons" },
      { label: "Find all users", endpoint: "GET /users" },
      { label: "Find all postings", endpoint: "GET /postings" },
      { label: "Find all deleted opportunities", endpoint: "GET /opportunities/deleted" },
    ],
  },
  {
    feature: "contact",
    boxes: [{ label: "Find a contact", endpoint: "GET /contacts/:id" }],
  },
  {
    // With the notes that adding somebody needs as well.
    feature: "details",
    boxes: [
      { label: "Find all opportunity resumes", endpoint: "GET /opportunities/:id/resumes" },
      { label: "Find all opportunity files", endpoint: "GET /opportunities/:id/files" },
    ],
  },
  {
    feature: "prospect",
    boxes: [
      { label: "Create an opportunity", endpoint: "POST /opportunities" },
      { label: "Create an opportunity note", endpoint: "POST /opportunities/:id/notes" },
      { label: "Find all opportunity notes", endpoint: "GET /opportunities/:id/notes" },
      { label: "Find all sources", endpoint: "GET /sources" },
    ],
  },
  {
    feature: "job",
    boxes: [
      { label: "Add candidate postings", endpoint: "POST /candidates/:id/addPostings" },
      { label: "Add opportunity tags", endpoint: "POST /opportunities/:id/addTags" },
      { label: "Add opportunity sources", endpoint: "POST /opportunities/:id/addSources" },
    ],
  },
  {
    // With the contact that the badge reads, and the tags, sources and notes of the other two.
    feature: "update",
    boxes: [
      { label: "Update a contact", endpoint: "PUT /contacts/:id" },
      { label: "Add opportunity links", endpoint: "POST /opportunities/:id/addLinks" },
    ],
  },
  {
    // With “Find all opportunity files” above, by which a lost reply is cleared up.
    feature: "files",
    boxes: [{ label: "Upload an opportunity file", endpoint: "POST /opportunities/:id/files" }],
  },
];
