//! What a Rust file names: its modules, its `use` paths and the paths in its code.
//!
//! Reads tokens, so that comments, texts and whatever is compiled for tests only are never taken for code.
//! Does not know which modules there are, nor where a path leads.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// What stands in a module, its inline modules aside.
#[derive(Default)]
pub(crate) struct Contents {
    pub(crate) modules: Vec<ModuleItem>,
    pub(crate) uses: Vec<UsePath>,
    pub(crate) names: Vec<NamedPath>,
    /// What is defined here: a glob import of this module brings it along.
    pub(crate) items: BTreeSet<String>,
}

/// `mod name;` or `mod name { .. }`.
pub(crate) struct ModuleItem {
    pub(crate) name: String,
    /// What `#[path = ".."]` says.
    pub(crate) path: Option<String>,
    /// What stands between the braces; without braces it stands in a file.
    pub(crate) inline: Option<Contents>,
}

/// Segments of a path as they are written, and the line of the last one.
#[derive(Clone)]
pub(crate) struct NamedPath {
    pub(crate) segments: Vec<String>,
    pub(crate) line: usize,
}

/// One name that a `use` brings: `use a::{b, c as d, e::*};` has three of them.
#[derive(Clone)]
pub(crate) struct UsePath {
    pub(crate) path: NamedPath,
    pub(crate) brings: Brings,
}

/// What a `use` path brings into its module.
#[derive(Clone)]
pub(crate) enum Brings {
    /// The last segment, or what stands behind `as`.
    Name(String),
    /// Everything that is in the module.
    Everything,
}

const ITEM_WORDS: [&str; 17] = [
    "async",
    "const",
    "enum",
    "extern",
    "fn",
    "impl",
    "let",
    "macro_rules",
    "mod",
    "static",
    "struct",
    "trait",
    "type",
    "union",
    "unsafe",
    "use",
    "pub",
];
const DEFINING_WORDS: [&str; 9] = ["const", "enum", "fn", "static", "struct", "trait", "type", "union", "macro_rules"];

/// Reads the text of a file.
///
/// # Panics
///
/// When it is no Rust.
pub(crate) fn read(file: &str, text: &str) -> Contents {
    let tokens = text.parse().unwrap_or_else(|error| panic!("{file} has no Rust tokens: {error}"));
    let mut contents = Contents::default();
    Reader::new(tokens).read_into(&mut contents, Depth::Module);
    contents
}

/// Whether tokens stand directly in a module, where items are defined.
#[derive(Clone, Copy, PartialEq)]
enum Depth {
    Module,
    Inside,
}

struct Reader {
    tokens: Vec<TokenTree>,
    next: usize,
    /// In code, `as` stands before a type, which is a path of its own.
    is_in_use: bool,
}

impl Reader {
    fn new(tokens: TokenStream) -> Self {
        Self { tokens: tokens.into_iter().collect(), next: 0, is_in_use: false }
    }

    fn read_into(&mut self, contents: &mut Contents, depth: Depth) {
        let mut path_attribute = None;
        while let Some(token) = self.tokens.get(self.next).cloned() {
            match token {
                TokenTree::Punct(punct) if punct.as_char() == '#' => match self.attribute() {
                    Some(attribute) if is_for_tests(&attribute) => self.skip_item(),
                    Some(attribute) => path_attribute = path_value(&attribute).or(path_attribute),
                    None => {}
                },
                TokenTree::Punct(punct) => self.pass(punct.as_char()),
                TokenTree::Group(group) => {
                    self.next += 1;
                    Self::new(group.stream()).read_into(contents, Depth::Inside);
                }
                TokenTree::Ident(word) if word == "use" && !self.is_punct(self.next + 1, '<') => {
                    self.next += 1;
                    self.is_in_use = true;
                    self.path(&[], &mut |path| contents.uses.push(path));
                    self.is_in_use = false;
                }
                TokenTree::Ident(word) if word == "mod" => self.module(path_attribute.take(), contents),
                TokenTree::Ident(word) => {
                    if DEFINING_WORDS.iter().any(|defining| word == defining) {
                        self.defined_name(depth).map(|name| contents.items.insert(name));
                    }
                    self.path(&[], &mut |found| contents.names.push(found.path));
                }
                TokenTree::Literal(_) => self.next += 1,
            }
        }
    }

    /// Steps over a sign, and over a name behind it that is none of a module or an item:
    /// a field, a method, a lifetime, or what begins with `::` and so outside the crate.
    fn pass(&mut self, sign: char) {
        if self.is_separator(self.next) {
            self.next += 2;
            return self.path(&[], &mut |_| {});
        }
        let is_range = sign == '.' && self.next > 0 && self.is_punct(self.next - 1, '.');
        self.next += 1;
        if (sign == '\'' || sign == '.' && !is_range) && self.ident(self.next).is_some() {
            self.next += 1;
        }
    }

    /// The brackets behind `#` or `#!`.
    fn attribute(&mut self) -> Option<Vec<TokenTree>> {
        self.next += 1;
        if self.is_punct(self.next, '!') {
            self.next += 1;
        }
        let Some(TokenTree::Group(group)) = self.tokens.get(self.next) else { return None };
        let inside = (group.delimiter() == Delimiter::Bracket).then(|| group.stream().into_iter().collect())?;
        self.next += 1;
        Some(inside)
    }

