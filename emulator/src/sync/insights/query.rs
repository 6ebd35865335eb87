//! The query language of the search indexes: comparisons of fields with strings, joined by AND, OR and parentheses.
//!
//! Knows nothing of any index. <https://www.twilio.com/docs/sync/live-query>; AND binds tighter than OR.

use serde_json::Value;

use super::lexer::{Token, tokens};
use crate::sync::error::SyncError;

/// Operators in a query, comparisons and joints together: there must be fewer.
const TOO_MANY_OPERATORS: usize = 30;
/// Parentheses inside one another: more is no query that a person wrote.
const DEEPEST: usize = 30;

/// A query that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Query {
    /// The empty query.
    Everything,
    /// Both match.
    And(Box<Query>, Box<Query>),
    /// One of them matches.
    Or(Box<Query>, Box<Query>),
    /// The field at this path compares so with one of these strings.
    Compare(Vec<String>, Operator, Vec<String>),
}

/// How a field is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// It equals the string, or one of the list.
    Equal,
    /// It equals none of them, or is missing.
    NotEqual,
    /// It has the string in it, in any case of letters.
    Contains,
}

impl Query {
    /// Reads a query.
    ///
    /// # Errors
    ///
    /// [`SyncError`] 54507 when it cannot be understood, 54509 when it has too many operators.
    pub fn parse(text: &str) -> Result<Self, SyncError> {
        let mut parser = Parser { tokens: tokens(text)?, next: 0, operators: 0, depth: 0 };
        if parser.tokens.is_empty() {
            return Ok(Self::Everything);
        }
        let query = parser.or_expression()?;
        match parser.tokens.get(parser.next) {
            None => Ok(query),
            Some(_) => Err(parser.unexpected("AND or OR")),
        }
    }

    /// Whether a row matches.
    #[must_use]
    pub fn matches(&self, row: &Value) -> bool {
        match self {
            Self::Everything => true,
            Self::And(left, right) => left.matches(row) && right.matches(row),
            Self::Or(left, right) => left.matches(row) || right.matches(row),
            Self::Compare(path, operator, wanted) => {
                let field = path.iter().fold(row, |value, name| &value[name.as_str()]);
                let found = values(field).iter().any(|value| operator.accepts(value, wanted));
                if *operator == Operator::NotEqual { !found } else { found }
            }
        }
    }
}

impl Operator {
    /// Whether one value is among, or contains, what is wanted; the negation is up to the caller.
    fn accepts(self, value: &str, wanted: &[String]) -> bool {
        match self {
            Self::Equal | Self::NotEqual => wanted.iter().any(|wanted| wanted == value),
            Self::Contains => {
                let value = value.to_lowercase();
                wanted.iter().any(|wanted| value.contains(&wanted.to_lowercase()))
            }
        }
    }
}

/// A field's value as text; each element's if it is a list.
fn values(field: &Value) -> Vec<String> {
    match field {
        Value::Null | Value::Object(_) => Vec::new(),
        Value::String(text) => vec![text.clone()],
        Value::Array(elements) => elements.iter().flat_map(values).collect(),
        other => vec![other.to_string()],
    }
}

struct Parser {
    tokens: Vec<Token>,
    next: usize,
    operators: usize,
    depth: usize,
}

impl Parser {
    fn or_expression(&mut self) -> Result<Query, SyncError> {
        let mut query = self.and_expression()?;
        while self.take(&["or", "||"])? {
            query = Query::Or(Box::new(query), Box::new(self.and_expression()?));
        }
        Ok(query)
    }

    fn and_expression(&mut self) -> Result<Query, SyncError> {
        let mut query = self.term()?;
        while self.take(&["and", "&&"])? {
            query = Query::And(Box::new(query), Box::new(self.term()?));
        }
        Ok(query)
    }

