/** Ranges of dates as profile pages write them; everything else on such a page is no range. */
import { describe, expect, it } from "vitest";
import { dateRange } from "./dates";

describe("a range of dates", () => {
  it.each([
    ["Jan 2020 - Present · 3 yrs", "2020-01", null, true],
    ["Jan 2020 – Present", "2020-01", null, true],
    ["Mar 2018 - Dec 2019 · 1 yr 10 mos", "2018-03", "2019-12", false],
    ["January 2018 - December 2019", "2018-01", "2019-12", false],
    ["Sept 2018 — Oct 2018", "2018-09", "2018-10", false],
    ["2015 - 2018", "2015", "2018", false],
    ["2015–2018", "2015", "2018", false],
    ["2019 – Present", "2019", null, true],
    ["Jul 2016 - 2018", "2016-07", "2018", false],
    ["2018", "2018", null, false],
    ["May 2021 · 1 mo", "2021-05", null, false],
    ["01/2019 - 12/2020", "2019-01", "2020-12", false],
    ["2019-05 - 2020-01", "2019-05", "2020-01", false],
    ["Jan. 2020–Heute · 5 Jahre", "2020-01", null, true],
    ["März 2016–Dez. 2019 · 3 Jahre 10 Monate", "2016-03", "2019-12", false],
    ["févr. 2019 – aujourd’hui", "2019-02", null, true],
    ["févr. 2019 - aujourd'hui · 7 ans", "2019-02", null, true],
    ["août 2013 - déc. 2014", "2013-08", "2014-12", false],
    ["ene. de 2020 - actualidad · 5 años", "2020-01", null, true],
    ["sept. 2015 - dic. 2018", "2015-09", "2018-12", false],
    ["jan. de 2020 - o momento · 5 anos", "2020-01", null, true],
    ["set de 2015 - ago de 2018", "2015-09", "2018-08", false],
    ["gen 2020 - Presente", "2020-01", null, true],
    ["giu 2015 - lug 2018", "2015-06", "2018-07", false],
    ["jan. 2020 - heden", "2020-01", null, true],
    ["mrt. 2016 - okt. 2018", "2016-03", "2018-10", false],
    ["sty 2020 – obecnie", "2020-01", null, true],
    ["paź 2015 – lis 2018", "2015-10", "2018-11", false],
    ["янв. 2020 – настоящее время", "2020-01", null, true],
    ["март 2015 — май 2018", "2015-03", "2018-05", false],
    ["Oca 2020 - Halen", "2020-01", null, true],
    ["يناير ٢٠٢١ - الحالي", "2021-01", null, true],
    ["مارس 2018 - ديسمبر 2020", "2018-03", "2020-12", false],
    ["2020年1月 - 至今 · 5 年", "2020-01", null, true],
    ["2015年3月 - 2018年5月", "2015-03", "2018-05", false],
    ["2020年1月 – 現在", "2020-01", null, true],
    ["2015년 3월 - 현재", "2015-03", null, true],
    ["jan. 2020 – nu", "2020-01", null, true],
    ["mhea 2020 - lathaireach · 5 bliana", "2020", null, true],
    ["mhea 2018 - iúil 2020 · 2 bhliain", "2018", "2020", false],
    ["Since May 2020", "2020-05", null, true],
    ["seit März 2019", "2019-03", null, true],
  ])("%s", (line, start, end, ongoing) => {
    expect(dateRange(line)).toEqual({ start, end, ongoing });
  });

  it.each([
    "Staff Data Engineer",
    "Harbor Labs · Full-time",
    "5 yrs 6 mos",
    "Full-time · 8 yrs 3 mos",
    "Gdynia, Poland",
    "Studio 2019",
    "Moved 40 pipelines in Jan 2020 - Mar 2020 with a team.",
    "Present",
    "mhea 2020 - lathaireach",
    "Full-time · 3 yrs",
    "Present Works",
    "Grade: 2.0",
    "13/2019 - 14/2020",
    "1234",
    "500+ connections",
    "2,606,334 followers",
    "Class of 2019 - Alumni",
    "May - Flowers",
    "",
    " - ",
  ])("%s is none", (line) => {
    expect(dateRange(line)).toBeNull();
  });
});
