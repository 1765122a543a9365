/**
 * Date ranges as profile pages write them, in many languages, to `YYYY` or `YYYY-MM`. A line is a range only if it holds
 * nothing but dates (and a duration after a middle dot), so that a sentence with a year in it is never taken for one.
 */

export interface DateRange {
  start: string | null;
  /** Null while it lasts, or where only one date stands. */
  end: string | null;
  /** Whether the page says that it still lasts. */
  ongoing: boolean;
}

// The words "present" in the languages LinkedIn shows. Compared lower-case and without accents' variants.
const PRESENT = new Set(
  (
    "present|current|now|today|ongoing|heute|aktuell|gegenwart|jetzt|aujourd'hui|aujourd’hui|présent|actuel|à ce jour|actualidad|actualmente|el momento|la actualidad|presente|" +
    "atualmente|o momento|momento|atual|o presente|oggi|in corso|attuale|heden|nu|obecnie|teraz|dziś|nuvarande|idag|nåværende|nå|nu|i dag|nykyinen|nykyhetki|tällä hetkellä|současnost|" +
    "súčasnosť|jelenleg|jelen|prezent|în prezent|до настоящего времени|настоящее время|по настоящее время|по сей день|н.в.|теперішній час|дотепер|до сьогодні|devam ediyor|günümüz|halen|halihazırda|" +
    "الحالي|حتى الآن|الآن|حالياً|حتى الوقت الحالي|היום|הווה|כיום|至今|现在|目前|現在|迄今|현재|ปัจจุบัน|hiện tại|hiện nay|saat ini|sekarang|kini|kasalukuyan|वर्तमान|παρόν|σήμερα|настояще|сега|sadašnjost|danas|trenutno"
  ).split("|"),
);

const MONTHS: readonly string[] = [
  "jan|january|januar|jänner|janv|janvier|ene|enero|janeiro|gen|gennaio|januari|sty|stycznia|styczeń|sij|led|ledna|leden|tammi|tammikuu|янв|января|январь|січ|січня|oca|ocak|ian|ianuarie|يناير|كانون الثاني|ינו|ינואר|ม.ค|ιαν|thg 1|tháng 1",
  "feb|february|februar|févr|fevr|février|febrero|fev|fevereiro|febbraio|februari|lut|lutego|luty|únor|února|úno|helmi|фев|февр|февраля|февраль|лют|лютого|şub|şubat|februarie|فبراير|شباط|פבר|פברואר|ก.พ|φεβ|thg 2|tháng 2",
  "mar|march|märz|mär|mrz|mars|marzo|março|mrt|maart|marca|marzec|březen|března|bře|maalis|мар|марта|март|бер|березня|mart|martie|مارس|آذار|מרץ|มี.ค|μαρ|thg 3|tháng 3|marts|marc|márc|már",
  "apr|april|avr|avril|abr|abril|aprile|kwi|kwietnia|kwiecień|duben|dubna|dub|huhti|апр|апреля|апрель|квіт|квітня|nis|nisan|aprilie|أبريل|ابريل|نيسان|אפר|אפריל|เม.ย|απρ|thg 4|tháng 4|ápr",
  "may|mai|mayo|maio|mag|maggio|mei|maj|maja|květen|května|kvě|touko|мая|май|трав|травня|mayıs|مايو|أيار|מאי|พ.ค|μαϊ|thg 5|tháng 5|máj",
  "jun|june|juni|juin|junio|junho|giu|giugno|cze|czerwca|czerwiec|červen|června|čvn|kesä|июн|июня|июнь|черв|червня|haz|haziran|iun|iunie|يونيو|حزيران|יונ|יוני|มิ.ย|ιουν|thg 6|tháng 6|jún",
  "jul|july|juli|juil|juillet|julio|julho|lug|luglio|lip|lipca|lipiec|červenec|července|čvc|heinä|июл|июля|июль|лип|липня|tem|temmuz|iul|iulie|يوليو|تموز|יול|יולי|ก.ค|ιουλ|thg 7|tháng 7|júl",
  "aug|august|août|aout|ago|agosto|augustus|augusti|sie|sierpnia|sierpień|srpen|srpna|srp|elo|авг|августа|август|серп|серпня|ağu|ağustos|أغسطس|آب|אוג|אוגוסט|ส.ค|αυγ|thg 8|tháng 8",
  "sep|sept|september|septembre|septiembre|set|setembro|settembre|wrz|września|wrzesień|září|zář|syys|сен|сент|сентября|сентябрь|вер|верес|вересня|eyl|eylül|septembrie|سبتمبر|أيلول|ספט|ספטמבר|ก.ย|σεπ|thg 9|tháng 9|szept",
  "oct|october|okt|oktober|octobre|octubre|out|outubro|ott|ottobre|paź|października|październik|říjen|října|říj|loka|окт|октября|октябрь|жовт|жовтня|eki|ekim|octombrie|أكتوبر|تشرين الأول|אוק|אוקטובר|ต.ค|οκτ|thg 10|tháng 10",
  "nov|november|novembre|noviembre|novembro|lis|listopada|listopad|listopadu|marras|ноя|нояб|ноября|ноябрь|лист|листоп|листопада|kas|kasım|noiembrie|نوفمبر|تشرين الثاني|נוב|נובמבר|พ.ย|νοε|thg 11|tháng 11",
  "dec|december|dez|dezember|déc|decembre|décembre|dic|diciembre|dezembro|dicembre|des|desember|gru|grudnia|grudzień|prosinec|prosince|pro|joulu|дек|декабря|декабрь|груд|грудня|ara|aralık|decembrie|ديسمبر|كانون الأول|דצמ|דצמבר|ธ.ค|δεκ|thg 12|tháng 12",
];

