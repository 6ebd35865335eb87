//! Forms: the fields of a body or of a query.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::Uri;

use super::error::RestError;

/// The fields of an `application/x-www-form-urlencoded` body, in order. Names may stand more than once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads `name=value&name=value`.
    ///
    /// # Errors
    ///
    /// [`RestError`] 400 when the text is not a form.
    pub(crate) fn parse(text: &[u8]) -> Result<Self, RestError> {
        serde_urlencoded::from_bytes(text).map(Self).map_err(|error| RestError::bad_parameter(error.to_string()))
    }

    /// Reads the query of an address.
    ///
    /// # Errors
    ///
    /// [`RestError`] 400 when the query is not a form.
    pub(crate) fn of_query(uri: &Uri) -> Result<Self, RestError> {
        Self::parse(uri.query().unwrap_or_default().as_bytes())
    }

    /// The first value under a name.
    #[must_use]
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// Every name and value, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Every value under a name, in order.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// The first value under a name that must be there and not be empty.
    ///
    /// # Errors
    ///
    /// [`RestError`] 400 that names what is missing.
    pub(crate) fn required(&self, name: &str) -> Result<&str, RestError> {
        let missing = || RestError::bad_parameter(format!("Missing required parameter {name} in the post body"));
        self.get(name).filter(|value| !value.is_empty()).ok_or_else(missing)
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = RestError;

    async fn from_request(request: Request, state: &S) -> Result<Self, RestError> {
        let body = Bytes::from_request(request, state)
            .await
            .map_err(|error| RestError::new(error.status(), 20001, error.body_text()))?;
        Self::parse(&body)
    }
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_form_keeps_every_value_of_a_repeated_name_in_order() {
        let fields = Fields::parse(b"AssetVersions=ZN2&AssetVersions=ZN1&Runtime=node22&Path=%2Fa+b").unwrap();
        assert_eq!(fields.all("AssetVersions").collect::<Vec<_>>(), ["ZN2", "ZN1"]);
        assert_eq!(fields.get("Path"), Some("/a b"));
        assert_eq!(fields.required("BuildSid").unwrap_err().status(), StatusCode::BAD_REQUEST);
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_form_or_refused(text in prop::collection::vec(any::<u8>(), 0..48)) {
            let _ = Fields::parse(&text);
        }

        #[test]
        fn what_is_written_as_a_form_is_read_again(pairs in prop::collection::vec((".{0,6}", ".{0,6}"), 0..6)) {
            let written = serde_urlencoded::to_string(&pairs).unwrap();
            prop_assert_eq!(Fields::parse(written.as_bytes()).unwrap().0, pairs);
        }
    }
}
