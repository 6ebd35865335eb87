//! Which way rooms may know each other: a table for each crate in which calls go down.
//!
//! Knows the rooms directly below a `src`; what is inside one of them goes by the rule about circles alone.

use crate::modules::Crate;
use crate::rooms::known_below_the_root;

/// The rule, as ARCHITECTURE.md states it.
pub(crate) const SENTENCE: &str = "3. Calls go down";

/// The rooms of a crate. A row knows the rows before it, and the rooms in it know nothing of each other.
pub(crate) struct Layers {
    /// The file of the crate's root.
    pub(crate) root: &'static str,
    /// The lowest first.
    pub(crate) rows: &'static [&'static [&'static str]],
    /// Which room knows another one of its row, nevertheless.
    pub(crate) within_a_row: &'static [(&'static str, &'static str)],
    /// A file that breaks it, and what is said of it.
    pub(crate) offender: (&'static str, &'static str, &'static str),
}

/// The crates that have such a table.
pub(crate) const LAYERS: &[Layers] = &[
    Layers {
        root: "server/src/lib.rs",
        rows: &[
            &["home", "secret", "strings"],
            &["twilio"],
            &["bundled_asset", "config"],
            &["base"],
            &["auth", "directory"],
            &["lookup", "publish"],
            &["error"],
            &["app", "commands", "routes"],
        ],
        // In one row, so that only the binary uses `commands`, and `commands` no `app`.
        within_a_row: &[("routes", "app")],
        offender: ("server/src/base.rs", "use crate::publish::lock;", "base -> publish"),
    },
    Layers {
        root: "plugin/src/lib.rs",
        rows: &[
            &["model"],
            &["burst", "signals", "strings"],
            &["flex"],
            &["backend", "draft_connection", "runtime", "view"],
            &["app"],
        ],
        // In one row, so that the view knows nothing of what is sent, and the runtime nothing of how things look.
        within_a_row: &[("runtime", "backend"), ("runtime", "draft_connection")],
        offender: ("plugin/src/view.rs", "use crate::backend::Backend;", "view -> backend"),
    },
    Layers {
        root: "emulator/src/lib.rs",
        rows: &[
            &["clock", "connections", "sid", "store", "worker_events"],
            &["account", "proxy", "records", "rest", "sync"],
            &["pages", "traffic"],
            &["state"],
            &["resource"],
            &[
                "account_api",
                "flex",
                "iam",
                "plugin_service",
                "serverless",
                "studio",
                "sync_rest",
                "taskrouter",
                "twilsock",
            ],
            &["demo"],
            &["control"],
            &["start"],
        ],
        within_a_row: &[
            ("flex", "plugin_service"),
            ("flex", "serverless"),
            ("flex", "taskrouter"),
            ("twilsock", "flex"),
            ("twilsock", "taskrouter"),
        ],
        offender: ("emulator/src/proxy.rs", "use crate::studio::FLOW;", "proxy -> studio"),
    },
];

impl Layers {
    /// The imports that lead up or sideways.
    pub(crate) fn offences(&self, of: &Crate) -> Vec<String> {
        let is_allowed =
            |from: &str, to: &str| self.row(to) < self.row(from) || self.within_a_row.contains(&(from, to));
        let known = known_below_the_root(of).into_iter();
        known.filter(|known| !is_allowed(&known.from, &known.to)).map(|known| known.to_string()).collect()
    }

    /// What the table and the crate do not have in common: rooms, and exceptions that nobody needs any more.
    pub(crate) fn differences(&self, of: &Crate) -> Vec<String> {
        let rooms: Vec<_> = of.rooms().collect();
        let missing = rooms.iter().filter(|room| self.row(room).is_none()).map(|room| format!("{room} is in no row"));
        let known = known_below_the_root(of);
        let is_gone = |name: &&&str| !rooms.contains(name);
        let is_unused = |(from, to): &&(&str, &str)| !known.iter().any(|known| known.from == *from && known.to == *to);
        let gone = self.rows.iter().copied().flatten().filter(is_gone).map(|name| format!("{name} is no room"));
        let unused =
            self.within_a_row.iter().filter(is_unused).map(|(from, to)| format!("{from} no longer knows {to}"));
        missing.chain(gone).chain(unused).collect()
    }

    fn row(&self, room: &str) -> Option<usize> {
        self.rows.iter().position(|row| row.contains(&room))
    }
}
