//! Where people live, and the names that places go by: Lever's records say `San Jose, CA`, a page says
//! `San Francisco Bay Area`. Names of places are real; nobody who lives there is.

use crate::draw::{Draw, Weights};

static CITIES: &str = include_str!("../data/cities.txt");

/// A country.
#[derive(Debug)]
pub struct Country {
    /// ISO code.
    pub code: &'static str,
    /// English name.
    pub name: &'static str,
    cities: Vec<usize>,
    weights: Weights,
}

/// A city or a suburb.
#[derive(Debug)]
pub struct City {
    /// English name.
    pub name: &'static str,
    /// Name in the country's own spelling, where it differs.
    pub own_name: Option<&'static str>,
    /// State or region.
    pub region: &'static str,
    /// Place in [`Cities::countries`].
    pub country: usize,
    /// The metro as LinkedIn names it.
    pub metro: Option<&'static str>,
}

/// All places.
#[derive(Debug)]
pub struct Cities {
    /// Cities and suburbs.
    pub cities: Vec<City>,
    /// Countries.
    pub countries: Vec<Country>,
}

impl Cities {
    /// Reads the table.
    #[must_use]
    pub fn read() -> Self {
        let mut cities: Vec<City> = Vec::new();
        let mut countries: Vec<Country> = Vec::new();
        let mut inhabitants: Vec<f64> = Vec::new();
        for line in CITIES.lines().filter(|line| !line.starts_with('#')) {
            if let Some((code, name)) = line.strip_prefix('@').and_then(|line| line.split_once(' ')) {
                countries.push(Country {
                    code,
                    name,
                    cities: Vec::new(),
                    weights: Weights::default(),
                });
                continue;
            }
            let mut fields = line.split('|');
            let mut next = || fields.next().unwrap_or_default();
            let (names, region, thousands, metro, suburbs) = (next(), next(), next(), next(), next());
            let (name, own_name) = match names.split_once('=') {
                Some((name, own)) => (name, Some(own)),
                None => (names, None),
            };
            let size: f64 = thousands.parse().unwrap_or(100.0);
            let metro = Some(metro).filter(|metro| !metro.is_empty());
            let country = countries.len().saturating_sub(1);
            let suburbs: Vec<&'static str> = suburbs.split(',').filter(|suburb| !suburb.is_empty()).collect();
            let part = size * 0.5 / suburbs.len().max(1) as f64;
            let places =
                std::iter::once((name, own_name, size)).chain(suburbs.into_iter().map(|suburb| (suburb, None, part)));
            for (name, own_name, size) in places {
                cities.push(City {
                    name,
                    own_name,
                    region,
                    country,
                    metro,
                });
                // Offices are in large cities, but not in proportion to tens of millions of inhabitants.
                inhabitants.push(size.powf(0.8));
            }
        }
        for (at, country) in countries.iter_mut().enumerate() {
            country.cities = (0..cities.len())
                .filter(|city| cities.get(*city).is_some_and(|city| city.country == at))
                .collect();
            country.weights = Weights::of(
                country
                    .cities
                    .iter()
                    .map(|city| inhabitants.get(*city).copied().unwrap_or_default()),
            );
        }
        Self { cities, countries }
    }

    /// A city of the country with this code, large ones more often.
    #[must_use]
    pub fn in_country(&self, code: &str, draw: &mut Draw) -> usize {
        self.countries
            .iter()
            .find(|country| country.code == code)
            .and_then(|country| country.cities.get(country.weights.draw(draw)))
            .copied()
            .unwrap_or_default()
    }

    /// The city at a place of the table.
    #[must_use]
    pub fn city(&self, at: usize) -> Option<&City> {
        self.cities.get(at)
    }

    /// The country of a city.
    #[must_use]
    pub fn country_of(&self, city: usize) -> Option<&Country> {
        self.city(city).and_then(|city| self.countries.get(city.country))
    }

    /// The code of a city's country.
    #[must_use]
    pub fn code_of(&self, city: usize) -> &'static str {
        self.country_of(city).map(|country| country.code).unwrap_or_default()
    }

    /// As somebody types it into Lever.
    #[must_use]
    pub fn in_lever(&self, at: usize, draw: &mut Draw) -> String {
        let (Some(city), Some(country)) = (self.city(at), self.country_of(at)) else {
            return String::new();
        };
        let name = city.own_name.filter(|_| draw.chance(0.25)).unwrap_or(city.name);
        let american = country.code == "US";
        match draw.below(10) {
            0..=3 if american => format!("{name}, {}", city.region),
            0..=3 => format!("{name}, {}", country.name),
            4 | 5 => name.to_owned(),
            6 => format!(
                "{name}, {}, {}",
                city.region,
                if american { "USA" } else { country.name }
            ),
            7 => city.metro.map_or_else(|| name.to_owned(), str::to_owned),
            8 => format!("{name} {}", if american { city.region } else { country.code }),
            _ => format!("{name}, {}", country.code),
        }
    }

    /// As LinkedIn shows it.
    #[must_use]
    pub fn on_linkedin(&self, at: usize, draw: &mut Draw) -> String {
        let (Some(city), Some(country)) = (self.city(at), self.country_of(at)) else {
            return String::new();
        };
        match (city.metro, draw.below(20)) {
            (_, 0) => country.name.to_owned(),
            (Some(metro), 1..=9) => metro.to_owned(),
            _ => format!("{}, {}, {}", city.name, city.region, country.name),
        }
    }

    /// As people write it on a page of their own.
    #[must_use]
    pub fn written_freely(&self, at: usize, draw: &mut Draw) -> String {
        let (Some(city), Some(country)) = (self.city(at), self.country_of(at)) else {
            return String::new();
        };
        let short = match city.name {
            "New York" => "NYC",
            "San Francisco" => "SF Bay Area",
            "Los Angeles" => "LA",
            name => name,
        };
        match draw.below(8) {
            0 => short.to_owned(),
            1 => country.name.to_owned(),
            2 | 3 => city.own_name.unwrap_or(city.name).to_owned(),
            4 if country.code == "US" => format!("{}, {}", city.name, city.region),
            5 => "Remote".to_owned(),
            _ => format!("{}, {}", city.name, country.name),
        }
    }
}
