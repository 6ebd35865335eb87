//! `serverless-upload.twilio.com`: a new Version of an Asset or of a Function, as multipart.
//!
//! <https://www.twilio.com/docs/serverless/api/resource/asset-version>

use axum::extract::multipart::MultipartError;
use axum::extract::{Multipart, Path};
use axum::http::StatusCode;
use bytes::Bytes;

use super::assets_and_functions::{AssetOrFunctionPath, OneAssetOrFunction};
use crate::records::unique_now;
use crate::resource::{Created, RestRequest};
use crate::rest::RestError;
use crate::serverless::records::{AssetOrFunction, Version};
use crate::serverless::version_content::put_version;
use crate::serverless::visibility::Visibility;
use crate::sid::random_sid;

/// A private Asset is packed with the code, which bounds it more.
const LARGEST_PRIVATE: usize = 10 * 1024 * 1024;
/// What any other Asset may have.
const LARGEST: usize = 25 * 1024 * 1024;
/// The longest path.
const LONGEST_PATH: usize = 255;

#[derive(Default)]
struct Form {
    path: Option<String>,
    visibility: Option<String>,
    content: Option<(String, Bytes)>,
}

fn unreadable(error: &MultipartError) -> RestError {
    RestError::new(error.status(), 20001, error.body_text())
}

async fn read(mut multipart: Multipart) -> Result<Form, RestError> {
    let mut form = Form::default();
    while let Some(field) = multipart.next_field().await.map_err(|error| unreadable(&error))? {
        let name = field.name().unwrap_or_default().to_owned();
        let content_type = field.content_type().unwrap_or("application/octet-stream").to_owned();
        let content = field.bytes().await.map_err(|error| unreadable(&error))?;
        match name.as_str() {
            "Path" => form.path = Some(String::from_utf8_lossy(&content).into_owned()),
            "Visibility" => form.visibility = Some(String::from_utf8_lossy(&content).into_owned()),
            "Content" => form.content = Some((content_type, content)),
            _ => {}
        }
    }
    Ok(form)
}

fn missing(name: &str) -> RestError {
    RestError::bad_parameter(format!("Missing required parameter {name} in the post body"))
}

/// The Version that a form describes, and its bytes. It gets its instant when it is written.
fn version_of(one: AssetOrFunction, form: Form) -> Result<(Version, Bytes), RestError> {
    let path = form.path.ok_or_else(|| missing("Path"))?;
    if !path.starts_with('/') || path.len() > LONGEST_PATH {
        return Err(RestError::bad_parameter("Path must begin with / and have at most 255 characters"));
    }
    let visibility = form.visibility.ok_or_else(|| missing("Visibility"))?;
    let visibility = Visibility::parse(&visibility)
        .ok_or_else(|| RestError::bad_parameter("Visibility must be public, protected or private"))?;
    let (content_type, content) = form.content.ok_or_else(|| missing("Content"))?;
    let largest = if visibility == Visibility::Private { LARGEST_PRIVATE } else { LARGEST };
    if content.len() > largest {
        return Err(RestError::new(StatusCode::PAYLOAD_TOO_LARGE, 20413, "Content is too large"));
    }
    let AssetOrFunction { sid: parent_sid, service_sid, kind, .. } = one;
    let sid = random_sid("ZN");
    Ok((Version { sid, service_sid, kind, parent_sid, path, visibility, content_type, created: 0 }, content))
}

/// A body that is no multipart is refused before it is asked what it is for.
pub(super) async fn upload(
    request: RestRequest,
    Path(path): Path<AssetOrFunctionPath>,
    multipart: Multipart,
) -> Created {
    let OneAssetOrFunction { request, one } = OneAssetOrFunction::find(request, &path)?;
    let (mut version, content) = version_of(one, read(multipart).await?)?;
    let app = &request.app;
    app.store.write(|tx| {
        version.created = unique_now(tx, &app.clock)?;
        put_version(tx, &version, &content)
    })?;
    request.created(&version)
}