    /// Leaves out what an attribute stands before: up to its body or its semicolon, or, for a field, its comma.
    fn skip_item(&mut self) {
        while self.is_punct(self.next, '#') {
            let _ = self.attribute();
        }
        let is_item = self.tokens[self.next..].iter().find_map(|token| match token {
            TokenTree::Ident(word) if word == "pub" => None,
            TokenTree::Ident(word) => Some(ITEM_WORDS.iter().any(|item| word == item)),
            _ => None,
        });
        while let Some(token) = self.tokens.get(self.next) {
            self.next += 1;
            match token {
                TokenTree::Punct(punct) if punct.as_char() == ';' => return,
                TokenTree::Punct(punct) if punct.as_char() == ',' && is_item != Some(true) => return,
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => return,
                _ => {}
            }
        }
    }

    /// `mod name;` or `mod name { .. }`.
    fn module(&mut self, path: Option<String>, contents: &mut Contents) {
        let name = self.ident(self.next + 1);
        let body = self.tokens.get(self.next + 2).cloned();
        self.next += 1;
        let Some(name) = name else { return };
        let inline = match body {
            Some(TokenTree::Group(group)) => {
                let mut inside = Contents::default();
                Self::new(group.stream()).read_into(&mut inside, Depth::Module);
                Some(inside)
            }
            _ => None,
        };
        self.next += 2;
        contents.modules.push(ModuleItem { name, path, inline });
    }

    /// The name behind a word that defines; functions and constants inside something are not the module's.
    fn defined_name(&self, depth: Depth) -> Option<String> {
        let word = self.ident(self.next)?;
        let is_of_the_module = depth == Depth::Module || ["enum", "struct", "trait", "union"].contains(&word.as_str());
        let at = if self.is_punct(self.next + 1, '!') { self.next + 2 } else { self.next + 1 };
        is_of_the_module.then(|| self.ident(at))?
    }

    /// Reads the path that begins here, branches included, and gives each to `found`.
    fn path(&mut self, before: &[String], found: &mut dyn FnMut(UsePath)) {
        let mut segments = before.to_vec();
        let mut line = self.line();
        if before.is_empty() && self.is_separator(self.next) {
            self.next += 2;
            segments.push(String::new());
        }
        while let Some(segment) = self.ident(self.next) {
            line = self.line();
            segments.push(segment);
            self.next += 1;
            let goes_on = self.is_separator(self.next)
                && (self.ident(self.next + 2).is_some()
                    || self.is_punct(self.next + 2, '*')
                    || self.braces(self.next + 2).is_some());
            if !goes_on {
                return self.named(segments, line, found);
            }
            self.next += 2;
        }
        if let Some(inside) = self.braces(self.next) {
            self.next += 1;
            Self { is_in_use: true, ..Self::new(inside) }.branches(&segments, found);
        } else if self.is_punct(self.next, '*') {
            self.next += 1;
            found(UsePath { path: NamedPath { segments, line }, brings: Brings::Everything });
        }
    }

    /// The path ends: with `as`, with the module itself (`{self}`), or with its last segment.
    fn named(&mut self, mut segments: Vec<String>, line: usize, found: &mut dyn FnMut(UsePath)) {
        if segments.len() > 1 && segments.last().is_some_and(|last| last == "self") {
            segments.pop();
        }
        let mut name = segments.last().cloned().unwrap_or_default();
        if self.is_in_use
            && self.ident(self.next).is_some_and(|word| word == "as")
            && let Some(other) = self.ident(self.next + 1)
        {
            self.next += 2;
            name = other;
        }
        found(UsePath { path: NamedPath { segments, line }, brings: Brings::Name(name) });
    }

    /// The paths between braces, which all begin with `before`.
    fn branches(&mut self, before: &[String], found: &mut dyn FnMut(UsePath)) {
        while self.next < self.tokens.len() {
            let start = self.next;
            self.path(before, found);
            if self.next == start || self.is_punct(self.next, ',') {
                self.next += 1;
            }
        }
    }

    fn ident(&self, at: usize) -> Option<String> {
        match self.tokens.get(at)? {
            TokenTree::Ident(ident) => Some(ident.to_string().trim_start_matches("r#").to_owned()),
            _ => None,
        }
    }

    fn braces(&self, at: usize) -> Option<TokenStream> {
        match self.tokens.get(at)? {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group.stream()),
            _ => None,
        }
    }

    fn is_punct(&self, at: usize, sign: char) -> bool {
        matches!(self.tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == sign)
    }

    /// Whether `::` stands there.
    fn is_separator(&self, at: usize) -> bool {
        matches!(self.tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == ':' && punct.spacing() == Spacing::Joint)
            && self.is_punct(at + 1, ':')
    }

    fn line(&self) -> usize {
        self.tokens.get(self.next).map_or(0, |token| token.span().start().line)
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

/// The file that `path = ".."` names.
fn path_value(attribute: &[TokenTree]) -> Option<String> {
    let [TokenTree::Ident(path), TokenTree::Punct(_), TokenTree::Literal(file)] = attribute else { return None };
    (path == "path").then(|| file.to_string().trim_matches('"').to_owned())
}
