/** The field in which a project is chosen or named. Enter in the closed field is the asker's: it adds. */
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../shared/i18n";
import { Combobox, type Option } from "./combobox";
import type { ProjectChoice } from "./project-choice";

interface ProjectFieldProps {
  choice: ProjectChoice;
  /** Takes the focus, so that another name can be typed over the proposed one. */
  focused?: boolean;
  onEnter: () => void;
  /** After a project was chosen from the list. */
  onChosen?: () => void;
}

export function ProjectField({ choice, focused = false, onEnter, onChosen }: ProjectFieldProps): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    void choice.load().then(() => {
      if (focused && input.current !== null) {
        input.current.focus({ preventScroll: true });
        input.current.select();
      }
    });
  }, [choice, focused]);
  return (
    <Combobox
      label={t("project_field")}
      text={choice.text.value}
      options={choice.options.value}
      opensOnFocus={false}
      placeholder={t("project_hint")}
      inputRef={input}
      onType={(text) => choice.type(text)}
      onChoose={(option: Option) => {
        choice.choose(option);
        onChosen?.();
      }}
      onKeyDown={(event) => {
        const isPlain = !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing);
        if (event.key === "Enter" && isPlain && event.currentTarget.ariaExpanded !== "true") {
          event.preventDefault();
          onEnter();
        }
      }}
    />
  );
}
