//! Pages of lists: `PageSize` and `PageToken` in, one page and the addresses of the others out.

use axum::Json;
use axum::http::Uri;
use serde_json::{Value, json};

use super::error::RestError;
use super::form::Fields;

/// One page of `rows` as Twilio's lists answer it: `{<key>: [...], "meta": {...}}`.
///
/// `base` is the emulator's own address, which those of the other pages begin with.
/// Reads `PageSize` (1 to 1000, 50 by default) and `PageToken` from `uri`, which is the address as the client
/// sent it; the addresses of the other pages keep its path and its filters.
///
/// <https://www.twilio.com/docs/usage/twilios-response#pagination>
///
/// # Errors
///
/// [`RestError`] 400 when the page size or the token is not one.
pub(crate) fn page(base: &str, uri: &Uri, key: &str, rows: Vec<Value>) -> Result<Json<Value>, RestError> {
    let query = Fields::of_query(uri)?;
    let size = query.get("PageSize").map_or(Ok(50), str::parse::<usize>).ok().filter(|size| (1..=1000).contains(size));
    let size = size.ok_or_else(|| RestError::bad_parameter("Invalid PageSize: expected 1 to 1000"))?;
    let start = match (query.get("PageToken"), query.get("Page")) {
        (Some(token), _) => token.strip_prefix("PT").and_then(|start| start.parse().ok()),
        (None, Some(page)) => page.parse::<usize>().ok().and_then(|page| page.checked_mul(size)),
        (None, None) => Some(0),
    };
    let start = start.ok_or_else(|| RestError::bad_parameter("Invalid PageToken"))?;
    let total = rows.len();
    let address = |start: usize| page_url(base, uri, &query, size, start);
    let meta = json!({
        "key": key,
        "page": start / size,
        "page_size": size,
        "first_page_url": address(0),
        "previous_page_url": (start > 0).then(|| address(start.saturating_sub(size))),
        "url": address(start),
        "next_page_url": (start.saturating_add(size) < total).then(|| address(start + size)),
    });
    let rows: Vec<_> = rows.into_iter().skip(start).take(size).collect();
    Ok(Json(json!({ key: rows, "meta": meta })))
}

fn page_url(base: &str, uri: &Uri, query: &Fields, size: usize, start: usize) -> String {
    let own = ["PageSize", "Page", "PageToken"];
    let mut pairs: Vec<_> = query
        .iter()
        .filter(|(name, _)| !own.contains(name))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    pairs.push(("PageSize".into(), size.to_string()));
    pairs.push(("Page".into(), (start / size).to_string()));
    if start > 0 {
        pairs.push(("PageToken".into(), format!("PT{start}")));
    }
    format!("{base}{}?{}", uri.path(), serde_urlencoded::to_string(pairs).unwrap_or_default())
}
