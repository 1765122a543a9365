/** Words by which resumes tell their parts, in the languages they come in. Lists only: what is done with them is elsewhere. */

export type SectionKind = "about" | "contact" | "experience" | "education" | "references" | "other";

const HEADINGS: Record<SectionKind, string> = {
  about:
    "summary|professional summary|executive summary|profile|professional profile|about|about me|objective|career objective|personal statement|" +
    "profil|über mich|kurzprofil|zusammenfassung|à propos|résumé professionnel|perfil|perfil profesional|sobre mí|resumen|sobre mim|resumo|profilo|profiel|samenvatting|o mnie|podsumowanie|podsumowanie zawodowe|profil zawodowy|自己pr|个人简介|自我评价",
  contact:
    "contact|contact details|contact information|contact me|personal details|personal information|personal data|details|kontakt|kontaktdaten|persönliche daten|coordonnées|contacto|datos personales|contato|dados pessoais|contatti|dati personali|" +
    "contactgegevens|persoonlijke gegevens|persoonsgegevens|dane kontaktowe|dane osobowe|联系方式|連絡先",
  experience:
    "experience|work experience|professional experience|relevant experience|employment|employment history|work history|career history|career|professional background|experience highlights|" +
    "berufserfahrung|beruflicher werdegang|berufliche laufbahn|werdegang|berufspraxis|expérience|expériences|expérience professionnelle|expériences professionnelles|parcours professionnel|" +
    "experiencia|experiencia laboral|experiencia profesional|experiência|experiência profissional|esperienza|esperienze|esperienza professionale|esperienze professionali|esperienze lavorative|esperienza lavorativa|" +
    "werkervaring|ervaring|doświadczenie|doświadczenie zawodowe|przebieg kariery|опыт работы|工作经历|工作經歷|職歴|職務経歴|경력",
  education:
    "education|academic background|academic education|education and training|qualifications|academic qualifications|ausbildung|bildung|bildungsweg|studium|schulbildung|akademischer werdegang|" +
    "formation|formations|études|diplômes|educación|formación|formación académica|estudios|educação|formação|formação académica|formação acadêmica|istruzione|istruzione e formazione|formazione|" +
    "opleiding|opleidingen|wykształcenie|edukacja|образование|教育经历|教育背景|学歴|학력",
  references:
    "references|referees|reference|references available on request|referenzen|références|referencias|referências|referenze|referenties|referencje",
  other:
    "skills|key skills|technical skills|core competencies|competencies|expertise|technologies|tools|languages|interests|hobbies|projects|personal projects|selected projects|publications|certifications|certificates|courses|awards|honors|honours|volunteering|volunteer experience|memberships|patents|talks|achievements|training|additional information|" +
    "kenntnisse|fähigkeiten|edv-kenntnisse|sprachen|sprachkenntnisse|interessen|projekte|zertifikate|weiterbildung|weiterbildungen|auszeichnungen|ehrenamt|compétences|langues|centres d'intérêt|loisirs|projets|certificats|" +
    "habilidades|competencias|idiomas|intereses|proyectos|certificaciones|competências|interesses|projetos|certificações|competenze|lingue|interessi|progetti|certificazioni|vaardigheden|talen|interesses|projecten|certificaten|" +
    "umiejętności|języki|zainteresowania|projekty|certyfikaty|kursy|навыки|языки|技能|语言|資格|スキル",
};

const KIND_OF: ReadonlyMap<string, SectionKind> = new Map(
  (Object.entries(HEADINGS) as [SectionKind, string][]).flatMap(([kind, words]) =>
    words.split("|").map((word): [string, SectionKind] => [word, kind]),
  ),
);

/** What a line is the heading of; null where it is none. */
export function headingKind(line: string): SectionKind | null {
  const word = line
    .toLowerCase()
    .replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "")
    .replace(/\s+/gu, " ")
    .replace(/\s*&\s*/gu, " and ");
  if (word.length > 48) {
    return null;
  }
  const [first = ""] = word.split(/ and | und | et | y | e | i /u);
  return KIND_OF.get(word) ?? KIND_OF.get(first) ?? null;
}

/** What a resume calls itself, which is nobody's name. */
export const DOCUMENT_TITLE =
  /^(?:curriculum(?:\s+vitae)?|c\.?v\.?|r[eé]sum[eé]|lebenslauf|bewerbung|hoja de vida|curr[ií]culo?|curriculum vitæ|życiorys|zyciorys|履歴書|職務経歴書|简历|個人簡歷|이력서|резюме)(?:\s*(?:of|von|de|di|van|[:–—|-])\s*)?/iu;

