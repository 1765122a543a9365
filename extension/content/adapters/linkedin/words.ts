/**
 * The few translated words a reader needs. Owners and fields are decided by addresses and attributes; words only find a
 * section without a key, tell pronouns from a headline, and a phone row from a chat handle.
 */

export const EXPERIENCE: ReadonlySet<string> = new Set(
  "experience|berufserfahrung|expérience|experiencia|experiência|esperienza|ervaring|doświadczenie|erfarenhet|erfaring|työkokemus|zkušenosti|pracovní zkušenosti|tapasztalat|experiență|опыт работы|досвід|deneyim|الخبرة|خبرات|الخبرات|ניסיון|工作经历|經歷|経験|職歴|경력|ประสบการณ์|kinh nghiệm|pengalaman".split(
    "|",
  ),
);

export const EDUCATION: ReadonlySet<string> = new Set(
  "education|ausbildung|bildung|formation|educación|formação acadêmica|formação|educação|formazione|opleiding|wykształcenie|utbildning|utdanning|uddannelse|koulutus|vzdělání|tanulmányok|educație|образование|освіта|eğitim|التعليم|השכלה|教育经历|學歷|学歴|학력|การศึกษา|học vấn|pendidikan".split(
    "|",
  ),
);

const PRONOUNS: ReadonlySet<string> = new Set(
  "he|him|his|she|her|hers|they|them|theirs|ze|zir|xe|xem|er|ihm|ihn|sie|ihr|dey|il|lui|elle|iel|el|él|ella|elle|ele|dele|ela|dela|elu|lui|lei|on|jego|ona|jej|han|ham|hon|henne|hen|hän|hij|hem|zij|haar|hun|o|она|её|он|его|any".split(
    "|",
  ),
);

/** "She/Her", "he/him/his", "(They/Them)". */
export function isPronouns(text: string): boolean {
  const parts = text.replace(/^\(|\)$/g, "").split("/");
  return parts.length >= 2 && parts.every((part) => PRONOUNS.has(part.trim().toLowerCase()));
}

const PHONE =
  /^(?:phone|mobile|telefon|handy|téléphone|teléfono|telefone|telefono|telefoon|puhelin|телефон|הטלפון|טלפון|هاتف|الهاتف|电话|電話|전화|โทรศัพท์|điện thoại|telepon)/i;

export function isPhoneLabel(text: string): boolean {
  return PHONE.test(text.trim());
}
