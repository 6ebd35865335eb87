//! A lookup that misbehaves: it answers from a list, and after that not at all.
//!
//! Knows nothing of extensions.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

/// One reply of the lookup.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) content_type: &'static str,
    pub(crate) body: String,
}

type Replies = Arc<Mutex<std::vec::IntoIter<Reply>>>;

/// A running lookup; dropping it ends it.
pub(crate) struct Backend {
    pub(crate) url: String,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Backend {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Backend {
    /// Answers requests with `replies`, one after the other, and leaves those after the last without an answer.
    pub(crate) async fn answering(replies: Vec<Reply>) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(reply).with_state(Arc::new(Mutex::new(replies.into_iter())));
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, task }
    }
}

async fn reply(State(replies): State<Replies>) -> Response {
    let next = replies.lock().unwrap().next();
    match next {
        Some(Reply { status, content_type, body }) => {
            (StatusCode::from_u16(status).unwrap(), [(CONTENT_TYPE, content_type)], body).into_response()
        }
        None => std::future::pending().await,
    }
}
