//! Doing something until it is done, and a write that must not happen twice exactly once.
//!
//! Knows nothing of single calls. `backon` repeats, by the timer of the home.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use backon::{Retryable, Sleeper};

use super::retry::pause;
use super::{Twilio, TwilioError};
use crate::home::{BoxFuture, Home};

/// One try of a call, or one look at what became of it.
pub(super) type Attempt<'a, T> = BoxFuture<'a, Result<T, TwilioError>>;

/// The pauses between two tries are those of the home.
struct Timer(Arc<dyn Home>);

impl Sleeper for Timer {
    type Sleep = BoxFuture<'static, ()>;

    fn sleep(&self, pause: Duration) -> Self::Sleep {
        let home = self.0.clone();
        Box::pin(async move { home.sleep(pause).await })
    }
}

impl Twilio {
    /// Sends a write that must not happen twice. Whenever nobody knows whether it was done, `look` says what is there
    /// now: what the write was to bring about, or none, in which case it is sent again.
    ///
    /// A refusal may be due to a try before, so a conflict is looked at too. Once a try was unclear, no failure is
    /// clear any more: the error is then that of the unclear try.
    pub(super) async fn settle<'a, T>(
        &'a self,
        write: impl Fn() -> Attempt<'a, T>,
        look: impl Fn() -> Attempt<'a, Option<T>>,
    ) -> Result<T, TwilioError> {
        let was_unclear = &AtomicBool::new(false);
        let (write, look) = (&write, &look);
        let attempt = || async move {
            match write().await {
                Err(error) if error.is_unclear() || error.is_conflict() => {
                    was_unclear.fetch_or(error.is_unclear(), Ordering::Relaxed);
                    look().await.ok().flatten().ok_or(error)
                }
                result => result,
            }
        };
        let result = self.repeat(attempt, TwilioError::is_unclear).await;
        result.map_err(|error| if was_unclear.load(Ordering::Relaxed) { error.into_unclear() } else { error })
    }

    /// Tries until it succeeds or fails otherwise than `may_pass` says, as often and as patiently as the account wants.
    pub(super) async fn repeat<T, F: Future<Output = Result<T, TwilioError>>>(
        &self,
        attempt: impl FnMut() -> F,
        may_pass: impl Fn(&TwilioError) -> bool,
    ) -> Result<T, TwilioError> {
        attempt
            .retry(self.account.retry.longest_pauses())
            .sleep(Timer(self.home.clone()))
            .when(may_pass)
            .adjust(|error, longest| pause(error, longest, self.home.random(), self.time_left()))
            .notify(|error, _| tracing::debug!(%error, "trying again"))
            .await
    }
}
