/** One thing the reader should know: a mark, a sentence, at most one way on. */
import type { ComponentChildren, JSX } from "preact";
import { t } from "../shared/i18n";
import type { Failure } from "../shared/protocol";
import { failureWords } from "./failure-words";
import { Check, Information, Warning } from "./icons";
import { Rich } from "./rich";

interface NoticeProps {
  tone: "plain" | "in" | "maybe" | "stop";
  text: string;
  icon?: JSX.Element;
  /** Spoken at once. */
  urgent?: boolean;
  children?: ComponentChildren;
}

const ICONS = { plain: <Information />, in: <Check />, maybe: <Warning />, stop: <Warning /> };

export function Notice({ tone, text, icon, urgent, children }: NoticeProps): JSX.Element {
  return (
    <div class={`notice ${tone}`} role={urgent ? "alert" : undefined}>
      {icon ?? ICONS[tone]}
      <div class="wrap">
        <Rich text={text} />
        {children}
      </div>
    </div>
  );
}

interface FailureNoticeProps {
  failure: Failure;
  onSettings?: (() => void) | undefined;
  onAgain?: (() => void) | undefined;
}

export function FailureNotice({ failure, onSettings, onAgain }: FailureNoticeProps): JSX.Element {
  const { sentence, remedy } = failureWords(failure);
  return (
    <Notice tone="stop" text={sentence} urgent>
      {remedy === "settings" && onSettings !== undefined && (
        <>
          {" "}
          <button type="button" class="link underlined" onClick={onSettings}>
            {t("open_settings")}
          </button>
        </>
      )}
      {remedy === "again" && onAgain !== undefined && (
        <>
          {" "}
          <button type="button" class="link underlined" onClick={onAgain}>
            {t("try_again")}
          </button>
        </>
      )}
    </Notice>
  );
}
