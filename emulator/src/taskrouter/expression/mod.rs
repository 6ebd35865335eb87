//! TaskRouter's expressions, as queues and filters use them: comparisons of attributes, joined by AND, OR and NOT.
//! [`evaluates_true`] is all that may be called from outside.
//! Does not know Workers and Tasks: it is given a JSON object.
//! <https://www.twilio.com/docs/taskrouter/expression-syntax>

mod lexer;

use serde_json::Value;

use lexer::{Token, tokens};

/// Brackets, lists and NOTs inside one another: more is no expression that a person wrote.
const DEEPEST: usize = 30;

/// Whether an expression is true of the attributes in `attributes`, which is a JSON object.
///
/// An attribute that is not there is null. A missing comparison (`1==1` aside) is never true.
///
/// # Errors
///
/// What is wrong with the expression, in words.
pub fn evaluates_true(expression: &str, attributes: &Value) -> Result<bool, String> {
    let mut reader = Reader { tokens: tokens(expression)?, at: 0, depth: 0, attributes };
    let result = reader.or_expression()?;
    if reader.at < reader.tokens.len() {
        return Err(format!("'{expression}' goes on where it should end"));
    }
    Ok(result)
}

struct Reader<'a> {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
    attributes: &'a Value,
}

impl Reader<'_> {
    fn or_expression(&mut self) -> Result<bool, String> {
        let mut result = self.and_expression()?;
        while self.take_word("OR") {
            result |= self.and_expression()?;
        }
        Ok(result)
    }

    fn and_expression(&mut self) -> Result<bool, String> {
        let mut result = self.not_expression()?;
        while self.take_word("AND") {
            result &= self.not_expression()?;
        }
        Ok(result)
    }

    fn not_expression(&mut self) -> Result<bool, String> {
        if self.take_word("NOT") {
            return Ok(!self.nested(Self::not_expression)?);
        }
        if self.take_sign("(") {
            let result = self.nested(Self::or_expression)?;
            return if self.take_sign(")") { Ok(result) } else { Err("a bracket is not closed".to_owned()) };
        }
        self.comparison()
    }

    /// Reads what stands inside something else.
    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, String>) -> Result<T, String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(format!("it is nested more than {DEEPEST} times"));
        }
        let result = read(self);
        self.depth -= 1;
        result
    }

    fn comparison(&mut self) -> Result<bool, String> {
        let left = self.value()?;
        for sign in ["==", "!=", ">=", "<=", ">", "<"] {
            if self.take_sign(sign) {
                return Ok(compare(&left, sign, &self.value()?));
            }
        }
        let negated = self.take_word("NOT");
        let (left, right) = if self.take_word("HAS") || self.take_word("CONTAINS") {
            (self.value()?, left)
        } else if self.take_word("IN") {
            (left, self.value()?)
        } else {
            return Err("a comparison is missing".to_owned());
        };
        Ok(is_in(&left, &right) != negated)
    }

    fn value(&mut self) -> Result<Value, String> {
        let token = self.tokens.get(self.at).cloned().ok_or("a value is missing at the end")?;
        self.at += 1;
        match token {
            Token::Literal(value) => Ok(value),
            Token::Word(path) => Ok(self.attribute(&path)),
            Token::Sign("[") => self.nested(Self::list),
            Token::Sign(sign) => Err(format!("'{sign}' stands where a value should")),
        }
    }

    fn list(&mut self) -> Result<Value, String> {
        let mut values = Vec::new();
        while !self.take_sign("]") {
            values.push(self.value()?);
            self.take_sign(",");
        }
        Ok(Value::Array(values))
    }

    fn attribute(&self, path: &str) -> Value {
        let found = path.split('.').try_fold(self.attributes, |value, name| value.get(name));
        found.cloned().unwrap_or(Value::Null)
    }

    fn take_word(&mut self, word: &str) -> bool {
        let found = matches!(self.tokens.get(self.at), Some(Token::Word(found)) if found.eq_ignore_ascii_case(word));
        self.at += usize::from(found);
        found
    }

    fn take_sign(&mut self, sign: &str) -> bool {
        let found = matches!(self.tokens.get(self.at), Some(Token::Sign(found)) if *found == sign);
        self.at += usize::from(found);
        found
    }
}

fn compare(left: &Value, sign: &str, right: &Value) -> bool {
    let order = match (left, right) {
        (Value::String(left), Value::String(right)) => Some(left.cmp(right)),
        _ => left.as_f64().zip(right.as_f64()).and_then(|(left, right)| left.partial_cmp(&right)),
    };
    match sign {
        "==" => left == right || order.is_some_and(std::cmp::Ordering::is_eq),
        "!=" => left != right && !order.is_some_and(std::cmp::Ordering::is_eq),
        ">=" => order.is_some_and(std::cmp::Ordering::is_ge),
        "<=" => order.is_some_and(std::cmp::Ordering::is_le),
        ">" => order.is_some_and(std::cmp::Ordering::is_gt),
        _ => order.is_some_and(std::cmp::Ordering::is_lt),
    }
}

fn is_in(item: &Value, whole: &Value) -> bool {
    match whole {
        Value::Array(values) => values.contains(item),
        Value::String(text) => item.as_str().is_some_and(|part| text.contains(part)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn attributes_are_compared_and_joined_as_twilio_documents() {
        let worker = json!({"team_name": "Sales", "routing": {"skills": ["billing", "vip"]}, "level": 3});
        for (expression, expected) in [
            ("1==1", true),
            ("1 == 2", false),
            ("team_name == 'Sales'", true),
            ("team_name == \"Support\" OR level > 2", true),
            ("team_name == \"Support\" AND level > 2", false),
            ("routing.skills HAS 'vip'", true),
            ("NOT (routing.skills HAS 'vip')", false),
            ("team_name IN ['Sales', 'Support']", true),
            ("team_name NOT IN ['Support']", true),
            ("nothing == null", true),
            ("workerSID != null", false),
        ] {
            assert_eq!(evaluates_true(expression, &worker), Ok(expected), "{expression}");
        }
    }

    #[test]
    fn what_is_no_expression_is_refused() {
        for expression in ["", "1 ==", "(1==1", "team_name", "1==1 1", "a == 'open", "a ~ b"] {
            assert!(evaluates_true(expression, &json!({})).is_err(), "{expression}");
        }
    }

    #[test]
    fn endless_nesting_is_refused() {
        for start in ["(", "NOT ", "a IN ["] {
            assert!(evaluates_true(&start.repeat(100_000), &json!({})).is_err(), "{start}");
        }
        assert!(evaluates_true(&format!("{}1==1{}", "(".repeat(30), ")".repeat(30)), &json!({})).is_ok());
        assert!(evaluates_true(&format!("a IN {}", "[".repeat(100_000)), &json!({})).is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_an_expression_or_refused(
            parts in prop::collection::vec(
                prop_oneof![
                    prop::sample::select(vec!["a", "==", ">", "IN", "HAS", "NOT", "AND", "OR", "(", ")", "[", "]", "'x'", "1"])
                        .prop_map(str::to_owned),
                    ".{0,4}",
                ],
                0..24,
            ),
        ) {
            let attributes = json!({"a": ["x", 1, null], "x": "y"});
            let _ = evaluates_true(&parts.join(" "), &attributes);
            let _ = evaluates_true(&parts.concat(), &attributes);
        }
    }
}
