//! The tags, blocks and filters that Studio has: Liquid's own, and `to_json`.

use std::sync::LazyLock;

use liquid_core::parser::{ParseBlock, ParseFilter as ParseFilterTrait, ParseTag};
use liquid_core::{Display_filter, Filter, FilterReflection, Language, ParseFilter, Result, Runtime, Value, ValueView};
use liquid_lib::stdlib;

/// `to_json`: any value as JSON.
#[derive(Clone, ParseFilter, FilterReflection)]
#[filter(name = "to_json", description = "Any value as JSON.", parsed(ToJsonFilter))]
struct ToJson;

#[derive(Debug, Default, Display_filter)]
#[name = "to_json"]
struct ToJsonFilter;

impl Filter for ToJsonFilter {
    fn evaluate(&self, input: &dyn ValueView, _runtime: &dyn Runtime) -> Result<Value> {
        let json = serde_json::to_string(&input.to_value())
            .map_err(|error| liquid_core::Error::with_msg(error.to_string()))?;
        Ok(Value::scalar(json))
    }
}

/// The language that templates are parsed with.
pub(super) static LANGUAGE: LazyLock<Language> = LazyLock::new(language);

fn language() -> Language {
    let mut language = Language::empty();
    for block in blocks() {
        language.blocks.register(block.reflection().start_tag().to_owned(), block);
    }
    for tag in tags() {
        language.tags.register(tag.reflection().tag().to_owned(), tag);
    }
    for filter in texts().into_iter().chain(numbers_and_lists()) {
        language.filters.register(filter.reflection().name().to_owned(), filter);
    }
    language
}

fn blocks() -> Vec<Box<dyn ParseBlock>> {
    vec![
        Box::new(stdlib::IfBlock),
        Box::new(stdlib::UnlessBlock),
        Box::new(stdlib::CaseBlock),
        Box::new(stdlib::ForBlock),
        Box::new(stdlib::CaptureBlock),
        Box::new(stdlib::CommentBlock),
        Box::new(stdlib::RawBlock),
    ]
}

fn tags() -> Vec<Box<dyn ParseTag>> {
    vec![
        Box::new(stdlib::AssignTag),
        Box::new(stdlib::BreakTag),
        Box::new(stdlib::ContinueTag),
        Box::new(stdlib::CycleTag),
        Box::new(stdlib::IncrementTag),
        Box::new(stdlib::DecrementTag),
    ]
}

fn texts() -> Vec<Box<dyn ParseFilterTrait>> {
    vec![
        Box::new(ToJson),
        Box::new(stdlib::Append),
        Box::new(stdlib::Capitalize),
        Box::new(stdlib::Date),
        Box::new(stdlib::Default),
        Box::new(stdlib::Downcase),
        Box::new(stdlib::Escape),
        Box::new(stdlib::EscapeOnce),
        Box::new(stdlib::Lstrip),
        Box::new(stdlib::NewlineToBr),
        Box::new(stdlib::Prepend),
        Box::new(stdlib::Remove),
        Box::new(stdlib::RemoveFirst),
        Box::new(stdlib::Replace),
        Box::new(stdlib::ReplaceFirst),
        Box::new(stdlib::Rstrip),
        Box::new(stdlib::Slice),
        Box::new(stdlib::Split),
        Box::new(stdlib::Strip),
        Box::new(stdlib::StripHtml),
        Box::new(stdlib::StripNewlines),
        Box::new(stdlib::Truncate),
        Box::new(stdlib::TruncateWords),
        Box::new(stdlib::Upcase),
        Box::new(stdlib::UrlDecode),
        Box::new(stdlib::UrlEncode),
    ]
}

fn numbers_and_lists() -> Vec<Box<dyn ParseFilterTrait>> {
    vec![
        Box::new(stdlib::Abs),
        Box::new(stdlib::AtLeast),
        Box::new(stdlib::AtMost),
        Box::new(stdlib::Ceil),
        Box::new(stdlib::Compact),
        Box::new(stdlib::Concat),
        Box::new(stdlib::DividedBy),
        Box::new(stdlib::First),
        Box::new(stdlib::Floor),
        Box::new(stdlib::Join),
        Box::new(stdlib::Last),
        Box::new(stdlib::Map),
        Box::new(stdlib::Minus),
        Box::new(stdlib::Modulo),
        Box::new(stdlib::Plus),
        Box::new(stdlib::Reverse),
        Box::new(stdlib::Round),
        Box::new(stdlib::Size),
        Box::new(stdlib::Sort),
        Box::new(stdlib::SortNatural),
        Box::new(stdlib::Times),
        Box::new(stdlib::Uniq),
        Box::new(stdlib::Where),
    ]
}