    fn term(&mut self) -> Result<Query, SyncError> {
        if self.tokens.get(self.next) != Some(&Token::Sign("(")) {
            return self.comparison();
        }
        self.next += 1;
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(SyncError::query_too_long());
        }
        let query = self.or_expression()?;
        self.depth -= 1;
        self.sign(")")?;
        Ok(query)
    }

    fn comparison(&mut self) -> Result<Query, SyncError> {
        let Some(Token::Word(field)) = self.tokens.get(self.next).cloned() else {
            return Err(self.unexpected("a field"));
        };
        self.next += 1;
        // "data." names the row itself, not a field of it.
        let path = field.strip_prefix("data.").unwrap_or(&field).split('.').map(str::to_owned).collect();
        if self.take(&["==", "eq"])? {
            Ok(Query::Compare(path, Operator::Equal, vec![self.text()?]))
        } else if self.take(&["!=", "not_eq"])? {
            Ok(Query::Compare(path, Operator::NotEqual, vec![self.text()?]))
        } else if self.take(&["contains"])? {
            Ok(Query::Compare(path, Operator::Contains, vec![self.text()?]))
        } else if self.take(&["in"])? {
            Ok(Query::Compare(path, Operator::Equal, self.list()?))
        } else if self.take(&["not_in"])? {
            Ok(Query::Compare(path, Operator::NotEqual, self.list()?))
        } else {
            Err(self.unexpected("an operator"))
        }
    }

    fn list(&mut self) -> Result<Vec<String>, SyncError> {
        self.sign("[")?;
        let mut texts = vec![self.text()?];
        while self.tokens.get(self.next) == Some(&Token::Sign(",")) {
            self.next += 1;
            texts.push(self.text()?);
        }
        self.sign("]")?;
        Ok(texts)
    }

    fn text(&mut self) -> Result<String, SyncError> {
        match self.tokens.get(self.next) {
            Some(Token::Text(text)) => {
                self.next += 1;
                Ok(text.clone())
            }
            _ => Err(self.unexpected("a string in double quotes")),
        }
    }

    fn sign(&mut self, sign: &'static str) -> Result<(), SyncError> {
        if self.tokens.get(self.next) != Some(&Token::Sign(sign)) {
            return Err(self.unexpected(sign));
        }
        self.next += 1;
        Ok(())
    }

    /// Steps over an operator, if one of these is next, and counts it.
    fn take(&mut self, names: &[&str]) -> Result<bool, SyncError> {
        let found = match self.tokens.get(self.next) {
            Some(Token::Word(word)) => names.iter().any(|name| name.eq_ignore_ascii_case(word)),
            Some(Token::Sign(sign)) => names.contains(sign),
            _ => false,
        };
        if found {
            self.next += 1;
            self.operators += 1;
        }
        if self.operators >= TOO_MANY_OPERATORS { Err(SyncError::query_too_long()) } else { Ok(found) }
    }

    fn unexpected(&self, wanted: &str) -> SyncError {
        let found = match self.tokens.get(self.next) {
            None => "the end",
            Some(Token::Word(word)) => word,
            Some(Token::Text(_)) => "a string",
            Some(Token::Sign(sign)) => sign,
        };
        SyncError::invalid_query(format!("The query has {found} where {wanted} is expected"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn matches(query: &str) -> bool {
        let row = json!({
            "worker_sid": "WK1", "activity_name": "Available", "version": 3,
            "attributes": { "full_name": "Ann \"Bee\" Çelik", "skills": ["sales", "de"], "roles": [] },
        });
        Query::parse(query).unwrap().matches(&row)
    }

    #[test]
    fn contains_looks_into_nested_fields_in_any_case_of_letters() {
        assert!(matches(r#"data.attributes.full_name CONTAINS "çEL""#));
        assert!(matches(r#"data.attributes.full_name contains "\"bee\"""#));
        assert!(!matches(r#"data.attributes.full_name CONTAINS "Bob""#));
        assert!(!matches(r#"data.attributes.nothing CONTAINS """#));
    }

    #[test]
    fn equality_is_exact_and_a_missing_field_equals_nothing() {
        assert!(matches(r#"data.activity_name == "Available""#) && matches(r#"data.version eq "3""#));
        assert!(!matches(r#"data.activity_name == "available""#));
        assert!(matches(r#"data.nothing != "x""#) && !matches(r#"data.worker_sid not_eq "WK1""#));
    }

    #[test]
    fn lists_match_by_any_of_their_elements() {
        assert!(matches(r#"data.worker_sid IN ["WK0", "WK1"]"#) && !matches(r#"data.worker_sid NOT_IN ["WK1"]"#));
        assert!(matches(r#"data.attributes.skills CONTAINS "sal""#));
        assert!(matches(r#"data.attributes.roles not_in ["agent"]"#));
    }

    #[test]
    fn and_binds_tighter_than_or_and_parentheses_bind_tightest() {
        let (yes, no) = (r#"data.worker_sid == "WK1""#, r#"data.worker_sid == "WK2""#);
        assert!(matches(&format!("{yes} OR {no} AND {no}")));
        assert!(!matches(&format!("({yes} || {no}) && {no}")));
        assert!(matches("") && matches("  "));
    }

    #[test]
    fn what_is_no_query_is_refused_with_54507() {
        for query in [
            "data.x",
            r#"data.x == "#,
            r#"== "x""#,
            r#"data.x LIKE "x""#,
            r#"(data.x == "x""#,
            r#"data.x IN []"#,
            r#"data.x == "x" data.y == "y""#,
            r#"data.x == y"#,
            r#"data.x == "x" AND"#,
            r#"data.x IN "x""#,
        ] {
            assert_eq!(Query::parse(query).unwrap_err().code, 54507, "{query}");
        }
    }

    #[test]
    fn thirty_operators_are_too_many_and_so_are_endless_parentheses() {
        let query = |count: usize| vec![r#"data.x == "x""#; count].join(" OR ");
        assert!(Query::parse(&query(15)).is_ok());
        assert_eq!(Query::parse(&query(16)).unwrap_err().code, 54509);
        assert_eq!(Query::parse(&"(".repeat(100_000)).unwrap_err().code, 54509);
    }

    proptest! {
        #[test]
        fn any_text_is_a_query_or_refused(
            parts in prop::collection::vec(
                prop_oneof![
                    prop::sample::select(vec!["data.a", "==", "in", "not_in", "and", "or", "(", ")", "[", "]", ",", "\"x\""])
                        .prop_map(str::to_owned),
                    ".{0,4}",
                ],
                0..24,
            ),
        ) {
            let row = json!({"a": "x", "b": [1, null]});
            let _ = Query::parse(&parts.join(" ")).map(|query| query.matches(&row));
            let _ = Query::parse(&parts.concat()).map(|query| query.matches(&row));
        }
    }
}
