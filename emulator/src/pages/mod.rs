//! What pages in a browser may ask of the emulator: the page that hosts the Flex UI everything, any other page nothing
//! that counts. Whoever asks without a browser says no `Origin`, and is none of this.
//! From outside: [`PageOrigins`], and the middleware [`answer_own_name_only`], [`share_with_own_page`] and
//! [`refuse_other_pages`].
//! Does not know what is asked.

mod cors;
mod own_name;
mod own_page;

use axum::http::HeaderValue;

pub(crate) use cors::share_with_own_page;
pub(crate) use own_name::{OwnNames, answer_own_name_only};
pub(crate) use own_page::refuse_other_pages;

/// The origins of the page that hosts the Flex UI: `http://localhost:3000` and `http://127.0.0.1:3000`.
#[derive(Clone, Debug, Default)]
pub struct PageOrigins(Vec<String>);

impl PageOrigins {
    /// Of origins as a browser writes them (RFC 6454, 6.2).
    #[must_use]
    pub fn new(origins: Vec<String>) -> Self {
        Self(origins)
    }

    fn contain(&self, origin: &HeaderValue) -> bool {
        self.0.iter().any(|own| own.as_bytes() == origin.as_bytes())
    }
}
