//! The home of a replica: its clock and timers are those of the run, its disk outlives it, and a Function has the asset of
//! its Build.
//!
//! Knows nothing of what is asked, and of what becomes of that in the network.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use jiff::Timestamp;
use server::home::{BoxFuture, Home, SendError};

use crate::executor::lock;
use crate::twilio::ASSET;
use crate::world::World;

/// How long one request may take in a native process.
const LONGEST_REQUEST: Duration = Duration::from_secs(90);
/// The same in a Twilio Function.
const LONGEST_IN_FUNCTION: Duration = Duration::from_millis(9_200);

/// What comes back of a request to Twilio.
pub(crate) type Outcome = Result<Response<Bytes>, SendError>;

/// The home of one replica.
pub(crate) struct SimulatedHome {
    pub(crate) world: World,
    pub(crate) replica: usize,
    pub(crate) disk: Arc<Mutex<Option<Bytes>>>,
    /// The private asset in the Build of the Function that this is.
    pub(crate) bundled: Option<Bytes>,
}

impl Home for SimulatedHome {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Outcome> {
        Box::pin(self.carry(request))
    }

    fn now(&self) -> Timestamp {
        self.world.executor.clock().now()
    }

    fn random(&self) -> u64 {
        self.world.choose(crate::seed::Choices::number)
    }

    fn refreshes_unseen(&self) -> bool {
        !self.world.plan.is_functions
    }

    fn longest_request(&self) -> Duration {
        if self.world.plan.is_functions { LONGEST_IN_FUNCTION } else { LONGEST_REQUEST }
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(self.world.executor.sleep(duration))
    }

    fn save_last_good(&self, snapshot: Bytes) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            self.world.pause(1, 5).await;
            *lock(&self.disk) = Some(snapshot);
        })
    }

    fn load_last_good(&self) -> BoxFuture<'_, Option<Bytes>> {
        Box::pin(async move {
            self.world.pause(1, 5).await;
            lock(&self.disk).clone()
        })
    }

    fn is_twilio_function(&self) -> bool {
        self.world.plan.is_private
    }

    fn private_asset(&self, path: &str) -> Option<Bytes> {
        self.bundled.clone().filter(|_| path == ASSET)
    }
}
