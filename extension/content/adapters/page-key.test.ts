/**
 * What an address alone proves: every LinkedIn form of matching §4.3, GitHub's reserved names, and the addresses that
 * look like a person's and are not.
 */
import reservedNames from "github-reserved-names/reserved-names.json";
import { describe, expect, it } from "vitest";
import type { PageKind } from "./adapter";
import { pageKey, pageOf, samePerson } from "./page-key";

const L = "https://www.linkedin.com";
const G = "https://github.com";
const PROFILE_TOKEN = "ACoAAAdbzRUBSxapnNkkN8d1zpKC2hWVyh7fPuc";
const LEAD_TOKEN = "ACwAAAdbzRUBhcM8ikfQ2JskUFRNbiMj2P4W3vI";
const RECRUITER_TOKEN = "AEMAAAdbzRUBGdEREcSfcSXEJ16ee4SaSRDCUnk";

/** Addresses and the key they prove. */
const KEYS: [string, string][] = [
  [`${L}/in/jane-doe-demo/`, "li:slug:jane-doe-demo"],
  [`${L}/in/jane-doe-demo`, "li:slug:jane-doe-demo"],
  [`${L}/in/Jane-Doe-Demo`, "li:slug:jane-doe-demo"],
  ["http://www.linkedin.com/in/jane-doe-demo", "li:slug:jane-doe-demo"],
  ["https://linkedin.com/in/jane-doe-demo", "li:slug:jane-doe-demo"],
  ["https://linkedin.com./in/jane-doe-demo", "li:slug:jane-doe-demo"],
  ["https://www.linkedin.com./in/jane-doe-demo", "li:slug:jane-doe-demo"],
  ["https://www.linkedin.com:443/in/jane-doe-demo", "li:slug:jane-doe-demo"],
  ["https://WWW.LinkedIn.com/in/jane-doe-demo", "li:slug:jane-doe-demo"],
  ["https://de.linkedin.com/in/jane-doe-demo", "li:slug:jane-doe-demo"],
  ["https://uk.linkedin.com/in/jane-doe-demo", "li:slug:jane-doe-demo"],
  ["https://br.linkedin.com/in/jane-doe-demo", "li:slug:jane-doe-demo"],
  ["https://m.linkedin.com/in/jane-doe-demo", "li:slug:jane-doe-demo"],
  ["https://touch.linkedin.com/in/jane-doe-demo", "li:slug:jane-doe-demo"],
  [`${L}/mwlite/in/jane-doe-demo`, "li:slug:jane-doe-demo"],
  [`${L}/mwlite/profile/in/jane-doe-demo`, "li:slug:jane-doe-demo"],
  [`${L}/in/jane-doe-demo/details/experience/`, "li:slug:jane-doe-demo"],
  [`${L}/in/jane-doe-demo/details/education/`, "li:slug:jane-doe-demo"],
  [`${L}/in/jane-doe-demo/details/skills/?detailScreenTabIndex=0`, "li:slug:jane-doe-demo"],
  [`${L}/in/jane-doe-demo/recent-activity/all/`, "li:slug:jane-doe-demo"],
  [`${L}/in/jane-doe-demo/overlay/contact-info/`, "li:slug:jane-doe-demo"],
  [`${L}/in/jane-doe-demo/overlay/photo/`, "li:slug:jane-doe-demo"],
  [`${L}/in/jane-doe-demo/overlay/about-this-profile/`, "li:slug:jane-doe-demo"],
  [`${L}/in/jane-doe-demo/de`, "li:slug:jane-doe-demo"],
  [`${L}/in/jane-doe-demo/pt/`, "li:slug:jane-doe-demo"],
  [`${L}/in/jane-doe-demo?originalSubdomain=de`, "li:slug:jane-doe-demo"],
  [`${L}/in/jane-doe-demo/?trk=people-guest`, "li:slug:jane-doe-demo"],
  [`${L}/in/jane-doe-demo/?miniProfileUrn=urn%3Ali%3Afs_miniProfile%3A${PROFILE_TOKEN}`, "li:slug:jane-doe-demo"],
  [`${L}/in/jane-doe-demo#experience`, "li:slug:jane-doe-demo"],
  [`${L}//in/jane-doe-demo/`, "li:slug:jane-doe-demo"],
  [`${L}/in/jane_doe`, "li:slug:jane_doe"],
  [`${L}/in/jane-doe-1c207b5a`, "li:slug:jane-doe-1c207b5a"],
  [`${L}/in/r%C3%A9mi-okoye`, "li:slug:rémi-okoye"],
  [`${L}/in/rémi-okoye`, "li:slug:rémi-okoye"],
  [`${L}/in/re%CC%81mi-okoye`, "li:slug:rémi-okoye"],
  [`${L}/in/%D0%B0%D0%BD%D0%BD%D0%B0-%D0%BB%D0%B8`, "li:slug:анна-ли"],
  [`${L}/in/%D8%B3%D9%84%D9%85%D9%89`, "li:slug:سلمى"],
  [`${L}/in/%E4%BD%90%E8%97%A4`, "li:slug:佐藤"],
  [`${L}/pub/jane-doe/5a/7b/1c2`, "li:slug:jane-doe-1c207b5a"],
  [`${L}/pub/jane-doe/8d/77e/af`, "li:slug:jane-doe-0af77e8d"],
  [`${L}/pub/jane-doe/2a/31c/d`, "li:slug:jane-doe-00d31c2a"],
  [`${L}/pub/jane-doe/10a/38b/6c1/`, "li:slug:jane-doe-6c138b10a"],
  [`${L}/pub/jane-doe/a1/23b/c45`, "li:slug:jane-doe-c4523ba1"],
  [`${L}/in/${PROFILE_TOKEN}`, "li:member:123456789"],
  [`${L}/in/${PROFILE_TOKEN}/details/experience/`, "li:member:123456789"],
  [`${L}/in/${LEAD_TOKEN}/`, "li:member:123456789"],
  [`${L}/sales/lead/${LEAD_TOKEN},NAME_SEARCH,xxxx`, "li:member:123456789"],
  [`${L}/sales/lead/${LEAD_TOKEN},NAME_SEARCH,xxxx?_ntb=1`, "li:member:123456789"],
  [`${L}/sales/people/${LEAD_TOKEN},NAME_SEARCH`, "li:member:123456789"],
  [`${L}/talent/profile/${RECRUITER_TOKEN}?project=1`, "li:member:123456789"],
  [`${L}/talent/profile/${RECRUITER_TOKEN}/attachments`, "li:member:123456789"],
  [`${L}/profile/view?id=${PROFILE_TOKEN}`, "li:member:123456789"],
  [`${L}/profile/view?id=123456789`, "li:member:123456789"],
  [`${L}/in/${PROFILE_TOKEN.toLowerCase()}`, `li:opaque:${PROFILE_TOKEN.toLowerCase()}`],
  [`${L}/talent/profile/demo-shape-1`, "li:opaque:demo-shape-1"],
  [`${G}/tabara-demo`, "gh:login:tabara-demo"],
  [`${G}/tabara-demo/`, "gh:login:tabara-demo"],
  [`${G}/Tabara-Demo`, "gh:login:tabara-demo"],
  [`${G}/tabara-demo?tab=repositories`, "gh:login:tabara-demo"],
  [`${G}/tabara-demo?tab=stars`, "gh:login:tabara-demo"],
  [`${G}/tabara-demo?tab=followers`, "gh:login:tabara-demo"],
  [`${G}/tabara-demo?tab=packages&page=2`, "gh:login:tabara-demo"],
  [`${G}/tabara-demo#readme`, "gh:login:tabara-demo"],
  ["https://www.github.com/tabara-demo", "gh:login:tabara-demo"],
  ["https://gist.github.com/tabara-demo", "gh:login:tabara-demo"],
  [`${G}/pullsuser`, "gh:login:pullsuser"],
  [`${G}/a`, "gh:login:a"],
  [`${G}/a1-b2-c3`, "gh:login:a1-b2-c3"],
  [`${G}/${"a".repeat(39)}`, `gh:login:${"a".repeat(39)}`],
  ["https://ines.example/", "web:ines.example"],
  ["https://www.ines.example", "web:ines.example"],
  ["https://ines.example/?utm_source=x#top", "web:ines.example"],
  ["https://ines.example/about", "web:ines.example"],
  ["https://ines.example/about/", "web:ines.example"],
  ["https://ines.example/index.html", "web:ines.example"],
  ["https://ines.example/de/", "web:ines.example"],
  ["https://ines.example/en/about-me", "web:ines.example"],
  ["https://ines.example/cv", "web:ines.example"],
  ["https://tabara-demo.github.io/", "web:tabara-demo.github.io"],
  ["https://uni.example/~ines", "web:uni.example/~ines"],
  ["https://tidewater.example/team/jonas", "web:tidewater.example/team/jonas"],
  ["https://ines.example:8443/", "web:ines.example:8443"],
  // These only look like LinkedIn or GitHub: another host is another site.
  ["https://evil-linkedin.com/in/jane-doe-demo", "web:evil-linkedin.com/in/jane-doe-demo"],
  ["https://linkedin.com.example.test/in/jane-doe-demo", "web:linkedin.com.example.test/in/jane-doe-demo"],
  ["https://linkedin.example/in/jane-doe-demo", "web:linkedin.example/in/jane-doe-demo"],
  ["https://www.linkedin.com:8443/in/jane-doe-demo", "web:linkedin.com:8443/in/jane-doe-demo"],
  ["https://notgithub.com/tabara-demo", "web:notgithub.com/tabara-demo"],
  ["https://github.com.example.test/tabara-demo", "web:github.com.example.test/tabara-demo"],
];

