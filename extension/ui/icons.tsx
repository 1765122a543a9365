/** One shape for each badge state, and the few small marks of the card. Inline, so that a page sees no address. */
import type { JSX } from "preact";
import type { BadgeKind } from "./badge-model";

const LINE = { fill: "none", stroke: "currentColor", "stroke-linecap": "round", "stroke-linejoin": "round" } as const;

function Drawing({ children, moving }: { children: JSX.Element | JSX.Element[]; moving?: boolean }): JSX.Element {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false" data-moving={moving ? "" : undefined}>
      {children}
    </svg>
  );
}

const Ring = ({ dashes }: { dashes?: string }) => (
  <circle cx="8" cy="8" r="6.2" {...LINE} stroke-width="1.6" stroke-dasharray={dashes} />
);
const Disc = () => <circle cx="8" cy="8" r="7" fill="currentColor" />;
const CHECK = "M4.8 8.2l2.2 2.2 4.2-4.6";
const UP = "M8 13V3.5M4 7l4-4 4 4";
const TRIANGLE = "M8 1.6l6.6 12H1.4z";
/** Circumference of the reading ring, radius 6. */
const AROUND = 2 * Math.PI * 6;

export function BadgeIcon({ kind, read }: { kind: BadgeKind; read: number | null }): JSX.Element {
  switch (kind) {
    case "looking":
      return (
        <Drawing moving>
          <circle cx="7" cy="7" r="4.6" {...LINE} stroke-width="1.6" />
          <path d="M10.5 10.5L14 14" {...LINE} stroke-width="1.8" />
        </Drawing>
      );
    case "active":
      return (
        <Drawing>
          <Disc />
          <path d={CHECK} {...LINE} stroke="var(--surface)" stroke-width="1.8" />
        </Drawing>
      );
    case "prospect":
      return (
        <Drawing>
          <Ring />
          <path d={CHECK} {...LINE} stroke-width="1.8" />
        </Drawing>
      );
    case "hired":
      return (
        <Drawing>
          <Disc />
          <path d="M8 3.6l1.3 2.8 3 .4-2.2 2.1.5 3L8 10.4l-2.6 1.5.5-3-2.2-2.1 3-.4z" fill="var(--surface)" />
        </Drawing>
      );
    case "archived":
      return (
        <Drawing>
          <Ring />
          <path d="M5 8h6" {...LINE} stroke-width="1.6" />
        </Drawing>
      );
    case "likely":
      return (
        <Drawing>
          <Ring />
          <path d="M8 1.8a6.2 6.2 0 0 1 0 12.4z" fill="currentColor" />
        </Drawing>
      );
    case "possible":
      return (
        <Drawing>
          <Ring dashes="2.4 2.47" />
        </Drawing>
      );
    case "several":
      return (
        <Drawing>
          <circle cx="5.6" cy="8" r="4.4" {...LINE} stroke-width="1.6" />
          <circle cx="10.4" cy="8" r="4.4" {...LINE} stroke-width="1.6" />
        </Drawing>
      );
    case "not_in_lever":
      return (
        <Drawing>
          <path d="M8 2.5v11M2.5 8h11" {...LINE} stroke-width="2" />
        </Drawing>
      );
    case "not_found_so_far":
      return (
        <Drawing>
          <circle cx="8" cy="8" r="6" {...LINE} stroke="var(--line)" stroke-width="2.4" />
          <circle
            cx="8"
            cy="8"
            r="6"
            {...LINE}
            stroke-linecap="butt"
            stroke-width="2.4"
            stroke-dasharray={`${(read ?? 0) * AROUND} ${AROUND}`}
            transform="rotate(-90 8 8)"
          />
        </Drawing>
      );
    case "exporting":
      return (
        <Drawing moving>
          <path d={UP} {...LINE} stroke-width="1.9" stroke-dasharray="2 2.6" />
        </Drawing>
      );
    case "exported":
      return (
        <Drawing>
          <path d="M8 11V2.5M4.4 6L8 2.4 11.6 6" {...LINE} stroke-width="1.9" />
          <path d="M3 14h10" {...LINE} stroke-width="1.9" />
        </Drawing>
      );
    case "unreadable":
      return (
        <Drawing>
          <path d="M4 1.8h5.4L12.6 5v9.2H4zM2 14.6L14.2 2.4" {...LINE} stroke-width="1.5" />
        </Drawing>
      );
    case "not_connected":
      return (
        <Drawing>
          <path
            d="M6.6 9.4L9.4 6.6M8.6 4.4l1.2-1.2a2.1 2.1 0 0 1 3 3l-1.2 1.2M7.4 11.6l-1.2 1.2a2.1 2.1 0 0 1-3-3l1.2-1.2M3 3l1.4 1.4M13 13l-1.4-1.4"
            {...LINE}
            stroke-width="1.5"
          />
        </Drawing>
      );
    case "trouble":
      return <Warning />;
  }
}

export const Warning = () => (
  <Drawing>
    <path d={TRIANGLE} {...LINE} stroke-width="1.6" />
    <path d="M8 6.2v3.4M8 11.6v.1" {...LINE} stroke-width="1.8" />
  </Drawing>
);

export const Plus = () => (
  <Drawing>
    <path d="M8 2.5v11M2.5 8h11" {...LINE} stroke-width="2" />
  </Drawing>
);

export const Check = () => (
  <Drawing>
    <path d="M3 8.6l3.4 3.4L13 4.6" {...LINE} stroke-width="2" />
  </Drawing>
);

export const Dash = () => (
  <Drawing>
    <path d="M3 8h10" {...LINE} stroke-width="2" />
  </Drawing>
);

export const Tilde = () => (
  <Drawing>
    <path d="M2.5 9.2c1.6-3 3.4-3 5.5-1.2s3.9 1.8 5.5-1.2" {...LINE} stroke-width="1.8" />
  </Drawing>
);

export const Cross = () => (
  <Drawing>
    <path d="M3.5 3.5l9 9M12.5 3.5l-9 9" {...LINE} stroke-width="1.6" />
  </Drawing>
);

export const Information = () => (
  <Drawing>
    <Ring />
    <path d="M8 7.4v3.8M8 4.8v.1" {...LINE} stroke-width="1.8" />
  </Drawing>
);
