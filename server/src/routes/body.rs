//! Reads the body of a request: a JSON object or a form, as the original functions took both.
//!
//! Knows nothing of which fields an endpoint wants.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, StatusCode, header};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use shared::wire::FlexToken;

use crate::error::ApiError;
use crate::strings;

/// The fields of a body. Those of a form are all text.
#[derive(Debug, Default)]
pub(super) struct Fields {
    fields: Map<String, Value>,
    is_form: bool,
}

impl Fields {
    /// Reads a small body.
    pub(super) fn read(headers: &HeaderMap, body: &[u8]) -> Result<Self, ApiError> {
        let wrong = || ApiError::InvalidRequest(strings::BODY_NOT_UNDERSTOOD.to_owned());
        let is_form = is_form(headers, body)?;
        let fields = if is_form {
            let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(body).map_err(|_| wrong())?;
            pairs.into_iter().map(|(name, value)| (name, Value::String(value))).collect()
        } else {
            serde_json::from_slice(body).map_err(|_| wrong())?
        };
        Ok(Self { fields, is_form })
    }

    /// The Flex token, if there is one.
    pub(super) fn token(&self) -> Option<FlexToken> {
        self.fields.get(super::token::FIELD).and_then(Value::as_str).map(|text| FlexToken(text.to_owned()))
    }

    /// One field.
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.fields.get(name)
    }

    /// All fields as the request that an endpoint wants. In a form, `texts` stay text and the rest is JSON.
    pub(super) fn into_request<T: DeserializeOwned>(mut self, texts: &[&str]) -> Result<T, ApiError> {
        if self.is_form {
            for (name, value) in &mut self.fields {
                if let Value::String(text) = value
                    && !texts.contains(&name.as_str())
                {
                    *value = serde_json::from_str(text).unwrap_or(Value::Null);
                }
            }
        }
        serde_json::from_value(Value::Object(self.fields))
            .map_err(|error| ApiError::InvalidRequest(strings::fields_wrong(&error.to_string())))
    }
}

/// Whether a body is a form and not JSON, by its Content-Type; without one, by how it begins.
pub(super) fn is_form(headers: &HeaderMap, beginning: &[u8]) -> Result<bool, ApiError> {
    let content_type = headers.get(header::CONTENT_TYPE).map(|value| value.to_str().unwrap_or_default());
    let media_type = content_type.map(|text| text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase());
    match media_type.as_deref() {
        Some("application/json") => Ok(false),
        Some("application/x-www-form-urlencoded") => Ok(true),
        None => Ok(!beginning.trim_ascii_start().starts_with(b"{")),
        Some(_) => Err(ApiError::InvalidRequest(strings::BODY_NOT_UNDERSTOOD.to_owned())),
    }
}

/// The bytes of a body, or why they did not arrive.
pub(super) fn received(body: Result<Bytes, BytesRejection>) -> Result<Bytes, ApiError> {
    body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => ApiError::TooLarge,
        _ => ApiError::InvalidRequest(strings::BODY_UNREADABLE.to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use shared::wire::BuildRequest;

    fn fields(content_type: Option<&str>, body: &str) -> Result<Fields, ApiError> {
        let headers = content_type.map(|text| (header::CONTENT_TYPE, text.parse().unwrap()));
        Fields::read(&headers.into_iter().collect(), body.as_bytes())
    }

    const FORM: Option<&str> = Some("application/x-www-form-urlencoded; charset=UTF-8");
    const JSON: Option<&str> = Some("application/json");

    #[test]
    fn a_form_and_a_json_object_say_the_same() {
        let form = fields(FORM, "Token=t&buildSid=ZB1").unwrap().into_request::<BuildRequest>(&["Token", "buildSid"]);
        let json = fields(JSON, r#"{"Token":"t","buildSid":"ZB1"}"#).unwrap().into_request::<BuildRequest>(&[]);
        assert_eq!(form.unwrap(), json.unwrap());
    }

    #[test]
    fn garbage_and_missing_fields_are_refused_in_words() {
        for (content_type, body) in [(JSON, "{garbage"), (JSON, "[]"), (Some("text/plain"), "Token=t")] {
            assert!(matches!(fields(content_type, body), Err(ApiError::InvalidRequest(_))), "{body}");
        }
        let missing = fields(JSON, r#"{"Token":"t"}"#).unwrap().into_request::<BuildRequest>(&[]).unwrap_err();
        assert!(matches!(missing, ApiError::InvalidRequest(sentence) if sentence.contains("buildSid")));
    }

    proptest! {
        #[test]
        fn no_body_makes_reading_it_fail_in_another_way_than_by_a_refusal(
            body in any::<Vec<u8>>(),
            content_type in proptest::option::of("[ -~]{0,40}|application/(json|x-www-form-urlencoded)"),
        ) {
            let headers = content_type.map(|text| (header::CONTENT_TYPE, text.parse().unwrap())).into_iter().collect();
            if let Err(error) = Fields::read(&headers, &body) {
                prop_assert_eq!(error.status(), StatusCode::BAD_REQUEST);
            }
        }

        #[test]
        fn a_field_is_what_was_sent_or_is_refused(
            text in r#"\{?"?[a-zA-Z]{0,9}"?[:=&%]{0,2}[^a]{0,9}\}?"#, is_form in any::<bool>(),
        ) {
            if let Ok(fields) = fields(if is_form { FORM } else { JSON }, &text)
                && let Err(error) = fields.into_request::<BuildRequest>(&["Token", "buildSid"])
            {
                prop_assert_eq!(error.status(), StatusCode::BAD_REQUEST);
            }
        }
    }
}
