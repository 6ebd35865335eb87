//! What a Rust file names: its modules, its `use` paths and the paths in its code.
//!
//! Reads tokens, so that comments, texts and whatever is compiled for tests only are never taken for code. The texts of
//! attributes are code where they can be: `serialize_with = "crate::.."`.
//! Does not know which modules there are, nor where a path leads.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};

use crate::tokens::{Attribute, Tokens, code_in_texts};

/// What stands in a module.
#[derive(Default)]
pub(crate) struct Contents {
    pub(crate) modules: Vec<ModuleItem>,
    pub(crate) uses: Vec<UsePath>,
    pub(crate) named: Vec<NamedPath>,
    /// What is defined here: a glob import of this module brings it along.
    pub(crate) items: BTreeSet<String>,
}

/// `mod name;` or `mod name { .. }`.
pub(crate) struct ModuleItem {
    pub(crate) name: String,
    /// What `#[path = ".."]` says.
    pub(crate) path: Option<String>,
    pub(crate) is_for_tests: bool,
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

impl Contents {
    /// Every path in it, and in the modules that it has between braces; what is for tests only is left out.
    pub(crate) fn paths(&self) -> Vec<&NamedPath> {
        let inside =
            self.modules.iter().filter(|module| !module.is_for_tests).filter_map(|module| module.inline.as_ref());
        let own = self.uses.iter().map(|used| &used.path).chain(&self.named);
        own.chain(inside.flat_map(Self::paths)).collect()
    }
}

const DEFINING_WORDS: [&str; 9] = ["const", "enum", "fn", "static", "struct", "trait", "type", "union", "macro_rules"];

/// Reads the text of a file.
///
/// # Panics
///
/// When it is no Rust.
pub(crate) fn read(file: &str, text: &str) -> Contents {
    let tokens = text.parse().unwrap_or_else(|error| panic!("{file} has no Rust tokens: {error}"));
    let mut contents = Contents::default();
    Reader { tokens: Tokens::new(tokens), is_use: false }.read_into(&mut contents, Depth::Module);
    contents
}

/// Where tokens stand: what they define is the module's own, or not.
#[derive(Clone, Copy, PartialEq)]
enum Depth {
    Module,
    /// In a call of a macro that stands in a module: the types in it may become the module's.
    MacroCall,
    /// In a function, say: a type in it hides nothing outside.
    Inside,
}

struct Reader {
    tokens: Tokens,
    /// Whether a `use` is read. Elsewhere `as` stands before a type, which is a path of its own.
    is_use: bool,
}

impl Reader {
    fn of(tokens: TokenStream) -> Self {
        Self { tokens: Tokens::new(tokens), is_use: false }
    }

    fn read_into(&mut self, contents: &mut Contents, depth: Depth) {
        let (mut file, mut is_for_tests) = (None, false);
        while let Some(token) = self.tokens.peek() {
            match token {
                TokenTree::Punct(punct) if punct.as_char() == '#' => match self.tokens.attribute() {
                    Some(Attribute::ForTests) if self.tokens.is_before_module() => is_for_tests = true,
                    Some(Attribute::ForTests) => self.tokens.skip_item(),
                    Some(Attribute::Path(named)) => file = Some(named),
                    Some(Attribute::Other(inside)) => {
                        Self::of(code_in_texts(inside.clone())).read_into(contents, Depth::Inside);
                        Self::of(inside).read_into(contents, Depth::Inside);
                    }
                    None => {}
                },
                TokenTree::Punct(_) if self.tokens.is_separator(self.tokens.next) => {
                    self.path(&[], &mut |found| contents.named.push(found.path));
                }
                TokenTree::Punct(punct) => self.pass(punct.as_char()),
                TokenTree::Group(group) => {
                    let inside = self.depth_inside(depth);
                    self.tokens.next += 1;
                    Self::of(group.stream()).read_into(contents, inside);
                }
                TokenTree::Literal(_) => self.tokens.next += 1,
                TokenTree::Ident(word) if word == "use" && !self.tokens.is_punct(self.tokens.next + 1, '<') => {
                    self.tokens.next += 1;
                    self.is_use = true;
                    self.path(&[], &mut |path| contents.uses.push(path));
                    self.is_use = false;
                }
                TokenTree::Ident(word) if word == "mod" => {
                    contents.modules.extend(self.module(file.take(), std::mem::take(&mut is_for_tests)));
                }
                TokenTree::Ident(_) => {
                    contents.items.extend(self.defined_name(depth));
                    self.path(&[], &mut |found| contents.named.push(found.path));
                }
            }
        }
    }

