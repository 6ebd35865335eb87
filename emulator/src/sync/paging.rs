//! Pages of a Map's Items in the order of their keys' bytes, forwards or backwards, and the tokens that lead to the
//! next and the previous page.
//!
//! Knows nothing of the front ends, which carry the tokens.

use std::ops::Bound;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use super::error::SyncError;
use super::records::{ItemRecord, MapRecord, items_of};
use super::turn::Turn;

/// Items in a page unless asked otherwise.
pub const DEFAULT_SIZE: usize = 50;
/// Items in a page at most; a larger wish is clipped.
pub const LARGEST_SIZE: usize = 100;

/// The direction of a listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Order {
    /// Smallest key first.
    Asc,
    /// Largest key first.
    Desc,
}

/// Where a page begins, or ends, in the order of the listing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Position {
    /// At the very beginning.
    Start,
    /// With this key, or what follows it.
    From(String),
    /// With what follows this key.
    After(String),
    /// The page that ends just before this key.
    Before(String),
    /// The page that ends with this key, or what precedes it.
    UpTo(String),
}

/// Which page is wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageRequest {
    /// Whether keys rise or fall from page to page.
    pub order: Order,
    /// The most Items on the page, 1 to 100.
    pub size: usize,
    /// Where in that order the page begins or ends.
    pub position: Position,
}

impl PageRequest {
    /// Reads what `Order`, `From`, `Bounds`, `PageSize` and `PageToken` say. A token says everything by itself.
    ///
    /// # Errors
    ///
    /// [`SyncError`] 20001 when one of them cannot be understood.
    pub fn parse<'p>(parameter: impl Fn(&str) -> Option<&'p str>) -> Result<Self, SyncError> {
        if let Some(token) = parameter("PageToken") {
            return Self::from_token(token);
        }
        let order = match parameter("Order").unwrap_or("asc") {
            "asc" => Order::Asc,
            "desc" => Order::Desc,
            other => return Err(SyncError::invalid_parameter(format!("Order is asc or desc, not {other}"))),
        };
        let position = match (parameter("From"), parameter("Bounds").unwrap_or("inclusive")) {
            (None, _) => Position::Start,
            (Some(key), "inclusive") => Position::From(key.to_owned()),
            (Some(key), "exclusive") => Position::After(key.to_owned()),
            (_, other) => return Err(SyncError::invalid_parameter(format!("Bounds can not be {other}"))),
        };
        Ok(Self { order, size: size(parameter("PageSize"))?, position })
    }

    fn from_token(token: &str) -> Result<Self, SyncError> {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok();
        bytes
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .ok_or_else(|| SyncError::invalid_parameter("Invalid PageToken"))
    }

    fn token(&self, position: &Position) -> String {
        let json = serde_json::json!({ "order": self.order, "size": self.size, "position": position });
        URL_SAFE_NO_PAD.encode(json.to_string())
    }
}

/// Reads a page size: 1 to 100, more is clipped, 50 when there is none.
///
/// # Errors
///
/// [`SyncError`] 20001 when it is no positive number.
pub fn size(text: Option<&str>) -> Result<usize, SyncError> {
    match text.map(str::parse::<usize>) {
        None => Ok(DEFAULT_SIZE),
        Some(Ok(size)) if size > 0 => Ok(size.min(LARGEST_SIZE)),
        Some(_) => Err(SyncError::invalid_parameter("PageSize is a number from 1 to 100")),
    }
}

/// A page of Items in the order asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// At most as many as were asked for.
    pub items: Vec<ItemRecord>,
    /// Leads to the page before this one, if anything is there.
    pub previous_token: Option<String>,
    /// Leads to the page after this one, if anything is there.
    pub next_token: Option<String>,
}