const MONTH_OF: ReadonlyMap<string, number> = new Map(
  MONTHS.flatMap((names, index) => names.split("|").map((name): [string, number] => [name, index + 1])),
);

/** The range a line states; null where the line is anything else. */
export function dateRange(line: string): DateRange | null {
  const [first = "", duration = ""] = normalDigits(line).split(/\s*[·•]\s*/);
  const dates = first.trim();
  // "… · 3 yrs" follows dates only: then a language whose months are not listed still gives its years.
  const read = /^\d/.test(duration) ? (text: string) => oneDate(text) ?? onlyYear(text) : oneDate;
  const whole = oneDate(dates);
  if (whole !== null) {
    return { start: whole, end: null, ongoing: false };
  }
  const open = /^(?:since|seit|depuis|desde|dal|sinds|od|с|от|من|منذ)\s+(.+)$/iu.exec(dates)?.[1];
  const since = open === undefined ? null : oneDate(open);
  if (since !== null) {
    return { start: since, end: null, ongoing: true };
  }
  for (const [left, right] of splits(dates)) {
    const start = read(left);
    if (start === null) {
      continue;
    }
    if (isPresent(right) || (read !== oneDate && /^[^\d–—-]{2,30}$/.test(right))) {
      return { start, end: null, ongoing: true };
    }
    const end = read(right);
    if (end !== null) {
      return { start, end, ongoing: false };
    }
  }
  return null;
}

/** The only year in a short text. */
function onlyYear(text: string): string | null {
  const years = text.match(/\d+/g)?.filter((digits) => digits.length === 4) ?? [];
  return text.length <= 24 && years.length === 1 ? year(years[0]) : null;
}

// Every place where a dash, or a word for "to", may separate two dates. `2019-05 - 2020-01` has three dashes.
function splits(text: string): [string, string][] {
  const found: [string, string][] = [];
  const separator =
    /\s+[-–—―−~]\s+|[–—―−~]|\s*-\s*|\s+(?:to|until|till|bis|à|jusqu'à|a|al|até|tot|do|до|по|til|till|إلى|حتى|至|から)\s+/giu;
  for (const match of text.matchAll(separator)) {
    found.push([text.slice(0, match.index).trim(), text.slice(match.index + match[0].length).trim()]);
  }
  return found;
}

function isPresent(text: string): boolean {
  return PRESENT.has(text.toLowerCase().replace(/[.)]$/, "").replace(/^\(/, "").trim());
}

function oneDate(text: string): string | null {
  const line = text
    .toLowerCase()
    .replace(/[,،]/g, " ")
    .replace(/\s+(?:de|del|di|of|г\.?|р\.?|года|року)(?=\s|$)/giu, " ")
    .replace(/\s+/g, " ")
    .trim();
  if (/^\d{4}$/.test(line)) {
    return year(line);
  }
  const numeric =
    /^(\d{4})[-/.](\d{1,2})(?:[-/.]\d{1,2})?$/.exec(line) ?? swapped(/^(\d{1,2})[-/.](\d{4})$/.exec(line));
  if (numeric !== null) {
    return month(numeric[1], Number(numeric[2]));
  }
  const eastern = /^(\d{4})\s*[年년]\s*(?:(\d{1,2})\s*[月월])?$/.exec(line);
  if (eastern !== null) {
    return eastern[2] === undefined ? year(eastern[1]) : month(eastern[1], Number(eastern[2]));
  }
  const worded = /^(?:\d{1,2}\.?\s+)?(\D+?(?:\s\d{1,2})?)\s*(\d{4})$/.exec(line);
  if (worded !== null) {
    return month(worded[2], monthOf(worded[1] ?? ""));
  }
  const yearFirst = /^(\d{4})\.?\s+(\D+)$/.exec(line);
  return yearFirst === null ? null : month(yearFirst[1], monthOf(yearFirst[2] ?? ""));
}

function swapped(match: RegExpExecArray | null): (string | undefined)[] | null {
  return match === null ? null : [match[0], match[2], match[1]];
}

function monthOf(word: string): number {
  const name = word.trim().replace(/\.$/, "");
  return MONTH_OF.get(name) ?? MONTH_OF.get(name.replace(/kuuta?$/, "")) ?? 0;
}

function year(text: string | undefined): string | null {
  const number = Number(text);
  return number >= 1900 && number <= 2100 ? String(number) : null;
}

function month(yearText: string | undefined, number: number): string | null {
  const of = year(yearText);
  return of !== null && number >= 1 && number <= 12 ? `${of}-${String(number).padStart(2, "0")}` : null;
}

// Arabic-Indic and Persian digits, which profile pages in those languages use.
function normalDigits(text: string): string {
  return text
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0))
    .replace(/[\u200e\u200f\u061c]/g, "");
}