    /// Steps over a sign, and over a name behind it that is none of a module or an item: a field, a method, a lifetime.
    fn pass(&mut self, sign: char) {
        let at = self.tokens.next;
        let is_range = sign == '.' && at > 0 && self.tokens.is_punct(at - 1, '.');
        let has_name = self.tokens.ident(at + 1).is_some() && (sign == '\'' || sign == '.' && !is_range);
        self.tokens.next += if has_name { 2 } else { 1 };
    }

    /// `mod name;` or `mod name { .. }`.
    fn module(&mut self, path: Option<String>, is_for_tests: bool) -> Option<ModuleItem> {
        let at = self.tokens.next;
        self.tokens.next += 1;
        let name = self.tokens.ident(at + 1)?;
        let inline = self.tokens.braces(at + 2).map(|body| {
            let mut inside = Contents::default();
            Self::of(body).read_into(&mut inside, Depth::Module);
            inside
        });
        self.tokens.next += 2;
        Some(ModuleItem { name, path, is_for_tests, inline })
    }

    /// Where the tokens of the next group stand.
    fn depth_inside(&self, depth: Depth) -> Depth {
        let is_call = self.tokens.next > 0 && self.tokens.is_punct(self.tokens.next - 1, '!');
        if depth == Depth::Module && is_call { Depth::MacroCall } else { Depth::Inside }
    }

    /// The name behind a word that defines, where it is the module's own.
    fn defined_name(&self, depth: Depth) -> Option<String> {
        let at = self.tokens.next;
        let word = self.tokens.ident(at).filter(|word| DEFINING_WORDS.contains(&word.as_str()))?;
        let is_type = ["enum", "struct", "trait", "union"].contains(&word.as_str());
        let is_of_the_module = depth == Depth::Module || depth == Depth::MacroCall && is_type;
        let name_at = if self.tokens.is_punct(at + 1, '!') { at + 2 } else { at + 1 };
        self.tokens.ident(name_at).filter(|_| is_of_the_module)
    }

    /// Reads the path that begins here, branches included, and gives each to `found`.
    fn path(&mut self, before: &[String], found: &mut dyn FnMut(UsePath)) {
        let mut segments = before.to_vec();
        if before.is_empty() && self.tokens.is_separator(self.tokens.next) {
            self.tokens.next += 2;
            // No module has this name: the path begins outside the crate.
            segments.push(String::new());
        }
        let mut line = self.tokens.line();
        while let Some(segment) = self.tokens.ident(self.tokens.next) {
            line = self.tokens.line();
            segments.push(segment);
            self.tokens.next += 1;
            if !self.goes_on() {
                return self.end(segments, line, found);
            }
            self.tokens.next += 2;
        }
        if let Some(inside) = self.tokens.braces(self.tokens.next) {
            self.tokens.next += 1;
            Self { tokens: Tokens::new(inside), is_use: true }.branches(&segments, found);
        } else if self.tokens.is_punct(self.tokens.next, '*') {
            self.tokens.next += 1;
            found(UsePath { path: NamedPath { segments, line }, brings: Brings::Everything });
        }
    }

    /// Whether `::` and another segment, branches or a glob follow.
    fn goes_on(&self) -> bool {
        let (at, behind) = (self.tokens.next, self.tokens.next + 2);
        self.tokens.is_separator(at)
            && (self.tokens.ident(behind).is_some()
                || self.tokens.braces(behind).is_some()
                || self.tokens.is_punct(behind, '*'))
    }

    /// The path ends: with the module itself (`{self}`) or its last segment, and perhaps with `as`.
    fn end(&mut self, mut segments: Vec<String>, line: usize, found: &mut dyn FnMut(UsePath)) {
        if segments.len() > 1 && segments.last().is_some_and(|last| last == "self") {
            segments.pop();
        }
        let mut name = segments.last().cloned().unwrap_or_default();
        let at = self.tokens.next;
        if self.is_use && self.tokens.ident(at).is_some_and(|word| word == "as") {
            name = self.tokens.ident(at + 1).unwrap_or_default();
            self.tokens.next += 2;
        }
        found(UsePath { path: NamedPath { segments, line }, brings: Brings::Name(name) });
    }

    /// The paths between braces, which all begin with `before`.
    fn branches(&mut self, before: &[String], found: &mut dyn FnMut(UsePath)) {
        while self.tokens.peek().is_some() {
            let start = self.tokens.next;
            self.path(before, found);
            if self.tokens.next == start || self.tokens.is_punct(self.tokens.next, ',') {
                self.tokens.next += 1;
            }
        }
    }
}