impl Turn<'_> {
    /// One page of a Map's Items.
    ///
    /// # Errors
    ///
    /// [`SyncError`] when the storage fails.
    pub fn list_items(&self, map: &MapRecord, request: &PageRequest) -> Result<Page, SyncError> {
        let backwards = request.order == Order::Desc;
        let (start, reversed) = match &request.position {
            Position::Start => (Bound::Unbounded, false),
            Position::From(key) => (Bound::Included(key.as_str()), false),
            Position::After(key) => (Bound::Excluded(key.as_str()), false),
            Position::Before(key) => (Bound::Excluded(key.as_str()), true),
            Position::UpTo(key) => (Bound::Included(key.as_str()), true),
        };
        let mut items = self.take(map, start, backwards != reversed, request.size)?;
        if reversed {
            items.reverse();
        }
        Ok(Page {
            previous_token: self.previous(map, request, items.first())?,
            next_token: self.next(map, request, items.last())?,
            items,
        })
    }

    /// The token to what precedes the page. An empty page is preceded by all that is there on that side.
    fn previous(
        &self,
        map: &MapRecord,
        request: &PageRequest,
        first: Option<&ItemRecord>,
    ) -> Result<Option<String>, SyncError> {
        let (start, position) = match (first, &request.position) {
            (Some(first), _) => (Bound::Excluded(first.key.as_str()), Position::Before(first.key.clone())),
            (None, Position::From(key) | Position::After(key)) => {
                (Bound::Included(key.as_str()), Position::UpTo(key.clone()))
            }
            (None, _) => return Ok(None),
        };
        let beyond = self.take(map, start, request.order == Order::Asc, 1)?;
        Ok((!beyond.is_empty()).then(|| request.token(&position)))
    }

    /// The token to what follows the page, likewise.
    fn next(
        &self,
        map: &MapRecord,
        request: &PageRequest,
        last: Option<&ItemRecord>,
    ) -> Result<Option<String>, SyncError> {
        let (start, position) = match (last, &request.position) {
            (Some(last), _) => (Bound::Excluded(last.key.as_str()), Position::After(last.key.clone())),
            (None, Position::Before(key) | Position::UpTo(key)) => {
                (Bound::Included(key.as_str()), Position::From(key.clone()))
            }
            (None, _) => return Ok(None),
        };
        let beyond = self.take(map, start, request.order == Order::Desc, 1)?;
        Ok((!beyond.is_empty()).then(|| request.token(&position)))
    }

    fn take(
        &self,
        map: &MapRecord,
        start: Bound<&str>,
        backwards: bool,
        count: usize,
    ) -> Result<Vec<ItemRecord>, SyncError> {
        let (from, to) = if backwards { (Bound::Unbounded, start) } else { (start, Bound::Unbounded) };
        let mut items = Vec::new();
        self.store.scan(&items_of(&map.sid), from, to, backwards, |_, item| {
            items.push(item);
            items.len() < count
        })?;
        Ok(items)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::clock::Clock;
    use crate::store::Store;
    use crate::sync::Sync;
    use crate::sync::records::Namespace;

    struct SeededMap {
        _folder: tempfile::TempDir,
        store: Store,
        sync: Sync,
    }

    impl SeededMap {
        fn with_keys(count: usize) -> Self {
            let folder = tempfile::tempdir().unwrap();
            let store = Store::open(&folder.path().join("store.redb")).unwrap();
            let sync = Sync::open(&store, Clock::default()).unwrap();
            sync.seed_map(&store, "m", (0..count).map(|n| (format!("k{n:02}"), json!({ "n": n })))).unwrap();
            Self { _folder: folder, store, sync }
        }

        fn page(&self, parameters: &[(&str, &str)]) -> Page {
            let turn = self.sync.turn(&self.store).unwrap();
            let record = turn.fetch_map(&Namespace::default_service(), "m").unwrap();
            let find = |name: &str| parameters.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
            turn.list_items(&record, &PageRequest::parse(find).unwrap()).unwrap()
        }
    }

    fn keys(page: &Page) -> Vec<&str> {
        page.items.iter().map(|item| item.key.as_str()).collect()
    }

    #[test]
    fn tokens_lead_through_all_pages_and_back_again() {
        let map = SeededMap::with_keys(5);
        let first = map.page(&[("PageSize", "2"), ("Order", "desc")]);
        assert_eq!(keys(&first), ["k04", "k03"]);
        assert_eq!(first.previous_token, None);
        let second = map.page(&[("PageToken", &first.next_token.unwrap())]);
        assert_eq!(keys(&second), ["k02", "k01"]);
        let third = map.page(&[("PageToken", &second.next_token.unwrap())]);
        assert_eq!(keys(&third), vec!["k00"]);
        assert_eq!(third.next_token, None);
        let back = map.page(&[("PageToken", &third.previous_token.unwrap())]);
        assert_eq!(keys(&back), ["k02", "k01"]);
        assert!(back.next_token.is_some() && back.previous_token.is_some());
    }

    #[test]
    fn from_is_inclusive_unless_asked_otherwise_and_knows_what_precedes_it() {
        let map = SeededMap::with_keys(3);
        let page = map.page(&[("From", "k01")]);
        assert_eq!(keys(&page), ["k01", "k02"]);
        assert!(page.previous_token.is_some() && page.next_token.is_none());
        assert_eq!(keys(&map.page(&[("From", "k01"), ("Bounds", "exclusive")])), ["k02"]);
        assert!(map.page(&[("From", "k00")]).previous_token.is_none());
    }

    #[test]
    fn an_empty_page_beyond_the_end_still_leads_back() {
        let map = SeededMap::with_keys(2);
        let page = map.page(&[("From", "k01"), ("Bounds", "exclusive")]);
        assert!(page.items.is_empty());
        let back = map.page(&[("PageToken", &page.previous_token.unwrap())]);
        assert_eq!(keys(&back), vec!["k00", "k01"]);
        assert_eq!(back.next_token, None);
    }

    #[test]
    fn a_page_has_fifty_items_by_default_and_a_hundred_at_most() {
        let map = SeededMap::with_keys(101);
        assert_eq!(map.page(&[]).items.len(), 50);
        assert_eq!(map.page(&[("PageSize", "1000")]).items.len(), 100);
    }

    #[test]
    fn a_wrong_token_order_or_size_is_refused() {
        for (name, value) in [("PageToken", "x"), ("Order", "up"), ("PageSize", "0"), ("PageSize", "many")] {
            let find = |wanted: &str| (wanted == name).then_some(value);
            assert_eq!(PageRequest::parse(find).unwrap_err().code, 20001, "{name}={value}");
        }
    }
}
