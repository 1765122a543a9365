/**
 * The overlay's file: loaded into a page by the service worker when the content script asks. It keeps one session for
 * the page's person and shows it; who the page is about, the content script says.
 */
import { runClock } from "../../ui/clock";
import { PersonSession } from "../../ui/person-session";
import { adoptStyles, SHARED_STYLES } from "../../ui/styles";
import { type OverlayHandle, type OverlayParts, offerOverlay } from "./door";
import { attachHost } from "./host";
import { findNamePlace } from "./name-place";
import { Overlay } from "./overlay";
import styles from "./overlay.css";

function startOverlay({ element, root, doors, place, signal }: OverlayParts): OverlayHandle {
  let person: { session: PersonSession; ending: AbortController } | null = null;
  let isUnreadable = false;

  adoptStyles(root, [...SHARED_STYLES, styles]);
  const overlay = new Overlay(
    { element, root },
    {
      openSettings: doors.openSettings,
      showFile: doors.showFile,
      openProject: doors.openProject,
      savePlace: doors.savePlace,
      addElsewhere: doors.addElsewhere,
      findName: () => findNamePlace(document, person?.session.profile.peek().name ?? null),
    },
    place,
    signal,
  );
  overlay.onLeftFormClosed = show;
  attachHost(element, signal);
  runClock(signal);
  signal.addEventListener("abort", leave);

  function leave(): void {
    overlay.clear();
    person?.ending.abort();
    person = null;
    isUnreadable = false;
  }

  function show(): void {
    // A form of the page before still says that the page has changed; closing it shows this page's person.
    if (overlay.holdsLeftForm) {
      return;
    }
    if (person !== null) {
      overlay.show(person.session);
    } else if (isUnreadable) {
      overlay.showUnreadable();
    }
  }

  return {
    person(profile) {
      if (person?.session.key === profile.key) {
        person.session.profile.value = profile;
        void person.session.lookUp();
        return;
      }
      leave();
      const ending = new AbortController();
      const session = new PersonSession(profile, {
        core: { ask: doors.ask },
        isCurrent: async (key) => doors.isCurrent(key),
        signal: ending.signal,
      });
      person = { session, ending };
      void session.lookUp();
      show();
    },
    unreadable() {
      leave();
      isUnreadable = true;
      show();
    },
    nobody: leave,
    lookAgain: () => void person?.session.lookUp(),
    toggleCard: () => overlay.toggle(),
    moved(chosen) {
      overlay.place.value = chosen;
    },
  };
}

offerOverlay(startOverlay);
