//! The Router without sockets: what strangers send, and what happens when a handler fails.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use axum::body::{Body, Bytes, to_bytes};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{Request, header};
use hyper::body::Frame;
use proptest::prelude::*;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::*;
use crate::scripted_home::{Answer, ScriptedHome, config, ok};

fn signs_anybody_in(_: &Request<Bytes>) -> Answer {
    ok(&json!({"valid": true, "expiration": null, "realm_user_id": "ann", "identity": null, "roles": ["admin"]}))
}

/// A server on a home, and what it answers to a request.
struct World {
    app: Arc<App>,
    home: Arc<ScriptedHome>,
}

impl World {
    fn new(script: impl FnMut(&Request<Bytes>) -> Answer + Send + 'static) -> Self {
        let home = Arc::new(ScriptedHome::new(script));
        Self { app: Arc::new(App::new(config(), home.clone())), home }
    }

    async fn answer(&self, request: Request<Body>) -> (u16, Value) {
        let response = router(self.app.clone()).oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        (status, serde_json::from_slice(&to_bytes(response.into_body(), 100_000).await.unwrap()).unwrap())
    }

    async fn update(&self, token: Option<&str>, body: impl Into<Body>) -> (u16, Value) {
        let request = Request::post("/admin/update").header(header::CONTENT_TYPE, "application/json");
        let request = match token {
            Some(token) => request.header(header::AUTHORIZATION, format!("Bearer {token}")),
            None => request,
        };
        self.answer(request.body(body.into()).unwrap()).await
    }
}

/// The account's credentials as HTTP Basic.
fn credentials() -> String {
    format!("Basic {}", STANDARD.encode(format!("AC{}:12345", "0123456789abcdef".repeat(2))))
}

/// A body of `count` bytes that are no JSON, in which nobody says who they are.
fn large(count: usize) -> Vec<u8> {
    vec![b' '; count]
}

#[tokio::test]
async fn a_large_body_of_a_stranger_is_refused_before_twilio_is_asked_anything() {
    let world = World::new(signs_anybody_in);
    let (status, body) = world.update(None, large(receiving::SMALL + 1)).await;
    assert_eq!((status, &body["code"]), (413, &json!("too-large")));
    assert_eq!(world.home.count_sent(), 0);
}

#[tokio::test]
async fn a_large_body_is_read_for_whoever_says_first_who_they_are() {
    let world = World::new(signs_anybody_in);
    let rows = format!("[{}0]", "0,".repeat(receiving::SMALL));
    for (token, body) in
        [(Some("t"), format!(r#"{{"data":{rows}}}"#)), (None, format!(r#"{{"Token":"t","data":{rows}}}"#))]
    {
        let (status, body) = world.update(token, body).await;
        assert_eq!((status, &body["code"]), (422, &json!("invalid-directory")), "{body}");
    }
    let (status, _) = world.update(None, format!(r#"{{"data":{rows},"Token":"t"}}"#)).await;
    assert_eq!(status, 413);
}

#[tokio::test]
async fn large_bodies_are_read_one_at_a_time_and_only_so_much_of_them_is_taken_in() {
    let world = World::new(signs_anybody_in);
    let bodies = &world.app.large_bodies;
    for of in [&bodies.turn, &bodies.room] {
        let mut all: Vec<_> = std::iter::from_fn(|| of.try_acquire_arc()).collect();
        // Timers of this home are over at once.
        let (status, body) = world.update(Some("t"), large(receiving::SMALL + 1)).await;
        assert_eq!((status, &body["code"]), (503, &json!("busy")));
        let (status, _) = world.update(Some("t"), r#"{"data":[0]}"#).await;
        assert_eq!(status, 422, "a small one waits for nobody");
        all.clear();
        let (status, _) = world.update(Some("t"), large(receiving::SMALL + 1)).await;
        assert_eq!(status, 400);
    }
    let left: Vec<_> = std::iter::from_fn(|| bodies.room.try_acquire_arc()).collect();
    assert_eq!(left.len(), crate::app::MOST_PIECES, "all room is given back");
}

#[tokio::test]
async fn who_sends_a_large_body_slowly_holds_up_nobody() {
    let world = World::new(signs_anybody_in);
    let beginning = Silence(Some(large(receiving::SMALL + 1).into()));
    let request = Request::post("/admin/update").header(header::CONTENT_TYPE, "application/json");
    let request = request.header(header::AUTHORIZATION, "Bearer t").body(Body::new(beginning)).unwrap();
    let mut slow = Box::pin(world.answer(request));
    assert!(slow.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    // The slow one is known and has sent more than a stranger may.
    assert_eq!(world.home.count_sent(), 1);
    let (status, _) = world.update(Some("t"), large(receiving::SMALL + 1)).await;
    assert_eq!(status, 400);
    assert_eq!(slow.await.0, 408);
}

/// A body of which nothing comes, or nothing more.
struct Silence(Option<Bytes>);

impl hyper::body::Body for Silence {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        self.0.take().map_or(Poll::Pending, |bytes| Poll::Ready(Some(Ok(Frame::data(bytes)))))
    }
}

#[tokio::test]
async fn a_body_that_stops_arriving_is_refused() {
    let world = World::new(signs_anybody_in);
    for path in ["/admin/update", "/admin/list", "/agentExtensions"] {
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/json");
        let request = request.body(Body::new(Silence(None))).unwrap();
        assert_eq!(world.answer(request).await.0, 408, "{path}");
    }
}

#[tokio::test]
async fn a_panic_in_a_handler_is_answered_with_500_and_ends_nothing_else() {
    let world = World::new(|_| panic!("a mistake"));
    let lookup = Request::get("/agentExtensions?agentExt=77").header(header::AUTHORIZATION, credentials());
    let (status, body) = world.answer(lookup.body(Body::empty()).unwrap()).await;
    assert_eq!((status, &body["code"]), (500, &json!("internal")));
    let (status, _) = world.answer(Request::get("/health").body(Body::empty()).unwrap()).await;
    assert_eq!(status, 200);
}

proptest! {
    #[test]
    fn whatever_whoever_has_the_credentials_asks_the_lookup_is_answered_or_refused(
        query in "[ -~&&[^#<>\\\\^`\"{}| ]]{0,40}", body in any::<Vec<u8>>(), is_post in any::<bool>(),
        is_json in any::<bool>(),
    ) {
        let world = World::new(|_| Answer::Refused);
        let content_type = if is_json { "application/json" } else { "application/x-www-form-urlencoded" };
        let request = Request::builder().method(if is_post { Method::POST } else { Method::GET });
        let request = request.uri(format!("/agentExtensions?{query}")).header(header::CONTENT_TYPE, content_type);
        let request = request.header(header::AUTHORIZATION, credentials()).body(Body::from(body)).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let (status, _) = runtime.block_on(world.answer(request));
        // Where it is understood, there is nothing to answer from here.
        prop_assert!((400..500).contains(&status) || status == 503, "{status}");
    }
}
