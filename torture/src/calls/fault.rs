//! What becomes of a call.
//!
//! Knows nothing of which call.

use std::fmt;
use std::time::Duration;

use emulator::traffic::{Failure, Fault, Loss, LossKind, ReplyFault};

/// What goes wrong with a call.
#[derive(Clone, Copy, Debug)]
pub(super) enum CallFault {
    /// The reply is lost, before the work or after it.
    Lost { how: LossKind, before: bool },
    /// The connection is cut, and the work is done this many milliseconds later.
    Late(u32),
    /// It is refused with a status; some tell when to come again, in seconds.
    Refused { status: u16, retry_after: Option<u32> },
}

/// How many of the calls go wrong.
#[derive(Clone, Copy, Debug)]
pub(super) enum Times {
    /// This one; what is sent again is answered.
    Once,
    /// This one and every like it.
    Always,
    /// This one and every other that follows.
    FromThenOn,
}

const fn lost(how: LossKind, before: bool) -> CallFault {
    CallFault::Lost { how, before }
}

const fn refused(status: u16, retry_after: Option<u32>) -> CallFault {
    CallFault::Refused { status, retry_after }
}

impl CallFault {
    pub(super) const ALL: [Self; 15] = [
        lost(LossKind::Cut, true),
        lost(LossKind::Cut, false),
        lost(LossKind::Html, true),
        lost(LossKind::Html, false),
        lost(LossKind::Garbage, true),
        lost(LossKind::Garbage, false),
        lost(LossKind::Hang, true),
        lost(LossKind::Hang, false),
        Self::Late(300),
        Self::Late(4_000),
        refused(412, None),
        refused(429, Some(1)),
        refused(429, Some(30)),
        refused(500, None),
        refused(503, None),
    ];

    /// How long after the last request its work may still be done, in microseconds.
    pub(super) fn latest_arrival(self) -> Option<i64> {
        match self {
            // And half a second for the work itself.
            Self::Late(milliseconds) => Some(i64::from(milliseconds) * 1_000 + 500_000),
            Self::Lost { .. } | Self::Refused { .. } => None,
        }
    }
}

impl From<CallFault> for Fault {
    fn from(fault: CallFault) -> Self {
        Self::Reply(match fault {
            CallFault::Lost { how, before } => ReplyFault::Lose(Loss { how, before }),
            CallFault::Late(milliseconds) => ReplyFault::Late(Duration::from_millis(milliseconds.into())),
            CallFault::Refused { status, retry_after } => {
                let code = 20_000 + u32::from(status);
                ReplyFault::Fail(Failure { status, code, message: "This failure was ordered".to_owned(), retry_after })
            }
        })
    }
}

impl fmt::Display for CallFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lost { how, before } => {
                write!(formatter, "reply lost ({how:?}) {} the work", if *before { "before" } else { "after" })
            }
            Self::Late(milliseconds) => write!(formatter, "cut and done {milliseconds} ms later"),
            Self::Refused { status, retry_after: None } => write!(formatter, "refused with {status}"),
            Self::Refused { status, retry_after: Some(seconds) } => {
                write!(formatter, "refused with {status} and Retry-After: {seconds}")
            }
        }
    }
}
