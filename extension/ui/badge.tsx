/** The pill. It is a button: pressing it opens the card. */
import type { JSX, Ref, TargetedKeyboardEvent } from "preact";
import { type BadgeModel, badgeLine } from "./badge-model";
import { BadgeIcon } from "./icons";

interface BadgeProps {
  model: BadgeModel;
  open: boolean;
  /** Id of the card it opens. */
  controls: string;
  /** Id of the text that tells how it is moved. */
  describedBy?: string;
  buttonRef?: Ref<HTMLButtonElement>;
  onPress: () => void;
  onKeyDown?: (event: TargetedKeyboardEvent<HTMLButtonElement>) => void;
}

export function Badge({ model, open, controls, describedBy, buttonRef, onPress, onKeyDown }: BadgeProps): JSX.Element {
  return (
    <button
      type="button"
      ref={buttonRef ?? null}
      class={`badge ${model.tone}`}
      data-kind={model.kind}
      title={model.hint ?? badgeLine(model)}
      aria-haspopup="dialog"
      aria-expanded={open}
      aria-controls={open ? controls : undefined}
      aria-describedby={describedBy}
      onClick={onPress}
      onKeyDown={onKeyDown}
    >
      <BadgeIcon kind={model.kind} read={model.read} />
      <b class="clip">{model.word}</b>
      {model.details.map((detail) => (
        <span class="detail" key={detail}>
          {detail}
        </span>
      ))}
    </button>
  );
}
