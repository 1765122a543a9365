// @ts-check
/**
 * The budgets of Fulcrum, one line each: the only place where a limit stands. A budget that cannot be measured yet is not
 * here; whoever builds the part adds its line and its measurement together.
 */

/**
 * @typedef {object} Budget
 * @property {string} unit
 * @property {number} [atMost] the value must not be above
 * @property {number} [atLeast] the value must not be below
 * @property {string} what for people
 */

/** @satisfies {Record<string, Budget>} */
export const BUDGETS = {
  content_script_kb: { unit: "kB", atMost: 40, what: "content.js, gzipped: what every page of a site pays for" },
  content_script_with_overlay_kb: { unit: "kB", atMost: 40, what: "content.js and overlay.js, each gzipped" },
  core_wasm_mb: { unit: "MB", atMost: 1.2, what: "the core, gzipped" },
  rows_into_mirror_browser: {
    unit: "rows/s",
    atLeast: 15_000,
    what: "first read in Chromium to each second of processor time of the core's own thread, all its work included (replies taken from the network, parsed, stored, indexed; a look-up every 200 ms)",
  },
  rows_into_mirror_browser_whole: {
    unit: "rows/s",
    atLeast: 15_000,
    what: "the same read by the clock, from its first request to complete, the sandbox's share of the machine included",
  },
  rows_into_mirror_last_to_first: {
    unit: "share",
    atLeast: 0.5,
    what: "speed by the clock of the last 100,000 rows in Chromium to that of the first 100,000",
  },
  rows_into_mirror_native: {
    unit: "rows/s",
    atLeast: 15_000,
    what: "fulcrum sync from its start to its end, the sandbox's share of the machine included",
  },
  first_load_at_limit: {
    unit: "share",
    atMost: 1.15,
    what: "fulcrum sync at 10 requests a second, Lever answering in 100 ms, to the time that the limit itself takes (10 requests of 100 rows)",
  },
  mirror_on_disk: { unit: "bytes/contact", atMost: 700, what: "the mirror's file in the browser" },
  verdict_p95: { unit: "ms", atMost: 5, what: "look-up inside the core's worker, one profile" },
  verdict_list_p95: { unit: "ms", atMost: 30, what: "the same for a result page of 25 rows" },
  verdict_while_reading_p95: {
    unit: "ms",
    atMost: 55,
    what: "the same while everything is read, from the moment it is due: a slice of the read (50 ms at most) may go first",
  },
  search_p95: {
    unit: "ms",
    atMost: 100,
    what: "search inside the core's worker: text and filters, the first 50 people and how many there are",
  },
  badge_warm_p95: { unit: "ms", atMost: 50, what: "profile sent to badge painted" },
  badge_cold_p95: { unit: "ms", atMost: 500, what: "the same, service worker and core stopped before" },
  page_script_before_paint_p95: {
    unit: "ms",
    atMost: 2,
    what: "our script on the page's thread before its first paint",
  },
  page_longest_task_p95: { unit: "ms", atMost: 10, what: "longest task of the page's thread in which our script ran" },
  change_to_badge: { unit: "s", atMost: 60, what: "a change in Lever to the badge, the slowest of a few" },
  export_p95: {
    unit: "ms",
    atMost: 1_000,
    what: "Enter in the export form to Lever's answer shown, Lever answering in 100 ms",
  },
  many_at_limit: {
    unit: "share",
    atMost: 1.1,
    what: "500 people in one go at 10 requests a second, Lever answering in 100 ms, to the time that the limit itself takes for their requests",
  },
  core_worker_memory: {
    unit: "MB",
    atMost: 256,
    what: "the core's worker at its largest, after the read, after the searches and after all the rest: WASM memory and JavaScript heap",
  },
};
