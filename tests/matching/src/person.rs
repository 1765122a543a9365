//! Who somebody is: name, life, work, and the accounts and numbers that belong to nobody else. A person is made from the
//! seed and a number and holds the truth; what Lever and the pages make of it is elsewhere.

use crate::draw::{Draw, Purpose, scramble};
use crate::employers::school;
use crate::names::{Culture, FullName};
use crate::rates::{Month, NOW, SLUG_CHANGED, month};
use crate::world::Places;

/// A job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Place in the list of employers.
    pub employer: usize,
    /// Title.
    pub title: String,
    /// First month.
    pub start: Month,
    /// Last month; none while it lasts.
    pub end: Option<Month>,
}

/// Time at a school.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schooling {
    /// School.
    pub school: &'static str,
    /// Degree.
    pub degree: &'static str,
    /// Subject.
    pub field: &'static str,
    /// First year.
    pub start: i32,
    /// Last year.
    pub end: i32,
}

/// A person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The number the person is made from.
    pub number: u64,
    /// Whether a woman.
    pub female: bool,
    /// Name.
    pub name: FullName,
    /// Year of birth.
    pub born: i32,
    /// Present city.
    pub city: usize,
    /// The city before.
    pub former_city: usize,
    /// Present family of jobs.
    pub job_family: usize,
    /// Jobs, oldest first; never empty.
    pub jobs: Vec<Job>,
    /// Schools, oldest first.
    pub schools: Vec<Schooling>,
    /// Private mailbox.
    pub email: String,
    /// An older private mailbox.
    pub second_email: String,
    /// Number in E.164.
    pub phone: String,
    /// The present slug on LinkedIn.
    pub slug: String,
    /// The slug when the record was made, where it was another.
    pub former_slug: Option<String>,
    /// LinkedIn's member id.
    pub member: u64,
    /// Login on GitHub.
    pub github: String,
    /// GitHub's id.
    pub github_id: u64,
    /// Whether the person has a page on GitHub.
    pub on_github: bool,
    /// Domain of the person's own site.
    pub domain: String,
    /// Handle on X.
    pub x_handle: String,
}

/// What is known of a person before it is made.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// Name, and whether it is a woman's.
    pub name: Option<(FullName, bool)>,
    /// Present city.
    pub city: Option<usize>,
    /// An employer of the person's life.
    pub employer: Option<usize>,
    /// Family of jobs.
    pub job_family: Option<usize>,
    /// Year of birth.
    pub born: Option<i32>,
}

/// The jobs a person had had by then, the ongoing one without an end.
#[must_use]
pub fn jobs_by(person: &Person, when: Month) -> Vec<Job> {
    person
        .jobs
        .iter()
        .filter(|job| job.start <= when)
        .map(|job| Job {
            end: job.end.filter(|end| *end <= when),
            ..job.clone()
        })
        .collect()
}

impl Person {
    /// Makes a person.
    #[must_use]
    pub fn make(places: &Places, seed: u64, number: u64, given: Given) -> Self {
        let draw = &mut Draw::new(seed, Purpose::Person, number);
        let (name, female) = given.name.unwrap_or_else(|| {
            let culture = places.names.culture(draw);
            let female = draw.chance(0.45);
            (places.names.full(culture, female, draw), female)
        });
        let home = places.names.home(name.culture, draw);
        let city = places.cities.in_country(home, draw);
        let city = given.city.unwrap_or(city);
        let country = places.cities.code_of(city);
        let former_city = if draw.chance(0.85) {
            places.cities.in_country(country, draw)
        } else {
            places.cities.in_country(places.names.home(name.culture, draw), draw)
        };
        let born = draw.between(1962, 2001);
        let born = given.born.unwrap_or(born);
        let job_family = given.job_family.unwrap_or_else(|| places.titles.family(draw));
        let jobs = career(places, born, country, job_family, given.employer, draw);
        let schools = schooling(born, country, draw);
        let accounts = Accounts::make(places, seed, number, &name, country, draw);
        Self {
            number,
            female,
            name,
            born,
            city,
            former_city,
            job_family,
            jobs,
            schools,
            email: accounts.email,
            second_email: accounts.second_email,
            phone: accounts.phone,
            slug: accounts.slug,
            former_slug: accounts.former_slug,
            member: accounts.member,
            github: accounts.github,
            github_id: accounts.github_id,
            on_github: draw.chance(places.titles.on_github(job_family)),
            domain: accounts.domain,
            x_handle: accounts.x_handle,
        }
    }