const JOB_WORDS =
  "engineer|engineering|developer|programmer|architect|manager|director|head|lead|leader|chief|officer|c[etfo]o|vp|president|analyst|scientist|researcher|designer|consultant|advisor|adviser|specialist|coordinator|administrator|assistant|associate|intern|trainee|apprentice|teacher|lecturer|professor|nurse|physician|accountant|auditor|controller|buyer|planner|recruiter|sourcer|executive|representative|agent|technician|mechanic|electrician|operator|supervisor|foreman|editor|writer|journalist|translator|lawyer|attorney|paralegal|clerk|cashier|driver|chef|cook|founder|co-founder|owner|partner|freelancer?|contractor|tester|strategist|marketer|producer|product owner|scrum master|student|postdoc|fellow|" +
  "ingenieur(?:in)?|entwickler(?:in)?|softwareentwickler(?:in)?|leiter(?:in)?|teamleiter(?:in)?|berater(?:in)?|geschäftsführer(?:in)?|sachbearbeiter(?:in)?|werkstudent(?:in)?|praktikant(?:in)?|mitarbeiter(?:in)?|referent(?:in)?|" +
  "ingénieure?|développeu(?:r|se)|chef de projet|chargée? de|responsable|directeur|directrice|stagiaire|comptable|conseiller|conseillère|" +
  "ingenier[oa]|desarrollador(?:a)?|director(?:a)?|gerente|jef[ea]|analista|consultor(?:a)?|becari[oa]|engenheir[oa]|desenvolvedor(?:a)?|estagiári[oa]|coordenador(?:a)?|" +
  "ingegnere|sviluppatore|sviluppatrice|direttore|direttrice|impiegat[oa]|tirocinante|ontwikkelaar|adviseur|medewerker|stagiair|inżynier|programist(?:a|ka)|kierownik|specjalist(?:a|ka)|analityk|dyrektor|stażyst(?:a|ka)";

/** A word that titles of jobs have and names of people and employers hardly do. */
export const JOB_WORD = new RegExp(`(?:^|[\\s/(-])(?:${JOB_WORDS})(?:$|[\\s,/).:;–—-])`, "iu");

/** What names of employers have. */
export const COMPANY_WORD =
  /(?:^|[\s(])(?:inc|llc|ltd|plc|corp|corporation|company|co|gmbh|ag|se|kg|ug|e\.?v|s\.?a\.?s?|s\.?r\.?l|s\.?l|b\.?v|n\.?v|oy|ab|as|a\/s|sp\.? z o\.?o|s\.?p\.?a|pty|group|holdings?|labs?|studios?|solutions|systems|technologies|software|consulting|partners|bank|agency|foundation|institute|hospital|clinic|ministry)\.?(?:$|[\s,)])/iu;

export const SCHOOL_WORD =
  /universi|uniwersytet|université|universität|college|school|schule|hochschule|gymnasium|lycée|liceum|polytechni|politechni|politécnic|politecnico|institut|akadem|academy|académie|academia|facult|fakult|école|escuela|escola|scuola|eth |mit\b|大学|大學|대학교|университет/iu;

export const DEGREE_WORD =
  /(?:^|[\s,(])(?:b\.?\s?sc|m\.?\s?sc|b\.?a|m\.?a|b\.?eng|m\.?eng|b\.?s|m\.?s|mba|ph\.?\s?d|dr|dphil|ll\.?[bm]|b\.?ed|b\.?tech|m\.?tech|associate degree|bachelor\p{L}*|master\p{L}*|magister|inżynier|licencjat|doktor\p{L}*|doctor\p{L}*|diplom\p{L}*|abitur|matura|baccalauréat|licence|maîtrise|licenciatura|licenciad[oa]|grado|máster|mestrado|laurea|ingeniero|staatsexamen|high school diploma|a-levels|gcse)\.?(?:$|[\s,.)('’])/iu;

const NAMED_IN = ["en", "de", "fr", "es", "it", "pt", "nl", "pl"];
let countries: ReadonlySet<string> | undefined;

/** Whether a text is a country's name, or what stands in its place in an address: "CA", "England". */
export function isCountry(text: string): boolean {
  countries ??= countryNames();
  return /^[A-Z]{2}$/u.test(text) || countries.has(text.toLowerCase());
}

/** As the browser knows them, in the languages of most resumes. */
function countryNames(): Set<string> {
  const names = new Set([
    "england",
    "scotland",
    "wales",
    "northern ireland",
    "usa",
    "uk",
    "u.s.a.",
    "uae",
    "holland",
    "czech republic",
  ]);
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  for (const language of NAMED_IN) {
    const display = new Intl.DisplayNames([language], { type: "region", fallback: "none" });
    for (const code of letters.flatMap((first) => letters.map((second) => first + second))) {
      const name = display.of(code);
      if (name !== undefined) {
        names.add(name.toLowerCase());
      }
    }
  }
  return names;
}