/** Addresses that prove nobody, and what they are. */
const NOBODY: [string, PageKind][] = [
  [`${L}/in/`, "none"],
  [`${L}/in`, "none"],
  [`${L}/in/%`, "none"],
  [`${L}/in/%FF%FE`, "none"],
  [`${L}/in/%25D0%25B0`, "none"],
  [`${L}/in/jane%2Fdoe`, "none"],
  [`${L}/in/jane%20doe`, "none"],
  [`${L}/in/jane.doe@x`, "none"],
  [`${L}/in/me`, "own"],
  [`${L}/in/me/`, "own"],
  [`${L}/in/me/details/experience/`, "own"],
  [`${L}/mwlite/in/me`, "own"],
  [`${L}/in/jane-doe-demo/edit/intro/`, "own"],
  [`${L}/in/jane-doe-demo/edit/forms/intro/new/`, "own"],
  [`${L}/in/jane-doe-demo/add-edit/POSITION/`, "own"],
  [`${L}/in/jane-doe-demo/details/experience/edit/forms/1/`, "own"],
  [`${L}/`, "none"],
  [`${L}/feed/`, "none"],
  [`${L}/feed/update/urn:li:activity:1/`, "none"],
  [`${L}/posts/jane-doe-demo_topic-activity-1-abcd`, "none"],
  [`${L}/pulse/title-jane-doe`, "none"],
  [`${L}/company/tidewater-demo/`, "none"],
  [`${L}/company/tidewater-demo/about/`, "none"],
  [`${L}/school/tidewater-demo/`, "none"],
  [`${L}/showcase/tidewater-demo/`, "none"],
  [`${L}/jobs/view/1/`, "none"],
  [`${L}/learning/course`, "none"],
  [`${L}/groups/1/`, "none"],
  [`${L}/help/linkedin`, "none"],
  [`${L}/shareArticle?url=x`, "none"],
  [`${L}/messaging/thread/1/`, "none"],
  [`${L}/notifications/`, "none"],
  [`${L}/profile/view?id=`, "none"],
  [`${L}/profile/view?id=0`, "none"],
  [`${L}/profile/view`, "none"],
  [`${L}/pub/jane-doe`, "none"],
  [`${L}/pub/jane-doe/zz/7b/1c2`, "none"],
  [`${L}/index`, "none"],
  [`${L}/authwall?trk=gf&sessionRedirect=https%3A%2F%2Fwww.linkedin.com%2Fin%2Fjane-doe-demo`, "wall"],
  [`${L}/checkpoint/challenge/x`, "wall"],
  [`${L}/login`, "wall"],
  [`${L}/uas/login?session_redirect=%2Fin%2Fjane-doe-demo`, "wall"],
  [`${L}/signup/cold-join`, "wall"],
  [`${L}/search/results/people/?keywords=engineer`, "list"],
  [`${L}/search/results/all/?keywords=engineer`, "list"],
  [`${L}/company/tidewater-demo/people/`, "list"],
  [`${L}/school/tidewater-demo/people/`, "list"],
  [`${L}/mynetwork/`, "list"],
  [`${L}/mynetwork/invite-connect/connections/`, "list"],
  [`${L}/pub/dir/Jane/Doe`, "list"],
  [`${L}/sales/search/people?query=x`, "list"],
  [`${L}/sales/lists/people/1`, "list"],
  [`${L}/talent/search`, "list"],
  [`${L}/talent/hire/1/discover/recruiterSearch`, "list"],
  [`${G}/`, "none"],
  [`${G}/?tab=repositories`, "none"],
  [`${G}/tabara-demo/rails-timetable`, "none"],
  [`${G}/tabara-demo/rails-timetable/issues/1`, "none"],
  [`${G}/tabara.demo`, "none"],
  [`${G}/-tabara`, "none"],
  [`${G}/tabara-`, "none"],
  [`${G}/ta--bara`, "none"],
  [`${G}/${"a".repeat(40)}`, "none"],
  [`${G}/ta_bara`, "none"],
  [`${G}/b%C3%A5ra`, "none"],
  [`${G}/orgs/quarry-demo/repositories`, "none"],
  [`${G}/sponsors/tabara-demo`, "none"],
  [`${G}/login`, "wall"],
  [`${G}/search?q=x&type=users`, "list"],
  [`${G}/search?q=x&type=Users`, "list"],
  [`${G}/search?q=x&type=code`, "none"],
  [`${G}/orgs/quarry-demo/people`, "list"],
  [`${G}/tabara-demo/rails-timetable/stargazers`, "list"],
  [`${G}/tabara-demo/rails-timetable/watchers`, "list"],
  [`${G}/tabara-demo/rails-timetable/graphs/contributors`, "list"],
  ["https://gist.github.com/tabara-demo/0123456789abcdef", "none"],
];

