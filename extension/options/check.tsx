/** What a try of the key has shown, in words, permission by permission. */
import type { JSX } from "preact";
import { plural, t } from "../shared/i18n";
import type { ConnectionCheck } from "../shared/protocol";
import { FailureNotice, Notice } from "../ui/notice";
import { PermissionsFound } from "./permission-list";

export function CheckResult({ check }: { check: ConnectionCheck }): JSX.Element {
  const missing = check.permissions.filter(({ granted }) => granted === false).length;
  return (
    <>
      {check.failure !== null && <FailureNotice failure={check.failure} />}
      {check.failure === null && !check.accepted && <Notice tone="stop" text={t("failure_key_refused")} urgent />}
      {check.accepted && missing === 0 && <Notice tone="in" text={t("check_all")} urgent />}
      {check.accepted && missing > 0 && <Notice tone="maybe" text={plural("check_missing", missing)} urgent />}
      {!check.accepted && <p class="small dim">{t("check_plan_hint")}</p>}
      {check.permissions.length > 0 && <PermissionsFound permissions={check.permissions} />}
      {check.confidential !== null && (
        <p class="small dim">{t(check.confidential ? "check_confidential" : "check_not_confidential")}</p>
      )}
    </>
  );
}
