/**
 * Why page and contact may be one person: as a list with its strength, as one line, and field by field beside each other.
 * For and against are told by a shape and a word; colour only helps.
 */
import type { JSX } from "preact";
import { t } from "../shared/i18n";
import type { Evidence } from "../shared/protocol";
import { Disclosure } from "./disclosure";
import { type Compared, compared, type EvidenceSide, evidenceWords, shortReasons } from "./evidence-words";
import { Check, Dash, Tilde } from "./icons";

const MARKS: Record<EvidenceSide, JSX.Element> = { for: <Check />, against: <Dash />, little: <Tilde /> };

/** Every reason on a line of its own. */
export function Reasons({ evidence }: { evidence: readonly Evidence[] }): JSX.Element {
  return (
    <ul class="reasons">
      {evidenceWords(evidence).map(({ text, strength, side }) => (
        <li key={text} class={`evidence ${side}`}>
          <Mark side={side} />
          <span class="wrap">{text}</span>
          <Strength of={strength} />
        </li>
      ))}
    </ul>
  );
}

/** The strongest reasons in one line. */
export function ShortReasons({ evidence }: { evidence: readonly Evidence[] }): JSX.Element {
  return (
    <ul class="reasons short">
      {shortReasons(evidence).map(({ text, side }) => (
        <li key={text} class={`evidence ${side}`}>
          <Mark side={side} />
          <span class="wrap">{text}</span>
        </li>
      ))}
    </ul>
  );
}

function Mark({ side }: { side: EvidenceSide }): JSX.Element {
  return (
    <span class={`mark ${side}`}>
      {MARKS[side]}
      <span class="unseen">{t(`side_${side}`)}: </span>
    </span>
  );
}

function Strength({ of }: { of: 1 | 2 | 3 }): JSX.Element {
  return (
    <span class="strength" title={t(`strength_${of}`)}>
      <span class="unseen">{t(`strength_${of}`)}</span>
      {[1, 2, 3].map((bar) => (
        <i key={bar} class={bar <= of ? "on" : undefined} />
      ))}
    </span>
  );
}

/** Nothing to open where there is nothing to compare, as after the recruiter's own word alone. */
export function Comparison({
  evidence,
  first = t("compare_page"),
  second = t("compare_lever"),
  label = t("compare"),
}: {
  evidence: readonly Evidence[];
  first?: string;
  second?: string;
  label?: string;
}): JSX.Element | null {
  const rows = compared(evidence);
  return rows.length === 0 ? null : (
    <div class="comparison">
      <Disclosure label={label}>{() => <ComparedTable rows={rows} first={first} second={second} />}</Disclosure>
    </div>
  );
}

function ComparedTable({
  rows,
  first,
  second,
}: {
  rows: readonly Compared[];
  first: string;
  second: string;
}): JSX.Element {
  return (
    <table class="compared">
      <thead>
        <tr>
          <th scope="col">
            <span class="unseen">{t("compare_field")}</span>
          </th>
          <th scope="col">{first}</th>
          <th scope="col">{second}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, page, lever, side, strength, text }, place) => (
          <tr key={place} class={side}>
            <th scope="row">
              {name}
              <span class={`weight ${side}`}>
                {MARKS[side]}
                {side === "little" ? t("side_little") : t(`side_${side}_${strength}`)}
              </span>
              <span class="unseen">{text}</span>
            </th>
            <Value text={page} />
            <Value text={lever} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ text }: { text: string | null }): JSX.Element {
  return text === null ? (
    <td class="dim">
      <span aria-hidden="true">–</span>
      <span class="unseen">{t("compare_nothing")}</span>
    </td>
  ) : (
    <td>
      <bdi class="wrap">{text}</bdi>
    </td>
  );
}
