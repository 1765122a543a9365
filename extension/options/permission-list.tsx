/** Lever's tick-boxes: those to tick before a key is made, and those a key turned out to have. */
import type { JSX } from "preact";
import { t } from "../shared/i18n";
import type { PermissionCheck } from "../shared/protocol";
import { Check, Cross, Dash } from "../ui/icons";
import { PERMISSIONS } from "./permissions";

/** What to tick, feature by feature. */
export function PermissionsToTick(): JSX.Element {
  return (
    <div class="columns">
      {PERMISSIONS.map(({ feature, boxes }) => (
        <div key={feature}>
          <h3>{t(`permissions_${feature}`)}</h3>
          <ul class="small dim">
            {boxes.map(({ label, endpoint }) => (
              <li key={endpoint} title={endpoint}>
                {label}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

/** What the key may do, one line a tick-box. */
export function PermissionsFound({ permissions }: { permissions: readonly PermissionCheck[] }): JSX.Element {
  return (
    <ul class="permissions small">
      {permissions.map(({ label, endpoint, granted }) => (
        <li key={endpoint} class={granted === null ? "" : granted ? "yes" : "no"}>
          {granted === null ? <Dash /> : granted ? <Check /> : <Cross />}
          <span>
            {label} ·{" "}
            <span class="dim">
              {t(granted === null ? "permission_untried" : granted ? "permission_yes" : "permission_no")}
            </span>
          </span>
          <code>{endpoint}</code>
        </li>
      ))}
    </ul>
  );
}
