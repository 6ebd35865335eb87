//! Who is there: four people who can sign in, and the Workers of everybody.
//!
//! Knows nothing of extensions. SIDs follow from the account, so that a reset does not sign anybody out.

use serde_json::{Map, Value, json};

use super::names::full_name;
use crate::account::{Account, CREATED_AT, User, escape_identity};
use crate::taskrouter::{Activity, Worker, activities};

/// The logins of the host page: name, e-mail address, full name, role.
const LOGINS: [(&str, &str, &str, &str); 4] = [
    ("supervisor", "sofia.marin@example.com", "Sofía Marín", "supervisor"),
    ("supervisor2", "kofi.lindqvist@example.com", "Kofi Lindqvist", "supervisor"),
    ("admin", "ada.szabo@example.com", "Ada Szabó", "admin"),
    ("agent", "tomasz.zielinski@example.com", "Tomasz Zieliński", "agent"),
];

const TEAMS: [&str; 4] = ["Support", "Sales", "Billing", "Returns"];

/// A person by the login that the host page names: `supervisor`, `supervisor2`, `admin` or `agent`.
#[must_use]
pub(crate) fn user(account: &Account, login: &str) -> Option<User> {
    let (_, email, full_name, role) = LOGINS.iter().find(|(name, ..)| *name == login)?;
    Some(user_of(account, email, full_name, role))
}

fn user_of(account: &Account, email: &str, full_name: &str, role: &str) -> User {
    User {
        realm_user_id: email.to_owned(),
        full_name: full_name.to_owned(),
        roles: vec![role.to_owned()],
        worker_sid: account.sid_for("WK", email),
        flex_user_sid: account.sid_for("FU", email),
    }
}

/// `with` Workers who are to have an extension, then `without` who are not: the people who can sign in are among those.
#[must_use]
pub(crate) fn workers(account: &Account, with: usize, without: usize) -> Vec<Worker> {
    let activities = activities(account);
    let logins = LOGINS.iter().map(|(_, email, full_name, role)| user_of(account, email, full_name, role));
    let others = (0..).map(|index| {
        let email = format!("agent{:04}@example.com", index + 1);
        user_of(account, &email, &full_name(index), "agent")
    });
    let total = with + without;
    let mut workers: Vec<_> = others
        .take(total.saturating_sub(LOGINS.len()))
        .enumerate()
        .map(|(index, user)| worker(&user, index, &activities[index % activities.len()]))
        .collect();
    let available = activities.iter().find(|activity| activity.available).unwrap_or(&activities[0]);
    workers.extend(logins.enumerate().map(|(index, user)| worker(&user, index, available)));
    workers
}

fn worker(user: &User, index: usize, activity: &Activity) -> Worker {
    let identity = escape_identity(&user.realm_user_id);
    Worker {
        sid: user.worker_sid.clone(),
        attributes: attributes(user, &identity, TEAMS[index % TEAMS.len()]),
        friendly_name: identity,
        activity_sid: activity.sid.clone(),
        activity_name: activity.friendly_name.to_owned(),
        available: activity.available,
        created: CREATED_AT,
        updated: CREATED_AT,
    }
}

fn attributes(user: &User, identity: &str, team: &str) -> Map<String, Value> {
    let attributes = [
        ("full_name", json!(user.full_name)),
        ("contact_uri", json!(format!("client:{identity}"))),
        ("email", json!(user.realm_user_id)),
        ("roles", json!(user.roles)),
        ("team_name", json!(team)),
        ("routing", json!({"skills": [], "levels": {}})),
    ];
    attributes.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