    /// The mailbox at an employer.
    #[must_use]
    pub fn corporate_email(&self, places: &Places, employer: usize) -> String {
        let (given, family) = (plain(&self.name.given), plain(&self.name.family));
        let domain = places
            .employers
            .get(employer)
            .map_or("corp.example", |employer| employer.domain.as_str());
        let initial: String = given.chars().take(1).collect();
        // A namesake among the colleagues gets a number.
        let number = self.number % 89;
        match scramble(employer as u64) % 3 {
            0 => format!("{initial}{family}{number}@{domain}"),
            1 => format!("{given}.{family}{number}@{domain}"),
            _ => format!("{given}{number}@{domain}"),
        }
    }
}

fn career(
    places: &Places,
    born: i32,
    country: &str,
    job_family: usize,
    employer: Option<usize>,
    draw: &mut Draw,
) -> Vec<Job> {
    let begin = month(born + draw.between(21, 26), draw.between(1, 12)).min(NOW - 6);
    let mut jobs: Vec<Job> = Vec::new();
    let mut at = begin;
    let mut family = if draw.chance(0.2) {
        places.titles.family(draw)
    } else {
        job_family
    };
    let usual_stay = draw.between(14, 48);
    loop {
        let years = (at - begin) / 12;
        let stay = (usual_stay + draw.between(-12, 30)).max(7);
        let last = at + stay >= NOW;
        if last {
            family = job_family;
        }
        let mut place = places.employers.near(country, draw);
        if jobs.last().is_some_and(|job| job.employer == place) && !draw.chance(0.4) {
            place = places.employers.near(country, draw);
        }
        let between_jobs = last && draw.chance(0.06) && NOW - at > 6;
        jobs.push(Job {
            employer: place,
            title: places.titles.title(family, years, draw),
            start: at,
            end: if between_jobs {
                Some(NOW - draw.between(1, 5))
            } else {
                (!last).then_some(at + stay)
            },
        });
        if last {
            break;
        }
        at += stay + if draw.chance(0.3) { draw.between(1, 6) } else { 0 };
        if at >= NOW {
            break;
        }
    }
    let skipped = jobs.len().saturating_sub(5);
    jobs.drain(..skipped);
    if let Some(employer) = employer {
        // Large employers are rather the present or the last one.
        let back = draw.below(2.min(jobs.len()));
        if let Some(job) = jobs.iter_mut().rev().nth(back) {
            job.employer = employer;
        }
    }
    jobs
}

fn schooling(born: i32, country: &str, draw: &mut Draw) -> Vec<Schooling> {
    const FIELDS: &[&str] = &[
        "Computer Science",
        "Mathematics",
        "Economics",
        "Design",
        "Physics",
        "Business Administration",
        "Electrical Engineering",
        "Psychology",
        "Communication",
        "Mechanical Engineering",
        "Biology",
        "History",
    ];
    let mut schools = Vec::new();
    let mut start = born + draw.between(18, 20);
    let field = draw.text(FIELDS);
    for degree in [
        &["BSc", "BA", "Bachelor of Science", "B.Tech"][..],
        &["MSc", "MBA", "Master of Arts", "PhD"][..],
    ] {
        if !schools.is_empty() && !draw.chance(0.35) {
            break;
        }
        let end = start + draw.between(2, 4);
        schools.push(Schooling {
            school: school(country, draw),
            degree: draw.text(degree),
            field,
            start,
            end,
        });
        start = end;
    }
    schools
}

