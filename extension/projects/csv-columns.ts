/**
 * What a column of a table of people is taken for, by its header alone: the words that people and other programs use, as a whole,
 * never a part of one ("Owner Email" is not the person's). What is not here is named to the recruiter and not used.
 *
 * Besides everyday words: LinkedIn's connections ("First Name, Last Name, URL, Email Address, Company, Position") and Recruiter's export
 * ("Headline, Current Title, Current Company, Profile URL"), Google's contacts ("E-mail 1 - Value, Organization Title"), and the headers
 * that Lever's and SeekOut's exports are publicly shown with ("Candidate Name", "LinkedIn URL", "Personal Email").
 */

export type CsvField =
  | "name"
  | "first_name"
  | "middle_name"
  | "last_name"
  | "email"
  | "phone"
  | "link"
  | "company"
  | "title"
  | "location"
  | "city"
  | "region"
  | "country"
  | "headline"
  | "school"
  | "degree"
  | "field_of_study";

const WORDS: Record<CsvField, string> = {
  name: `name | names | full name | fullname | candidate | display name | first and last name | vollstandiger name | vor und nachname
    | nom complet | nom et prenom | nombre completo | nombre y apellidos | nome completo | volledige naam | imie i nazwisko`,
  first_name:
    "first name | firstname | first | given name | forename | vorname | prenom | nombre | nome | voornaam | imie",
  middle_name: "middle name | middle | additional name | middle initial",
  last_name: `last name | lastname | last | surname | family name | nachname | familienname | nom | nom de famille | apellido
    | apellidos | cognome | sobrenome | achternaam | nazwisko`,
  email: `email | emails | e mail | e mails | mail | email address | email addresses | e mail address | e mail addresses | e mail value
    | email value | email id | adresse e mail | adresse email | courriel | correo | correo electronico | e mail adresse | email adresse
    | mailadresse | indirizzo email | endereco de email`,
  phone: `phone | phones | phone number | phone numbers | phone value | telephone | telephone number | tel | mobile | mobile phone
    | mobile number | cell | cell phone | cell number | direct phone | telefon | telefonnummer | handy | mobil | portable
    | telefono | telefone | celular | telefoon | telefoonnummer | numer telefonu`,
  // Not "Website", "Facebook" or "Twitter": in tables of sales tools these are the employer's, and all who work there would share them.
  link: `link | links | url | urls | profile | profiles | profile url | profile link | profile urls | public profile | public profile url
    | linkedin | linkedin url | linkedin link | linkedin profile | linkedin profile url | linkedin profile link | linkedin public url
    | linkedin public profile | linkedin public profile url | public linkedin url | github | github url | github link | github profile
    | github profile url | stack overflow | stackoverflow | stackoverflow url | stack overflow url | dribbble | dribbble url
    | behance | behance url | personal website | personal url | portfolio | portfolio url | personal blog | social links
    | social profiles | other links | other link | additional links`,
  company: `company | company name | employer | employer name | organization | organisation | organization name | organisation name
    | most recent company | latest company | present company | firma | unternehmen | arbeitgeber | entreprise | societe | employeur
    | empresa | azienda | societa | bedrijf | werkgever | pracodawca`,
  title: `title | job title | jobtitle | position | role | occupation | designation | most recent title | latest title
    | organization title | organisation title | position title | job position | stelle | beruf | berufsbezeichnung | jobtitel
    | poste | intitule du poste | puesto | cargo | posizione | ruolo | functie | functietitel | stanowisko`,
  location: `location | locations | geo | geography | geo location | address | formatted address | residence | lives in | based in | place
    | standort | wohnort | ort | lieu | localisation | ubicacion | localizacao | localita | locatie | woonplaats | lokalizacja`,
  city: "city | town | stadt | ville | ciudad | cidade | citta | stad | miasto",
  region: "state | region | province | state province | state region | bundesland | provincia | estado | wojewodztwo",
  country: "country | country region | land | pays | pais | paese | kraj",
  headline: "headline | linkedin headline | tagline | profile headline",
  school: `school | schools | school name | university | college | college university | institution | alma mater | most recent school
    | latest school | universitat | hochschule | ecole | universite | universidad | universidade | universita
    | universiteit | uczelnia`,
  degree: "degree | degree name | highest degree | abschluss | diplome | titulo | titolo di studio",
  field_of_study: "field of study | major | fields of study | studienfach | domaine d etudes",
};

const FIELDS: ReadonlyMap<string, CsvField> = new Map(
  (Object.entries(WORDS) as [CsvField, string][]).flatMap(([field, words]) =>
    words.split("|").map((word): [string, CsvField] => [word.trim().replace(/\s+/gu, " "), field]),
  ),
);

/** Whose: the person's own. What stands behind it is looked up once more. */
const OWN = /^(?:candidate|contact|person|prospect|lead|member|current|profile|applicant|connection) (?=.)/u;
/** Which of several emails and phones. */
const WHICH =
  /^(?:primary|personal|private|work|business|professional|corporate|home|other|secondary|alternate|additional|all|verified) (?=.)/u;

/** The field that the header names; null where it names none. */
export function csvField(header: string): CsvField | null {
  const words = plain(header);
  const own = words.replace(OWN, "");
  const known = FIELDS.get(words) ?? FIELDS.get(own);
  if (known !== undefined) {
    return known;
  }
  const reached = FIELDS.get(own.replace(WHICH, ""));
  return reached === "email" || reached === "phone" ? reached : null;
}

/** Small letters without marks, numbers and what stands in brackets: "E-mail 2 (work)" → "e mail". */
function plain(header: string): string {
  return header
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/ł/gu, "l")
    .replace(/ß/gu, "ss")
    .replace(/\([^)]*\)|\[[^\]]*\]/gu, " ")
    .replace(/[^\p{L}]+/gu, " ")
    .trim();
}
