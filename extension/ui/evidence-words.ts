/**
 * Why the core thinks that page and contact are one person, in the recruiter's words. The core sends fields, outcomes and
 * weights; a weight is told as one of three words, never as a number. A field this file does not know yet is still shown,
 * under its own name.
 */
import { hasMessage, type MessageKey, type PluralStem, plural, t } from "../shared/i18n";
import type { Evidence } from "../shared/protocol";
import { bareAddress } from "./key-words";

/** What it speaks for: one person, two people, or hardly anything, as what many people share does. */
export type EvidenceSide = "for" | "against" | "little";

export interface EvidenceWords {
  field: string;
  text: string;
  side: EvidenceSide;
  /** 1 weak, 2 fair, 3 strong. */
  strength: 1 | 2 | 3;
}

/** One field as page and Lever have it. */
export interface Compared extends EvidenceWords {
  name: string;
  page: string | null;
  lever: string | null;
}

/** From so many bits on an identifier decides alone (matching.md §6: handles +14, employers up to +10). */
const STRONG_BITS = 12;
const MEDIUM_BITS = 4;
/** Below this neither side has gained anything. */
const LEAST_BITS = 0.3;

/** Fields of which one person has several, so that they are told in one line. */
const COUNTED: Record<string, { one: MessageKey; many: PluralStem }> = {
  company: { one: "evidence_company_equal", many: "evidence_companies" },
  school: { one: "evidence_school_equal", many: "evidence_schools" },
};

const SIDES: readonly EvidenceSide[] = ["for", "against", "little"];

/** The reasons, strongest first: those for one person, then those against, then what says little. */
export function evidenceWords(evidence: readonly Evidence[]): EvidenceWords[] {
  const lines: EvidenceWords[] = [];
  const counted = new Set<string>();
  for (const item of byWeight(evidence)) {
    const words = COUNTED[item.field];
    if (words === undefined || item.outcome !== "equal") {
      lines.push(line(item, isNameOnly(evidence)));
    } else if (!counted.has(item.field)) {
      counted.add(item.field);
      lines.push(
        countedLine(
          evidence.filter(({ field, outcome }) => field === item.field && outcome === "equal"),
          words,
        ),
      );
    }
  }
  return bySide(lines);
}

/** The strongest reason, for the badge: "Same email". Null where nothing speaks for one person. */
export function mainReason(evidence: readonly Evidence[]): string | null {
  return evidenceWords(evidence).find(({ side }) => side === "for")?.text ?? null;
}

/** The few that a line has room for: the two strongest for, and the strongest against. */
export function shortReasons(evidence: readonly Evidence[]): EvidenceWords[] {
  const words = evidenceWords(evidence);
  const [against] = words.filter(({ side }) => side === "against");
  const rest = words.filter(({ side }) => side === "for").slice(0, 2);
  return [...(rest.length > 0 ? rest : words.filter(({ side }) => side === "little").slice(0, 1)), ...one(against)];
}

function one<Of>(item: Of | undefined): Of[] {
  return item === undefined ? [] : [item];
}

/** Page and Lever side by side, in the order of the reasons. The recruiter's own word compares nothing. */
export function compared(evidence: readonly Evidence[]): Compared[] {
  const nameOnly = isNameOnly(evidence);
  return bySide(
    byWeight(evidence)
      .filter(({ page, lever }) => page !== null || lever !== null)
      .map((item) => ({
        ...line(item, nameOnly),
        name: fieldName(item.field),
        page: shown(item.page),
        lever: shown(item.lever),
      })),
  );
}

export function fieldName(field: string): string {
  const key = `field_${field}`;
  return hasMessage(key) ? t(key) : field.replaceAll("_", " ");
}

function byWeight(evidence: readonly Evidence[]): Evidence[] {
  return evidence.toSorted((first, second) => Math.abs(second.bits) - Math.abs(first.bits));
}

function bySide<Of extends EvidenceWords>(lines: readonly Of[]): Of[] {
  return SIDES.flatMap((side) => lines.filter((words) => words.side === side));
}

function countedLine(items: readonly Evidence[], words: { one: MessageKey; many: PluralStem }): EvidenceWords {
  const [first] = items;
  const value = first?.page ?? first?.lever ?? null;
  const bits = items.reduce((sum, item) => sum + item.bits, 0);
  return {
    field: first?.field ?? "",
    text: items.length === 1 && value !== null ? t(words.one, value) : plural(words.many, items.length),
    side: "for",
    strength: strengthOf(bits),
  };
}

function isNameOnly(evidence: readonly Evidence[]): boolean {
  return !evidence.some((item) => item.field !== "name" && sideOf(item) === "for");
}

function line(item: Evidence, nameOnly: boolean): EvidenceWords {
  return {
    field: item.field,
    text: words(item, nameOnly),
    side: sideOf(item),
    // However rare, a name alone is never strong evidence for anybody.
    strength: item.field === "name" && item.bits > 0 ? nameStrength(item) : strengthOf(Math.abs(item.bits)),
  };
}

function sideOf({ outcome, bits }: Evidence): EvidenceSide {
  if (outcome === "different" || bits <= -LEAST_BITS) {
    return bits > -LEAST_BITS ? "little" : "against";
  }
  return outcome === "shared" || bits < LEAST_BITS ? "little" : "for";
}

function words(item: Evidence, nameOnly: boolean): string {
  if (item.field === "name" && item.outcome === "equal" && nameOnly) {
    return t("evidence_name_only");
  }
  const own = `evidence_${item.field}_${item.outcome}`;
  if (hasMessage(own)) {
    return t(own, item.page ?? item.lever ?? "");
  }
  return t(`evidence_other_${item.outcome}`, fieldName(item.field));
}

/** Addresses without what every address has. */
function shown(value: string | null): string | null {
  return value !== null && /^https?:\/\//iu.test(value) ? bareAddress(value) : value;
}

function nameStrength({ bits }: Evidence): 1 | 2 {
  return strengthOf(bits) === 1 ? 1 : 2;
}

function strengthOf(bits: number): 1 | 2 | 3 {
  if (bits >= STRONG_BITS) {
    return 3;
  }
  return bits >= MEDIUM_BITS ? 2 : 1;
}
