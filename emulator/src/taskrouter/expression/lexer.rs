//! Splits an expression into words, literals and signs.

use serde_json::{Value, json};

/// One part of an expression.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// A number, a quoted text, `true`, `false` or `null`.
    Literal(Value),
    /// An attribute's path or a word such as AND.
    Word(String),
    /// An operator, a bracket or a comma.
    Sign(&'static str),
}

/// Longer ones first.
const SIGNS: [&str; 11] = ["==", "!=", ">=", "<=", ">", "<", "(", ")", "[", "]", ","];

/// Every token of `text`.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut rest = text.trim_start();
    let mut tokens = Vec::new();
    while let Some(first) = rest.chars().next() {
        let (token, length) = match first {
            '\'' | '"' => quoted(rest, first)?,
            _ => match SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
                Some(sign) => (Token::Sign(sign), sign.len()),
                None => word(rest)?,
            },
        };
        tokens.push(token);
        rest = rest[length..].trim_start();
    }
    Ok(tokens)
}

fn quoted(text: &str, quote: char) -> Result<(Token, usize), String> {
    let inner = &text[1..];
    let end = inner.find(quote).ok_or_else(|| format!("the text {text} is not closed"))?;
    Ok((Token::Literal(json!(inner[..end])), end + 2))
}

fn word(text: &str) -> Result<(Token, usize), String> {
    let is_part = |character: char| character.is_alphanumeric() || "._-".contains(character);
    let end = text.find(|character| !is_part(character)).unwrap_or(text.len());
    let token = match &text[..end] {
        "" => return Err(format!("'{text}' can not be understood")),
        "true" => Token::Literal(json!(true)),
        "false" => Token::Literal(json!(false)),
        "null" => Token::Literal(Value::Null),
        word => {
            word.parse::<f64>().map_or_else(|_| Token::Word(word.to_owned()), |number| Token::Literal(json!(number)))
        }
    };
    Ok((token, end))
}
