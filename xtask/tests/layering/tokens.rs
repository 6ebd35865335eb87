//! A cursor over Rust's tokens, which passes by what is compiled for tests only.
//!
//! Knows how attributes and items end, not what a path is.

use proc_macro2::{Delimiter, Group, Literal, Spacing, TokenStream, TokenTree};

/// Words with which an item or a statement begins, `pub` aside.
const ITEM_WORDS: &str =
    "async const enum extern fn impl let macro_rules mod static struct trait type union unsafe use";

/// The tokens between two braces, or of a file, and the place of the next one.
pub(crate) struct Tokens {
    tokens: Vec<TokenTree>,
    pub(crate) next: usize,
}

/// What stands before an item.
pub(crate) enum Attribute {
    /// The item is compiled for tests only.
    ForTests,
    /// `#[path = ".."]`, with the file.
    Path(String),
    /// Any other, with what stands in its brackets.
    Other(TokenStream),
}

impl Tokens {
    pub(crate) fn new(tokens: TokenStream) -> Self {
        Self { tokens: tokens.into_iter().collect(), next: 0 }
    }

    pub(crate) fn peek(&self) -> Option<TokenTree> {
        self.tokens.get(self.next).cloned()
    }

    /// The word at a place, without the `r#` of a raw one.
    pub(crate) fn ident(&self, at: usize) -> Option<String> {
        match self.tokens.get(at)? {
            TokenTree::Ident(ident) => Some(ident.to_string().trim_start_matches("r#").to_owned()),
            _ => None,
        }
    }

    /// What stands in braces at a place.
    pub(crate) fn braces(&self, at: usize) -> Option<TokenStream> {
        match self.tokens.get(at)? {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group.stream()),
            _ => None,
        }
    }

    pub(crate) fn is_punct(&self, at: usize, sign: char) -> bool {
        matches!(self.tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == sign)
    }

    /// Whether `::` stands at a place.
    pub(crate) fn is_separator(&self, at: usize) -> bool {
        let is_joint = |punct: &proc_macro2::Punct| punct.as_char() == ':' && punct.spacing() == Spacing::Joint;
        matches!(self.tokens.get(at), Some(TokenTree::Punct(punct)) if is_joint(punct)) && self.is_punct(at + 1, ':')
    }

    /// The line of the next token, counted from 1.
    pub(crate) fn line(&self) -> usize {
        self.peek().map_or(0, |token| token.span().start().line)
    }

    /// Reads `#[..]` or `#![..]`; steps over `#` alone, which stands in macros.
    pub(crate) fn attribute(&mut self) -> Option<Attribute> {
        let is_inner = self.is_punct(self.next + 1, '!');
        self.next += if is_inner { 2 } else { 1 };
        let Some(TokenTree::Group(group)) = self.peek() else { return None };
        if group.delimiter() != Delimiter::Bracket {
            return None;
        }
        self.next += 1;
        let inside: Vec<_> = group.stream().into_iter().collect();
        if is_for_tests(&inside) {
            if is_inner {
                self.next = self.tokens.len();
            }
            return Some(Attribute::ForTests);
        }
        Some(path_value(&inside).map_or_else(|| Attribute::Other(group.stream()), Attribute::Path))
    }

    /// Whether the attributes that may follow stand before a module.
    pub(crate) fn is_before_module(&mut self) -> bool {
        let here = self.next;
        while self.is_punct(self.next, '#') {
            let _ = self.attribute();
        }
        let is_pub = self.ident(self.next).is_some_and(|word| word == "pub");
        let words = (self.next..self.tokens.len()).take(3).filter_map(|at| self.ident(at));
        let first = words.take(if is_pub { 2 } else { 1 }).last();
        self.next = here;
        first.is_some_and(|word| word == "mod")
    }

    /// Steps over what an attribute stands before: up to its body or its semicolon, or, for a field, its comma.
    pub(crate) fn skip_item(&mut self) {
        while self.is_punct(self.next, '#') {
            let _ = self.attribute();
        }
        let words = (self.next..self.tokens.len()).filter_map(|at| self.ident(at));
        let first = words.take(2).find(|word| word != "pub");
        let is_item = first.is_some_and(|first| ITEM_WORDS.split(' ').any(|word| word == first));
        while let Some(token) = self.peek() {
            self.next += 1;
            match token {
                TokenTree::Punct(punct) if punct.as_char() == ';' => return,
                TokenTree::Punct(punct) if punct.as_char() == ',' && !is_item => return,
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => return,
                _ => {}
            }
        }
    }
}

/// `cfg(test)`, and `cfg(all(test, ..))`.
fn is_for_tests(attribute: &[TokenTree]) -> bool {
    let [TokenTree::Ident(cfg), TokenTree::Group(condition)] = attribute else { return false };
    let condition: Vec<_> = condition.stream().into_iter().collect();
    let is = |token: &TokenTree, word: &str| matches!(token, TokenTree::Ident(ident) if ident == word);
    cfg == "cfg"
        && match condition.as_slice() {
            [only] => is(only, "test"),
            [all, TokenTree::Group(parts)] => {
                is(all, "all") && parts.stream().into_iter().any(|part| is(&part, "test"))
            }
            _ => false,
        }
}

/// The paths that stand as texts in an attribute, as in `with = ".."`; documentation is no code.
pub(crate) fn code_in_texts(attribute: TokenStream) -> TokenStream {
    let tokens: Vec<_> = attribute.into_iter().collect();
    if matches!(tokens.first(), Some(TokenTree::Ident(name)) if name == "doc") {
        return TokenStream::new();
    }
    let code = |(at, token): (usize, &TokenTree)| match token {
        TokenTree::Group(group) => code_in_texts(group.stream()),
        TokenTree::Literal(text) => path_in(text, is_module_text(&tokens[..at])),
        _ => TokenStream::new(),
    };
    // Each in a group of its own: what follows does not continue it.
    tokens.iter().enumerate().map(|part| TokenTree::from(Group::new(Delimiter::None, code(part)))).collect()
}

/// Whether the text behind `before` names a module, the functions of which are called.
fn is_module_text(before: &[TokenTree]) -> bool {
    matches!(before, [.., TokenTree::Ident(key), TokenTree::Punct(_)] if key == "with")
}

/// The path that a text is, if it is one, in the line of the text.
fn path_in(text: &Literal, is_module: bool) -> TokenStream {
    let written = text.to_string();
    let path = written.trim_matches('"');
    let is_path = path.split("::").all(|part| part.chars().all(|sign| sign.is_alphanumeric() || sign == '_'));
    if !is_path || !path.starts_with(|sign: char| sign.is_alphabetic() || sign == ':' || sign == '_') {
        return TokenStream::new();
    }
    let path = if is_module { format!("{path}::serialize") } else { path.to_owned() };
    let at_text = |mut token: TokenTree| {
        token.set_span(text.span());
        token
    };
    path.parse::<TokenStream>().unwrap_or_default().into_iter().map(at_text).collect()
}

/// The file that `path = ".."` names.
fn path_value(attribute: &[TokenTree]) -> Option<String> {
    let [TokenTree::Ident(path), TokenTree::Punct(_), TokenTree::Literal(file)] = attribute else { return None };
    (path == "path").then(|| file.to_string().trim_matches('"').to_owned())
}
