//! Cuts a search query into words, strings and signs.

use crate::sync::error::SyncError;

/// A piece of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A field's path or the name of an operator.
    Word(String),
    /// The content of a string, without quotes and escapes.
    Text(String),
    /// `==`, `!=`, `&&`, `||`, a parenthesis, a bracket or a comma.
    Sign(&'static str),
}

const SIGNS: [&str; 9] = ["==", "!=", "&&", "||", "(", ")", "[", "]", ","];

/// Cuts a query into tokens.
///
/// # Errors
///
/// [`SyncError`] 54507 when a string does not end or a character means nothing.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, SyncError> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = if first == '"' {
            let (text, length) = string(&rest[1..])?;
            tokens.push(Token::Text(text));
            length + 1
        } else if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            tokens.push(Token::Sign(sign));
            sign.len()
        } else {
            let length = rest.find(|each| !is_word(each)).unwrap_or(rest.len());
            if length == 0 {
                return Err(SyncError::invalid_query(format!("Unexpected character {first} in the query")));
            }
            tokens.push(Token::Word(rest[..length].to_owned()));
            length
        };
        rest = rest[length..].trim_start();
    }
    Ok(tokens)
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || "._-$".contains(character)
}

/// The content up to the closing quote, and how many bytes it takes with that quote.
fn string(text: &str) -> Result<(String, usize), SyncError> {
    let unfinished = || SyncError::invalid_query("A string in the query does not end");
    let mut content = String::new();
    let mut characters = text.chars();
    let mut length = 0;
    loop {
        let mut character = characters.next().ok_or_else(unfinished)?;
        length += character.len_utf8();
        if character == '"' {
            return Ok((content, length));
        }
        if character == '\\' {
            character = characters.next().ok_or_else(unfinished)?;
            length += character.len_utf8();
        }
        content.push(character);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_may_hold_escaped_quotes_signs_and_any_letters() {
        let found = tokens(r#"a.b=="say \"hé\" && \\ [x]",c"#).unwrap();
        let word = |text: &str| Token::Word(text.into());
        let text = Token::Text(r#"say "hé" && \ [x]"#.into());
        assert_eq!(found, [word("a.b"), Token::Sign("=="), text, Token::Sign(","), word("c")]);
    }

    #[test]
    fn an_open_string_or_a_stray_character_is_refused() {
        for query in [r#"a == "x"#, r#"a == "x\"#, "a = b", "a == 'x'"] {
            assert_eq!(tokens(query).unwrap_err().code, 54507, "{query}");
        }
    }
}
