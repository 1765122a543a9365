//! The audit log, told from what the account knows of its users and of the key the API is used with: a log of its own
//! would only say the same again.

use super::Account;
use crate::ids::{Kind, UserNumber};
use crate::model::audit_event::{AuditEvent, AuditType};

/// Events of one user.
const EVENTS_PER_USER: u32 = 2;

impl Account {
    /// All events, in no order.
    #[must_use]
    pub fn audit_events(&self) -> Vec<AuditEvent<'_>> {
        let id = |number| self.ids.make(Kind::AuditEvent, number).to_string();
        // The first user made the others; nobody made the first.
        let first = self.company.user(UserNumber(0));
        let mut events = Vec::new();
        for (number, user) in (0_u32..).zip(self.company.users.iter()) {
            let event = |place: u32, kind, at| AuditEvent {
                id: id(number.saturating_mul(EVENTS_PER_USER).saturating_add(place)),
                created_at: at,
                kind,
                user: first.filter(|_| number > 0),
                target_id: &user.id,
                target_label: &user.name,
            };
            events.push(event(0, AuditType::UserAdded, user.created_at));
            events.extend(user.deactivated_at.map(|at| event(1, AuditType::UserDeactivated, at)));
        }
        if let Some(first) = first {
            events.push(AuditEvent {
                id: id(u32::MAX),
                created_at: first.created_at.plus(1_000),
                kind: AuditType::KeyAdded,
                user: Some(first),
                target_id: "key-1",
                target_label: "Recruiting tools",
            });
        }
        events
    }
}
