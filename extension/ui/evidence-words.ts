/**
 * Why the core thinks that page and contact are one person, in words. The core sends fields and outcomes; a field this
 * file does not know yet is still shown, under its own name.
 */
import { hasMessage, plural, t } from "../shared/i18n";
import type { Evidence } from "../shared/protocol";

export interface EvidenceWords {
  text: string;
  /** 1 weak, 2 medium, 3 strong. */
  strength: 1 | 2 | 3;
  /** Speaks against one person. */
  against: boolean;
  /** The two values, where they are worth comparing. */
  hint: string | null;
}

/** From so many bits on an identifier decides alone (matching.md §6: handles +14, employers up to +10). */
const STRONG_BITS = 12;
const MEDIUM_BITS = 4;

/** Fields of which one person has several, so that they are counted in one line. */
const COUNTED = new Set(["company"]);

export function evidenceWords(evidence: readonly Evidence[]): EvidenceWords[] {
  const lines: EvidenceWords[] = [];
  const counted = new Set<string>();
  for (const item of evidence) {
    if (isCounted(item)) {
      if (!counted.has(item.field)) {
        counted.add(item.field);
        lines.push(countedLine(evidence.filter((other) => isCounted(other) && other.field === item.field)));
      }
    } else {
      lines.push(line(item, isNameOnly(evidence)));
    }
  }
  return lines;
}

/** The one or two strongest reasons, for the badge: "same email". Null where nothing speaks for it. */
export function mainReason(evidence: readonly Evidence[]): string | null {
  const first = evidenceWords(evidence).find((item) => !item.against);
  return first === undefined ? null : first.text;
}

function isCounted(item: Evidence): boolean {
  return COUNTED.has(item.field) && item.outcome === "equal";
}

function countedLine(items: readonly Evidence[]): EvidenceWords {
  const bits = items.reduce((sum, item) => sum + item.bits, 0);
  const values = items.map((item) => item.page ?? item.lever).filter((value) => value !== null);
  const [only] = values;
  const text =
    items.length === 1 && only !== undefined
      ? t("evidence_company_equal", only)
      : plural("evidence_companies", items.length);
  return { text, strength: strengthOf(bits), against: false, hint: values.length > 1 ? values.join(", ") : null };
}

function isNameOnly(evidence: readonly Evidence[]): boolean {
  return !evidence.some((item) => item.field !== "name" && item.outcome !== "different");
}

function line(item: Evidence, nameOnly: boolean): EvidenceWords {
  return {
    text: words(item, nameOnly),
    strength: item.field === "name" ? nameStrength(item) : strengthOf(Math.abs(item.bits)),
    against: item.outcome === "different",
    hint: hint(item),
  };
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

function fieldName(field: string): string {
  const key = `field_${field}`;
  return hasMessage(key) ? t(key) : field.replaceAll("_", " ");
}

function hint({ page, lever }: Evidence): string | null {
  if (page === null || lever === null || page === lever) {
    return page ?? lever;
  }
  return t("evidence_both", page, lever);
}

/** However rare, a name alone is never strong evidence. */
function nameStrength({ bits }: Evidence): 1 | 2 {
  return strengthOf(Math.abs(bits)) === 1 ? 1 : 2;
}

function strengthOf(bits: number): 1 | 2 | 3 {
  if (bits >= STRONG_BITS) {
    return 3;
  }
  return bits >= MEDIUM_BITS ? 2 : 1;
}