/// In a-z and 0-9 only.
#[must_use]
pub fn plain(name: &str) -> String {
    deunicode::deunicode(name)
        .to_lowercase()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect()
}

/// A number in letters and digits, as people hang it to a name that is taken.
fn tail(mut number: u64) -> String {
    const DIGITS: &[u8; 32] = b"23456789abcdefghijkmnpqrstuvwxyz";
    let mut out = String::new();
    loop {
        out.push(
            DIGITS
                .get((number % 32) as usize)
                .map_or('2', |digit| char::from(*digit)),
        );
        number /= 32;
        if number == 0 {
            return out;
        }
    }
}

struct Accounts {
    email: String,
    second_email: String,
    phone: String,
    slug: String,
    former_slug: Option<String>,
    member: u64,
    github: String,
    github_id: u64,
    domain: String,
    x_handle: String,
}

impl Accounts {
    /// Everything here ends in something made from the number, so that no two people share it.
    fn make(places: &Places, seed: u64, number: u64, name: &FullName, country: &str, draw: &mut Draw) -> Self {
        let used = name
            .foreign_given
            .as_ref()
            .filter(|_| draw.chance(0.7))
            .unwrap_or(&name.given);
        let mut given = plain(used);
        if let Some(nickname) = places.nicknames.draw(used, draw).filter(|_| draw.chance(0.3)) {
            given = plain(nickname);
        }
        let family = plain(&name.family);
        let initial: String = given.chars().take(1).collect();
        let end = tail(number);
        let local = |draw: &mut Draw| match draw.below(6) {
            0 | 1 => format!("{given}.{family}.{end}"),
            2 => format!("{initial}{family}{end}"),
            3 => format!("{given}{family}{end}"),
            4 => format!("{family}.{given}{end}"),
            _ => format!("{given}_{end}"),
        };
        let email = format!("{}@{}", local(draw), mail_domain(country, draw));
        let second_email = format!("{}.old@{}", local(draw), mail_domain(country, draw));
        let hexadecimal = scramble(number ^ seed) & 0xffff_ffff;
        let joined = format!("{given}-{family}");
        let assigned = format!("{joined}-{hexadecimal:08x}");
        let chosen = match draw.below(5) {
            0 => format!("{given}{family}{end}"),
            1 => format!("{joined}-{end}"),
            2 => format!("{initial}{family}-{end}"),
            3 => name.native.as_ref().map_or_else(
                || format!("{joined}{end}"),
                |native| format!("{}-{}-{end}", native.given.to_lowercase(), native.family.to_lowercase()),
            ),
            _ => format!("{}-{end}", slug_with_marks(name)),
        };
        let changed = draw.chance(SLUG_CHANGED);
        let (slug, former_slug) = match (changed, draw.chance(0.6)) {
            (true, _) => (chosen, Some(assigned)),
            (false, true) => (assigned, None),
            (false, false) => (chosen, None),
        };
        let github = match draw.below(5) {
            0 => format!("{given}{family}-{end}"),
            1 => format!("{initial}{family}{end}"),
            2 => format!(
                "{}{}{end}",
                draw.text(&["quiet", "lazy", "rusty", "pixel", "null", "byte", "mono", "deep"]),
                draw.text(&["fox", "owl", "panda", "cat", "smith", "wave", "crab", "byte"])
            ),
            3 => format!("{given}-{end}"),
            _ => format!("{family}{end}"),
        };
        Self {
            email,
            second_email,
            phone: phone(country, number),
            slug,
            former_slug,
            // Kept apart: dense ids of a small world would let one typing error hit somebody.
            member: 1_000_000 + (scramble(number.wrapping_mul(3) ^ seed) % 900_000_000) * 2 + 1,
            github: github.chars().take(39).collect(),
            github_id: 1_000_000 + number * 17 + 5,
            domain: format!("{given}{family}-{end}.example"),
            x_handle: format!("{}_{end}", given.chars().take(8).collect::<String>()),
        }
    }
}

