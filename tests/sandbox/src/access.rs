//! Who may do what: API keys with their permissions, and the tokens that OAuth gave out (lever-api §1.2, §1.3, §5).
//!
//! Keys and tokens are secrets even here: nothing prints them but the one line that says the sandbox is ready.

use std::collections::{HashMap, HashSet};
use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Deserializer};
use thiserror::Error;

/// An API key. Its text is only given out where a client needs it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ApiKey(String);

impl ApiKey {
    /// A key of this text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text a client sends.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ApiKey(…)")
    }
}

impl<'de> Deserialize<'de> for ApiKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self)
    }
}

/// A permission: the name of one endpoint, in which every `:name` part counts as the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Permission(String);

/// A permission that is not a method and a path.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0:?} is not a permission: write a method and a path, such as \"POST /opportunities\"")]
pub struct NotAPermission(String);

impl Permission {
    /// Reads `METHOD /path/:part`.
    ///
    /// # Errors
    /// When it is not a method and a path.
    pub fn parse(text: &str) -> Result<Self, NotAPermission> {
        let not = || NotAPermission(text.to_owned());
        let (method, path) = text.trim().split_once(' ').ok_or_else(not)?;
        let path = path.trim();
        let known = matches!(
            method.to_ascii_uppercase().as_str(),
            "GET" | "POST" | "PUT" | "PATCH" | "DELETE"
        );
        if !known || !path.starts_with('/') {
            return Err(not());
        }
        let path = path
            .strip_prefix("/v1/")
            .map_or(path.to_owned(), |rest| format!("/{rest}"));
        let parts: Vec<&str> = path
            .split('/')
            .map(|part| if part.starts_with(':') { ":" } else { part })
            .collect();
        Ok(Self(format!("{} {}", method.to_ascii_uppercase(), parts.join("/"))))
    }
}

/// Which endpoints a key may use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Permissions {
    /// Every endpoint.
    All,
    /// Every endpoint but these.
    AllBut(HashSet<Permission>),
    /// These only.
    Only(HashSet<Permission>),
    /// Those of the OAuth scopes, without `:admin`.
    Scopes(HashSet<String>),
}

impl Permissions {
    /// From a list of names; no list means everything.
    ///
    /// # Errors
    /// When a name is not a permission.
    pub fn from_names(names: Option<&[String]>) -> Result<Self, NotAPermission> {
        match names {
            None => Ok(Self::All),
            Some(names) => names
                .iter()
                .map(|name| Permission::parse(name))
                .collect::<Result<_, _>>()
                .map(Self::Only),
        }
    }

    /// Whether an endpoint may be used. `name` is the endpoint's, `scope` its OAuth scope without `:admin`.
    #[must_use]
    pub fn allow(&self, name: &str, scope: &str) -> bool {
        match self {
            Self::All => true,
            Self::AllBut(permissions) => {
                Permission::parse(name).is_ok_and(|permission| !permissions.contains(&permission))
            }
            Self::Only(permissions) => {
                let ticked = |name| Permission::parse(name).is_ok_and(|permission| permissions.contains(&permission));
                // One box grants both (lever-api §5, "Apply to a posting").
                ticked(name) || (name == "POST /uploads" && ticked("POST /postings/:id/apply"))
            }
            Self::Scopes(scopes) => {
                // Write includes read (lever-api §1.4).
                let write = scope.replace(":read", ":write");
                scopes.contains(scope) || scopes.contains(&write)
            }
        }
    }
}

/// Whether a key sees confidential data; settled when the key is made (lever-api §1.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConfidentialAccess {
    /// Sees it.
    Granted,
    /// Does not.
    Denied,
}

/// What one key may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Endpoints.
    pub permissions: Permissions,
    /// Confidential data.
    pub confidential: ConfidentialAccess,
}

impl Grant {
    /// Everything.
    #[must_use]
    pub const fn everything() -> Self {
        Self {
            permissions: Permissions::All,
            confidential: ConfidentialAccess::Granted,
        }
    }
}

/// One entry of the file given with `--keys`.
#[derive(Debug, Clone, Deserialize)]
pub struct KeyEntry {
    /// The key.
    pub key: ApiKey,
    /// Endpoint names; left out or null: all.
    #[serde(default)]
    pub permissions: Option<Vec<String>>,
    /// Confidential access.
    #[serde(default)]
    pub confidential: bool,
}

