//! A connection that is sent anything answers every message. Knows nothing of bytes: it is given frames.

use std::sync::Arc;
use std::time::Duration;

use proptest::prelude::*;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::nearly_frames::{body, header};
use crate::account::{Account, User};
use crate::clock::Clock;
use crate::state::AppState;
use crate::store::Store;
use crate::sync::Sync;
use crate::sync::hub::Outgoing;
use crate::traffic::Traffic;
use crate::twilsock::frame::Frame;
use crate::twilsock::session::Session;
use crate::worker_events::WorkerEvents;

struct World {
    session: Session,
    sent: UnboundedReceiver<Outgoing>,
    token: String,
    _folder: TempDir,
}

/// A connection to an account with one user.
fn world() -> World {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("store")).unwrap();
    let clock = Clock::default();
    let account = Account::open(&store, Duration::from_secs(3600), clock.clone()).unwrap();
    let user = User {
        realm_user_id: "ann@example.com".into(),
        full_name: "Ann Lee".into(),
        roles: vec!["supervisor".into()],
        worker_sid: "WK0".into(),
        flex_user_sid: "FU0".into(),
    };
    let token = account.issue(&user).token;
    let app = AppState {
        base: "http://127.0.0.1:4010".into(),
        functions_base: String::new(),
        demo: 0,
        build_delay: Duration::ZERO,
        account,
        sync: Sync::open(&store, clock.clone()).unwrap(),
        traffic: Arc::new(Traffic::new(clock.clone())),
        worker_events: WorkerEvents::default(),
        clock,
        store,
    };
    let (outbox, sent) = unbounded_channel();
    World { session: Session::new(Arc::new(app), outbox), sent, token, _folder: folder }
}

impl World {
    /// Takes a frame and answers how many were sent back.
    async fn receive(&mut self, header: Value, body: &Value) -> usize {
        self.session.receive(Frame { header, payload: body.to_string().into() }).await;
        std::iter::from_fn(|| self.sent.try_recv().ok()).count()
    }

    async fn sign_in(&mut self) {
        let header = json!({"method": "init", "id": "1", "token": self.token, "capabilities": []});
        assert_eq!(self.receive(header, &Value::Null).await, 1);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn every_message_is_answered_whatever_it_asks_for(
        messages in prop::collection::vec((header(), body()), 1..40),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let mut world = world();
            world.sign_in().await;
            for (mut header, body) in messages {
                header["method"] = json!("message");
                let shown = format!("{header} {body}");
                prop_assert!(world.receive(header, &body).await >= 1, "no answer to {}", shown);
            }
            Ok(())
        })?;
    }

    #[test]
    fn a_connection_survives_any_order_of_frames(frames in prop::collection::vec((header(), body()), 1..40)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let mut world = world();
            for (header, body) in frames {
                world.receive(header, &body).await;
            }
            world.sign_in().await;
        });
    }
}
