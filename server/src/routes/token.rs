//! Finds the Flex token of a request: in its header, or where its body begins.
//!
//! Knows nothing of whose it is. A large body is not taken in before its sender is known, so its token must be found
//! in a beginning that ends anywhere.

use axum::http::{HeaderMap, header};
use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use shared::wire::FlexToken;

/// The name of the field, as the original functions named it.
pub(super) const FIELD: &str = "Token";

/// The token in `Authorization: Bearer …` (RFC 6750).
pub(super) fn in_header(headers: &HeaderMap) -> Option<FlexToken> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| FlexToken(token.trim().to_owned()))
}

/// The token in the beginning of a body.
pub(super) fn at_the_beginning(of: &[u8], is_form: bool, is_whole: bool) -> Option<FlexToken> {
    let token = if is_form { in_form(of, is_whole) } else { in_json(of) };
    token.map(FlexToken)
}

/// A pair counts once it is known to be complete.
fn in_form(beginning: &[u8], is_whole: bool) -> Option<String> {
    let end = if is_whole { beginning.len() } else { beginning.iter().rposition(|byte| *byte == b'&')? };
    let mut pairs = form_urlencoded::parse(&beginning[..end]);
    pairs.find(|(name, _)| name == FIELD).map(|(_, value)| value.into_owned())
}

/// The field of the object itself; one of the same name further inside is something else.
fn in_json(beginning: &[u8]) -> Option<String> {
    let mut found = None;
    let mut reader = serde_json::Deserializer::from_slice(beginning);
    // The beginning of an object is no object, so this fails whatever was found before it does.
    let _ = reader.deserialize_map(TokenField(&mut found));
    found
}

/// Leaves the token of an object where it says.
struct TokenField<'a>(&'a mut Option<String>);

impl<'de> Visitor<'de> for TokenField<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        while let Some(name) = fields.next_key::<String>()? {
            if name == FIELD {
                *self.0 = fields.next_value::<TextOrNot>()?.0;
                break;
            }
            fields.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

/// A text, or something else that is no token.
struct TextOrNot(Option<String>);

impl<'de> Deserialize<'de> for TextOrNot {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        Ok(Self(Value::deserialize(reader)?.as_str().map(str::to_owned)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;
    use shared::wire::UpdateRequest;

    fn json(beginning: &str) -> Option<String> {
        in_json(beginning.as_bytes())
    }

    #[test]
    fn a_token_is_found_in_the_object_itself_however_it_goes_on() {
        assert_eq!(json(r#"{"Token":"t","data":[{"workerFu"#).as_deref(), Some("t"));
        assert_eq!(json(r#" { "version" : null, "Tok\u0065n" : "a\"b" , "data""#).as_deref(), Some("a\"b"));
        assert_eq!(json(r#"{"x":{"Token":"inner"},"Token":"t","#).as_deref(), Some("t"));
        for none in [
            r#"{"data":[{"Token":"inner"}],"#,
            r#"{"x":"\"Token\":\"t\"","#,
            r#"{"Token":"cut o"#,
            r#"{"Token":"#,
            r#"{"Token":5,"#,
            r#"["Token","t"]"#,
            "",
        ] {
            assert_eq!(json(none), None, "{none}");
        }
    }

    #[test]
    fn a_token_in_a_form_counts_once_it_is_complete() {
        assert_eq!(in_form(b"version=1&Token=a%2Bb&data=%5B", false).as_deref(), Some("a+b"));
        assert_eq!(in_form(b"Token=cut+o", false), None);
        assert_eq!(in_form(b"Token=whole", true).as_deref(), Some("whole"));
        assert_eq!(in_form(b"data=Token%3Dt&x", false), None);
    }

    #[test]
    fn a_bearer_token_is_found_in_the_header_and_other_credentials_are_none() {
        let of = |value: &str| {
            in_header(&HeaderMap::from_iter([(header::AUTHORIZATION, value.parse().unwrap())])).map(|token| token.0)
        };
        assert_eq!(of("bearer t").as_deref(), Some("t"));
        assert_eq!(of("Basic QUM6dA=="), None);
        assert_eq!(of("Bearer"), None);
    }

    #[test]
    fn the_view_writes_the_token_before_the_rows() {
        let token = FlexToken("t".to_owned());
        let request = UpdateRequest { token, data: vec![json!({})], version: None, confirmed_count: None };
        // The view writes a `Value`, which may order its fields anew.
        let text = serde_json::to_value(&request).unwrap().to_string();
        assert!(text.starts_with(r#"{"Token":"#), "{text}");
    }

    proptest! {
        #[test]
        fn wherever_the_beginning_ends_the_token_is_the_whole_one_or_none(
            token in ".{0,20}", before in ".{0,20}", end in 0usize..200,
        ) {
            let body = json!({"A": {"Token": before, "B": [before]}, "Token": token, "data": [before]}).to_string();
            let found = in_json(&body.as_bytes()[..end.min(body.len())]);
            prop_assert!(found.is_none() || found == Some(token), "{found:?}");
        }

        #[test]
        fn a_header_holds_the_token_that_was_sent_whatever_it_is(
            token in "[!-~]{1,40}", garbage in any::<Vec<u8>>(),
        ) {
            let of = |bytes: &[u8]| {
                let value = axum::http::HeaderValue::from_bytes(bytes).ok()?;
                in_header(&HeaderMap::from_iter([(header::AUTHORIZATION, value)])).map(|token| token.0)
            };
            prop_assert_eq!(of(format!("Bearer {token}").as_bytes()), Some(token));
            let bearer = [b"bearer ", &garbage[..]].concat();
            prop_assert!(of(&bearer).is_none_or(|text| String::from_utf8_lossy(&garbage).contains(&text)));
        }

        #[test]
        fn no_garbage_stops_the_search(bytes in any::<Vec<u8>>(), is_form in any::<bool>(), is_whole in any::<bool>()) {
            let _ = at_the_beginning(&bytes, is_form, is_whole);
        }
    }
}
