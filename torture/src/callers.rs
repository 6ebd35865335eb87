//! Callers who ask one server all the while, each question after the answer to the one before.
//!
//! Knows nothing of what is published meanwhile: what they heard is held against it afterwards.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use emulator::clock::Clock;
use tokio::task::JoinHandle;

use crate::history::History;
use crate::world::{Caller, World};

/// One line of callers.
#[derive(Debug)]
pub(crate) struct Callers {
    are_over: Arc<AtomicBool>,
    asking: JoinHandle<Vec<Heard>>,
}

/// What a caller was answered: which directory, or why none.
#[derive(Debug)]
struct Heard {
    at: i64,
    directory: Result<String>,
}

impl Callers {
    /// Begins to ask, with a pause between two questions.
    pub(crate) fn start(world: &World, caller: Caller, pause: Duration) -> Self {
        let (are_over, clock) = (Arc::new(AtomicBool::new(false)), world.emulator.app.clock.clone());
        let asking = tokio::spawn(ask(caller, pause, clock, Arc::clone(&are_over)));
        Self { are_over, asking }
    }

    /// Ends when the present question is answered. Each answer must have come, from a directory that was live, and none
    /// from an older one than the answer before. Answers how many there were.
    ///
    /// # Errors
    ///
    /// When one of them was not so.
    pub(crate) async fn end(self, world: &World) -> Result<usize> {
        self.are_over.store(true, Ordering::Relaxed);
        let heard = self.asking.await?;
        judge(&heard, &History::read(world)?)?;
        Ok(heard.len())
    }
}

async fn ask(caller: Caller, pause: Duration, clock: Clock, are_over: Arc<AtomicBool>) -> Vec<Heard> {
    let mut heard = Vec::new();
    loop {
        let directory = caller.directory().await;
        heard.push(Heard { at: clock.now_microseconds(), directory });
        // Somebody has asked at least once, however soon it is over.
        if are_over.load(Ordering::Relaxed) {
            return heard;
        }
        tokio::time::sleep(pause).await;
    }
}

fn judge(heard: &[Heard], history: &History) -> Result<()> {
    let mut position = 0;
    for (nth, Heard { at, directory }) in heard.iter().enumerate() {
        let directory = directory.as_ref().map_err(|error| anyhow!("question {nth} of {}: {error:#}", heard.len()))?;
        position = history.position(position, directory, *at).with_context(|| {
            format!("question {nth} of {} was answered from {directory}, which was not live or is older", heard.len())
        })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::Live;

    fn history() -> History {
        let live = |at: i64, name: &str| Live {
            at,
            build_sid: String::new(),
            version: None,
            directory: Some(name.to_owned()),
        };
        History::of(vec![live(10, "a"), live(20, "b")])
    }

    fn heard(answers: &[(i64, &str)]) -> Vec<Heard> {
        answers.iter().map(|(at, name)| Heard { at: *at, directory: Ok((*name).to_owned()) }).collect()
    }

    #[test]
    fn answers_that_follow_what_is_live_are_right_however_far_behind() {
        assert!(judge(&heard(&[(15, "a"), (25, "a"), (26, "b"), (99, "b")]), &history()).is_ok());
    }

    #[test]
    fn no_answer_is_early_old_invented_or_missing() {
        for wrong in [&[(15, "b")][..], &[(25, "b"), (26, "a")], &[(25, "c")]] {
            assert!(judge(&heard(wrong), &history()).is_err(), "{wrong:?}");
        }
        let missing = [Heard { at: 15, directory: Err(anyhow!("no answer")) }];
        assert!(judge(&missing, &history()).is_err());
    }
}
