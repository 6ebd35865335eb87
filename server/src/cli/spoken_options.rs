//! The options for what callers hear, which `setup` and `flow studio` share.

use std::path::PathBuf;

use anyhow::Context;
use call_flow::{Prompts, Spoken};
use clap::Args;

use super::strings;

/// What callers hear, and how often they may try.
#[derive(Debug, Args)]
pub(super) struct SpokenOptions {
    /// The language that callers hear.
    #[arg(long, value_name = "LANGUAGE", default_value = "en-US")]
    language: String,
    /// The voice that callers hear, such as Polly.Joanna-Neural; without this it is Twilio's own for the language.
    #[arg(long, value_name = "VOICE")]
    voice: Option<String>,
    /// What callers hear first.
    #[arg(long, value_name = "SENTENCE")]
    greeting: Option<String>,
    /// A JSON file with other sentences, such as {"unknown": "…", "goodbye": "…"}; docs/call-flow.md names them all.
    #[arg(long, value_name = "FILE")]
    sentences: Option<PathBuf>,
    /// How often a caller may try, 1 to 3.
    #[arg(long, value_name = "TIMES", default_value_t = 3, value_parser = clap::value_parser!(u8).range(1..=3))]
    tries: u8,
}

impl SpokenOptions {
    /// What callers hear by these options.
    ///
    /// # Errors
    ///
    /// When the file of sentences can not be read or has a name in it that no sentence has.
    pub(super) fn prompts(&self) -> anyhow::Result<Prompts> {
        let mut spoken = self.sentences.as_ref().map_or_else(|| Ok(Spoken::default()), read)?;
        if let Some(greeting) = &self.greeting {
            spoken.greeting.clone_from(greeting);
        }
        Ok(Prompts { language: self.language.clone(), voice: self.voice.clone(), spoken, tries: self.tries })
    }
}

fn read(file: &PathBuf) -> anyhow::Result<Spoken> {
    let text = std::fs::read_to_string(file).with_context(|| strings::unreadable(file))?;
    serde_json::from_str(&text).with_context(|| strings::no_sentences(file))
}
