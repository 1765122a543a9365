/**
 * The last check before a write: the tab must still show the person the export was made for. Sites change pages in
 * place, so the dialog may be a moment behind. Where the address proves nobody, nothing is written.
 */
import { pageKey } from "../content/adapters/page-key";
import { extension } from "../shared/browser";

/** Whether the address that the tab has now proves this identity key. */
export async function showsPerson(tab: number | null, key: string | null): Promise<boolean> {
  if (tab === null || key === null) {
    return false;
  }
  try {
    const { url } = await extension.tabs.get(tab);
    return url !== undefined && pageKey(url) === key;
  } catch {
    // The tab is gone.
    return false;
  }
}
