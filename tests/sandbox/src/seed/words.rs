//! Words the invented account is made of: employers, titles, schools, sources, tags, notes.

/// Employers, large ones first.
pub const EMPLOYERS: &[&str] = &[
    "Harbor Labs",
    "Quarry & Co",
    "Northwind Analytics",
    "Bluefin Systems",
    "Lumen Freight",
    "Tidewater Health",
    "Cobalt Bank",
    "Marigold Media",
    "Ironwood Robotics",
    "Paperplane Software GmbH",
    "Sable Energy",
    "Vantage Orchard",
    "Kestrel Aerospace",
    "Juniper Retail Group",
    "Halcyon Games",
    "Brightwater Insurance",
    "Fjord Mobility AB",
    "Sunstone Solar, Inc.",
    "Meridian Logistics Ltd",
    "Copperline Telecom",
    "Atlas Grocers",
    "Foxglove Studio",
    "Redwood Ledger",
    "Polar Cloud",
    "Saffron Kitchens",
    "Granite Security",
    "Ostrava Motors",
    "Willow Education",
    "Zephyr Airlines",
    "Cascade Biotech",
    "Lantern AI",
    "Obsidian Capital",
    "Pebble Payments",
    "Riverstone Consulting",
    "Sakura Systems 株式会社",
    "Tamarind Foods Pvt. Ltd.",
    "Umbra Design",
    "Verdant Farms",
    "Weaver & Sons",
    "Yellowbrick Real Estate",
    "Acorn Ventures",
    "Beacon Hospital",
    "Cinder Labs",
    "Delta Loom",
    "Ember Mobility",
    "Falcon Freightways",
    "Glasshouse Media",
    "Hollow Creek Brewing",
    "Indigo Mapping",
    "Jetty Software",
];

/// Job titles by family.
pub const TITLES: &[&str] = &[
    "Software Engineer",
    "Senior Software Engineer",
    "Data Engineer",
    "Data Scientist",
    "Product Manager",
    "Product Designer",
    "Engineering Manager",
    "Site Reliability Engineer",
    "Account Executive",
    "Recruiter",
    "Marketing Manager",
    "Financial Analyst",
    "Customer Success Manager",
    "QA Engineer",
    "Security Engineer",
    "UX Researcher",
    "Technical Writer",
    "Operations Lead",
    "Staff Engineer",
    "Machine Learning Engineer",
    "Frontend Developer",
    "Backend Developer",
    "DevOps Engineer",
    "Sales Manager",
    "Office Manager",
];

/// Schools.
pub const SCHOOLS: &[&str] = &[
    "University of Northmoor",
    "Technische Hochschule Elbtal",
    "Westlake Institute of Technology",
    "Universidad del Río",
    "École de Montclair",
    "Politechnika Nadmorska",
    "Kaveri Institute of Technology",
    "St. Brendan's College",
    "Harmattan University",
    "Fuyama University",
    "Lakeshore State University",
];

/// Degrees.
pub const DEGREES: &[&str] = &["BSc", "MSc", "Bachelor of Arts", "B.Tech", "MBA", "PhD", ""];

/// Subjects.
pub const SUBJECTS: &[&str] = &[
    "Computer Science",
    "Mathematics",
    "Economics",
    "Design",
    "Physics",
    "Business",
    "Electrical Engineering",
];

/// Sources Lever fills by itself, and some typed ones (lever-api §3.6).
pub const SOURCES: &[&str] = &[
    "LinkedIn",
    "Added manually",
    "Referral",
    "GitHub",
    "Extension",
    "Email Lead",
    "AngelList",
    "Meetup",
    "Newsletter",
    "Career fair 2025",
    "🌱 Community",
];

/// Tags made by hand. `Full-time` and `Full-Time` coexist in real accounts (lever-api §3.6).
pub const HAND_TAGS: &[&str] = &[
    "silver medalist",
    "Rust",
    "Python",
    "Kubernetes",
    "relocation",
    "remote only",
    "do not contact",
    "boomerang",
    "Full-Time",
    "2025 outreach",
    "🔥 hot",
    "speaks German",
    "referral bonus",
    "Figma",
    "Team lead",
    "visa needed",
];

/// Comments on people.
pub const COMMENTS: &[&str] = &[
    "Good call, wants to hear back in spring.",
    "Asked about the salary range; sent it.",
    "Strong on systems, less on product.",
    "No answer after the second mail.",
    "Met at the meetup, very curious.",
    "Prefers to stay in the city.",
    "Referred by a former colleague.",
    "Notice period of three months.",
    "Needs a visa, otherwise a fit.",
    "Reads well; schedule the onsite.",
];

/// Mail domains that are reserved for examples (RFC 2606).
pub const MAIL_DOMAINS: &[&str] = &["example.org", "example.com", "example.net"];

/// Texts that people wrongly put after a name.
pub const NAME_REMARKS: &[&str] = &[" - REJECTED", " (she/her)", ", PhD", " | Data", " 🚀", " (referral)"];
