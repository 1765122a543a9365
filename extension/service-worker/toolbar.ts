/**
 * The toolbar's badge and its tooltip, per tab: the answer in quiet mode, and a second place for it otherwise. A sign
 * and a sentence, not a colour alone.
 */
import { extension } from "../shared/browser";
import { plural, t } from "../shared/i18n";
import type { Answer } from "../shared/protocol";
import type { TabView } from "../shared/surfaces";

interface Sign {
  text: string;
  title: string;
  colour: string;
}

const KNOWN = "#17734a";
const UNSURE = "#8a5a00";
const NOBODY = "#676e78";
const TROUBLE = "#b3261e";

export async function showOnToolbar(tab: number, view: TabView | null): Promise<void> {
  const sign = signOf(view);
  try {
    await extension.action.setBadgeText({ tabId: tab, text: sign?.text ?? "" });
    await extension.action.setTitle({ tabId: tab, title: sign?.title ?? t("extension_name") });
    if (sign !== null) {
      await extension.action.setBadgeBackgroundColor({ tabId: tab, color: sign.colour });
      await extension.action.setBadgeTextColor?.({ tabId: tab, color: "#ffffff" });
    }
  } catch {
    // The tab was closed meanwhile.
  }
}

function signOf(view: TabView | null): Sign | null {
  if (view === null || view.reading === "nobody" || view.reading === "list") {
    return null;
  }
  if (view.reading === "unreadable") {
    return { text: "!", title: t("toolbar_unreadable"), colour: TROUBLE };
  }
  if (view.exported?.state === "confirmed" || view.exported?.state === "reconciled") {
    return { text: "✓", title: t("toolbar_exported"), colour: KNOWN };
  }
  if (view.failure === "not_connected") {
    return { text: "!", title: t("toolbar_not_connected"), colour: TROUBLE };
  }
  if (view.answer === null) {
    return { text: "…", title: t("toolbar_looking"), colour: NOBODY };
  }
  return signOfAnswer(view.answer);
}

function signOfAnswer({ verdict, people }: Answer): Sign {
  switch (verdict.verdict) {
    case "same":
      return { text: "✓", title: t("toolbar_same"), colour: KNOWN };
    case "likely":
      return { text: "✓?", title: t("toolbar_likely"), colour: UNSURE };
    case "possible":
      return { text: `${people.length}?`, title: plural("toolbar_possible", people.length), colour: UNSURE };
    case "ambiguous":
      return { text: String(people.length), title: plural("toolbar_ambiguous", people.length), colour: UNSURE };
    case "none":
      return verdict.complete
        ? { text: "+", title: t("toolbar_none"), colour: NOBODY }
        : { text: "…", title: t("toolbar_none_so_far", String(Math.floor(verdict.read * 100))), colour: NOBODY };
  }
}