describe("the address alone", () => {
  it.each(KEYS)("%s is %s", (address, key) => {
    expect(pageOf(address)).toMatchObject({ kind: "profile", key });
  });

  it.each(NOBODY)("%s is nobody's (%s)", (address, kind) => {
    expect(pageOf(address)).toMatchObject({ kind, key: null });
  });

  it("knows every name GitHub keeps for itself", () => {
    expect(reservedNames.length).toBeGreaterThan(250);
    for (const name of reservedNames) {
      expect(pageKey(`${G}/${name}`), name).toBeNull();
      expect(pageKey(`${G}/${name.toUpperCase()}?tab=overview`), name).toBeNull();
    }
  });

  it.each([
    "chrome://extensions",
    "about:blank",
    "file:///home/x.html",
    "data:text/html,x",
    "ftp://x.example/",
    "",
    "x",
  ])("%s is no web page", (address) => {
    expect(pageOf(address)).toBeNull();
  });

  it("gives one main address for a profile's many pages", () => {
    expect(pageOf("https://de.linkedin.com/in/jane-doe-demo/details/skills/?x=1#y")?.url).toBe(
      `${L}/in/jane-doe-demo/`,
    );
    expect(pageOf(`${L}/pub/jane-doe/5a/7b/1c2`)?.url).toBe(`${L}/in/jane-doe-1c207b5a/`);
    expect(pageOf(`${G}/tabara-demo?tab=stars`)?.url).toBe(`${G}/tabara-demo`);
  });

  it("tells whether a tab still shows the same person", () => {
    expect(samePerson(`${L}/in/jane-doe-demo/`, "https://de.linkedin.com/in/Jane-Doe-Demo/overlay/contact-info/")).toBe(
      true,
    );
    expect(samePerson(`${L}/in/jane-doe-demo/`, `${L}/in/jane-doe-demo2/`)).toBe(false);
    expect(samePerson(`${L}/feed/`, `${L}/feed/`)).toBe(false);
  });
});
