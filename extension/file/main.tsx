/**
 * Shows a file that waits to be sent, as the browser shows such files; one that it cannot show is offered to be saved. The
 * bytes come from the core of this browser and go nowhere.
 */
import { askCore } from "../shared/core-client";
import { fileOf } from "../shared/file-address";
import { bytesOf } from "../shared/file-content";
import { t } from "../shared/i18n";
import { mountPage } from "../ui/mount";
import { Notice } from "../ui/notice";

/** What browsers show by themselves. No page is among them: nothing of a file runs here. */
const SHOWN: ReadonlySet<string> = new Set(["application/pdf", "image/png", "image/jpeg", "text/plain"]);

const file = fileOf(location.hash);
const reply = file === null ? null : await askCore({ command: "read_file", file });
if (file === null || reply?.reply !== "file") {
  mountPage(
    file?.name ?? t("extension_name"),
    <main class="page">
      <Notice tone="maybe" text={t("failure_file_not_kept")} />
    </main>,
  );
} else {
  const bytes = bytesOf(reply.content.content);
  const type = SHOWN.has(file.media_type) ? file.media_type : "application/octet-stream";
  const address = URL.createObjectURL(new Blob([bytes], { type }));
  if (type === file.media_type) {
    location.replace(address);
  } else {
    mountPage(
      file.name,
      <main class="page">
        <a class="button main" href={address} download={file.name}>
          {t("file_save", file.name)}
        </a>
      </main>,
    );
  }
}