fn slug_with_marks(name: &FullName) -> String {
    format!("{}-{}", name.given, name.family)
        .to_lowercase()
        .chars()
        .map(|letter| if letter.is_alphanumeric() { letter } else { '-' })
        .collect()
}

fn mail_domain(country: &str, draw: &mut Draw) -> &'static str {
    let local: &[&str] = match country {
        "DE" | "AT" | "CH" => &["gmx.de", "web.de", "t-online.de"],
        "FR" | "BE" => &["orange.fr", "free.fr", "laposte.net"],
        "IT" => &["libero.it"],
        "PL" => &["wp.pl", "o2.pl"],
        "RU" => &["yandex.ru", "mail.ru"],
        "UA" => &["ukr.net"],
        "CN" => &["qq.com", "163.com", "126.com"],
        "KR" => &["naver.com"],
        "JP" => &["yahoo.co.jp"],
        "IN" => &["rediffmail.com"],
        "BR" => &["uol.com.br", "bol.com.br"],
        "GB" | "IE" => &["btinternet.com", "hotmail.co.uk"],
        _ => &["aol.com", "comcast.net", "yahoo.com"],
    };
    if draw.chance(0.3) {
        return draw.text(local);
    }
    draw.of_shares(
        &[
            (0.64, "gmail.com"),
            (0.10, "hotmail.com"),
            (0.09, "outlook.com"),
            (0.08, "yahoo.com"),
            (0.06, "icloud.com"),
        ],
        "proton.me",
    )
}

/// ISO code, country code and first digits; seven more follow, so that everybody has a number of their own.
const PHONES: &[(&str, &str, &str)] = &[
    ("GB", "44", "755"),
    ("IE", "353", "85"),
    ("AU", "61", "45"),
    ("IN", "91", "955"),
    ("DE", "49", "1555"),
    ("AT", "43", "655"),
    ("CH", "41", "75"),
    ("FR", "33", "65"),
    ("BE", "32", "45"),
    ("NL", "31", "65"),
    ("SE", "46", "75"),
    ("NO", "47", "4"),
    ("DK", "45", "2"),
    ("FI", "358", "45"),
    ("ES", "34", "65"),
    ("MX", "52", "555"),
    ("AR", "54", "9115"),
    ("CO", "57", "355"),
    ("CL", "56", "95"),
    ("PE", "51", "95"),
    ("BR", "55", "1195"),
    ("PT", "351", "91"),
    ("IT", "39", "355"),
    ("PL", "48", "55"),
    ("RU", "7", "955"),
    ("UA", "380", "50"),
    ("CN", "86", "1555"),
    ("HK", "852", "5"),
    ("TW", "886", "95"),
    ("SG", "65", "8"),
    ("JP", "81", "905"),
    ("KR", "82", "105"),
    ("VN", "84", "95"),
    ("AE", "971", "50"),
    ("EG", "20", "105"),
    ("LB", "961", "7"),
    ("MA", "212", "65"),
    ("SA", "966", "55"),
    ("TR", "90", "555"),
    ("NG", "234", "805"),
    ("GH", "233", "24"),
    ("RO", "40", "72"),
    ("CZ", "420", "60"),
    ("IL", "972", "50"),
];

fn phone(country: &str, number: u64) -> String {
    match PHONES.iter().find(|(code, ..)| *code == country) {
        // 7919 has no factor in common with ten: no two numbers become one.
        Some((_, code, start)) => format!("+{code}{start}{:07}", number.wrapping_mul(7_919) % 10_000_000),
        // North America: an area code, 555, and four digits.
        None => {
            let area = number / 10_000 % 340;
            format!("+1{}555{:04}", 201 + area * 2 + u64::from(area > 4), number % 10_000)
        }
    }
}

/// Whether a culture writes the family name first.
#[must_use]
pub fn is_family_first(culture: Culture) -> bool {
    matches!(
        culture,
        Culture::Chinese | Culture::Japanese | Culture::Korean | Culture::Vietnamese
    )
}