impl KeyEntry {
    /// What the key may do.
    ///
    /// # Errors
    /// When a name is not a permission.
    pub fn grant(&self) -> Result<Grant, NotAPermission> {
        Ok(Grant {
            permissions: Permissions::from_names(self.permissions.as_deref())?,
            confidential: if self.confidential {
                ConfidentialAccess::Granted
            } else {
                ConfidentialAccess::Denied
            },
        })
    }
}

/// All keys of the account.
#[derive(Debug, Clone, Default)]
pub struct Keys {
    grants: HashMap<ApiKey, Grant>,
}

impl Keys {
    /// Adds or changes a key.
    pub fn set(&mut self, key: ApiKey, grant: Grant) {
        self.grants.insert(key, grant);
    }

    /// What a key may do; `None` for an unknown one.
    #[must_use]
    pub fn grant(&self, key: &ApiKey) -> Option<&Grant> {
        self.grants.get(key)
    }

    /// Changes the permissions of a known key.
    pub fn set_permissions(&mut self, key: &ApiKey, permissions: Permissions) -> Option<()> {
        self.grants.get_mut(key).map(|grant| grant.permissions = permissions)
    }

    /// Takes one endpoint from a known key.
    pub fn withdraw(&mut self, key: &ApiKey, permission: Permission) -> Option<()> {
        let grant = self.grants.get_mut(key)?;
        match &mut grant.permissions {
            Permissions::All => grant.permissions = Permissions::AllBut(HashSet::from([permission])),
            Permissions::AllBut(permissions) => {
                permissions.insert(permission);
            }
            Permissions::Only(permissions) => {
                permissions.remove(&permission);
            }
            // Keys are given endpoints; only tokens have scopes.
            Permissions::Scopes(_) => {}
        }
        Some(())
    }

    /// Switches a key off.
    pub fn revoke(&mut self, key: &ApiKey) -> Option<()> {
        self.grants.remove(key).map(|_| ())
    }
}

/// What a request brought to show who is asking.
#[derive(Clone, PartialEq, Eq)]
pub enum Credential {
    /// HTTP Basic with the key as user name and an empty password (lever-api §1.2).
    Key(ApiKey),
    /// An OAuth access token.
    Bearer(String),
}

impl fmt::Debug for Credential {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Key(_) => "Key(…)",
            Self::Bearer(_) => "Bearer(…)",
        })
    }
}

impl Credential {
    /// Reads an `Authorization` header; `None` when it is neither form.
    #[must_use]
    pub fn from_header(header: &str) -> Option<Self> {
        let (scheme, rest) = header.split_once(' ')?;
        let rest = rest.trim();
        if scheme.eq_ignore_ascii_case("bearer") {
            return Some(Self::Bearer(rest.to_owned()));
        }
        if !scheme.eq_ignore_ascii_case("basic") {
            return None;
        }
        let decoded = String::from_utf8(STANDARD.decode(rest).ok()?).ok()?;
        let (key, password) = decoded.split_once(':')?;
        password.is_empty().then(|| Self::Key(ApiKey::new(key)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_names_of_path_parts_do_not_matter() {
        let same = [
            "GET /opportunities/:id/notes/:note",
            "get /opportunities/:opportunity/notes/:n",
        ];
        let [a, b] = same.map(|name| Permission::parse(name).unwrap());
        assert_eq!(a, b);
        assert_eq!(Permission::parse("GET /v1/users"), Permission::parse("GET /users"));
        for wrong in ["", "GET", "/users", "LOOK /users", "GET users"] {
            assert!(Permission::parse(wrong).is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn no_header_makes_the_reader_panic(header in any::<String>()) {
            let _ = Credential::from_header(&header);
            let _ = Credential::from_header(&format!("Basic {header}"));
            let _ = Permission::parse(&header);
        }
    }

    #[test]
    fn keys_are_not_shown() {
        let key = ApiKey::new("secret-key");
        assert!(!format!("{key:?} {:?}", Credential::Key(key.clone())).contains("secret-key"));
    }
}
