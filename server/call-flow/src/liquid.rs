//! Studio's templates: Liquid, with `to_json`, in which whatever is missing is nil.
//!
//! Call [`render`] to fill one in, and [`variables`] to see what it reads.
//!
//! It does not know what a widget is: the values are a JSON object.
//! <https://www.twilio.com/docs/studio/user-guide/liquid-template-language>

mod language;
mod lenient_runtime;

use liquid_core::Renderable;
use liquid_core::model::to_object;
use liquid_core::runtime::{RuntimeBuilder, Template};
use serde_json::{Map, Value};

use self::lenient_runtime::LenientRuntime;

/// Why a template can not be rendered: what the parser or the renderer said, on one line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct LiquidError(String);

impl From<liquid_core::Error> for LiquidError {
    fn from(error: liquid_core::Error) -> Self {
        let text = error.to_string();
        let words: Vec<&str> = text.split_whitespace().collect();
        Self(words.join(" ").trim_end_matches('.').to_owned())
    }
}

/// Renders a template with the values of an execution: `{"trigger":…,"flow":…,"widgets":…}`.
///
/// # Errors
///
/// [`LiquidError`] when the template is no Liquid, or a filter can not work on what it is given.
pub fn render(template: &str, values: &Map<String, Value>) -> Result<String, LiquidError> {
    let template = Template::new(liquid_core::parser::parse(template, &language::LANGUAGE)?);
    let globals = to_object(values)?;
    let runtime = RuntimeBuilder::new().set_globals(&globals).build();
    Ok(template.render(&LenientRuntime(&runtime))?)
}

/// The variables that a template names in its tags and expressions, as they are written, such as
/// `widgets.find_agent.parsed.found`. Those in branches that are not taken are named too.
#[must_use]
pub fn variables(template: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = template;
    while let Some(start) = rest.find("{{").into_iter().chain(rest.find("{%")).min() {
        let end = rest[start + 2..].find(['}', '%']).map_or(rest.len(), |end| start + 2 + end);
        let is_part = |character: char| character.is_ascii_alphanumeric() || "_-.".contains(character);
        let words = rest[start + 2..end].split(|character| !is_part(character));
        found.extend(words.filter(|word| word.contains('.') && !word.starts_with(|c: char| c.is_ascii_digit())));
        rest = &rest[end..];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn rendered(template: &str) -> String {
        let values = json!({
            "flow": {"variables": {"tries": "2"}},
            "widgets": {"find-agent": {"parsed": {"workerSID": null, "found": true, "name": "Jo \"J\" Doe"}}},
        });
        render(template, values.as_object().unwrap()).unwrap()
    }

    #[test]
    fn a_missing_value_is_empty_in_a_text_and_null_in_json() {
        assert_eq!(rendered("[{{widgets.x.parsed.y}}]"), "[]");
        assert_eq!(rendered("{{widgets.x.parsed.y | to_json}}"), "null");
        assert_eq!(rendered("{{widgets.find-agent.parsed.workerSID | to_json}}"), "null");
        assert_eq!(rendered("{% if widgets.x.parsed.y %}there{% else %}missing{% endif %}"), "missing");
    }

    #[test]
    fn a_text_is_quoted_and_escaped_by_to_json() {
        assert_eq!(rendered("{{widgets.find-agent.parsed.name | to_json}}"), r#""Jo \"J\" Doe""#);
        assert_eq!(rendered("{{widgets.find-agent.parsed.found | to_json}}"), "true");
    }

    #[test]
    fn a_variable_that_is_a_text_can_be_counted_up() {
        assert_eq!(rendered("{{flow.variables.tries | plus: 1}}"), "3");
    }

    #[test]
    fn what_is_no_liquid_is_an_error_on_one_line() {
        let error = render("{% if %}", &Map::new()).unwrap_err().to_string();
        assert!(!error.is_empty() && !error.contains('\n'), "{error}");
    }

    #[test]
    fn the_variables_of_every_branch_are_named() {
        let template = "a.b {% if widgets.a-1.Digits == 'x' %}{{ flow.variables.n | plus: 1.5 }}{% endif %} {{x}}";
        assert_eq!(variables(template), ["widgets.a-1.Digits", "flow.variables.n"]);
    }
}
