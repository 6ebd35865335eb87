//! The name of an agent on a row: what may be published, and what is made of any other.
//!
//! Knows nothing of who has the name. It is for people: whom a number leads to is decided by the Worker SID alone.

/// The most characters (Unicode scalar values) that a name may have. Flex shows far fewer, and a reply to Studio with
/// such a name stays far below the 64 kB that Studio reads.
const MOST_CHARACTERS: usize = 256;

/// Characters that show nothing, beside those that Unicode counts as white space or controls: what is made of them alone
/// looks like no name. They are allowed beside others, because some scripts need them. These are the code points that
/// Unicode lets be ignored by default, and the blank of Braille.
/// <https://www.unicode.org/Public/UCD/latest/ucd/DerivedCoreProperties.txt> (`Default_Ignorable_Code_Point`)
const INVISIBLE: [std::ops::RangeInclusive<char>; 18] = [
    '\u{00ad}'..='\u{00ad}',
    '\u{034f}'..='\u{034f}',
    '\u{061c}'..='\u{061c}',
    '\u{115f}'..='\u{1160}',
    '\u{17b4}'..='\u{17b5}',
    '\u{180b}'..='\u{180f}',
    '\u{200b}'..='\u{200f}',
    '\u{202a}'..='\u{202e}',
    '\u{2060}'..='\u{206f}',
    '\u{2800}'..='\u{2800}',
    '\u{3164}'..='\u{3164}',
    '\u{fe00}'..='\u{fe0f}',
    '\u{feff}'..='\u{feff}',
    '\u{ffa0}'..='\u{ffa0}',
    '\u{fff0}'..='\u{fff8}',
    '\u{1bca0}'..='\u{1bca3}',
    '\u{1d173}'..='\u{1d17a}',
    '\u{e0000}'..='\u{e0fff}',
];

/// Why a text is no name of an agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WorkerNameError {
    /// Nothing in it can be seen.
    #[error("it has no visible character")]
    Invisible,
    /// It has a control character, such as a line break.
    #[error("it has control characters")]
    Control,
    /// It is too long.
    #[error("it has more than {max} characters")]
    TooLong {
        /// The most characters allowed.
        max: usize,
    },
}

/// The name in a text, without the white space around it.
///
/// # Errors
///
/// [`WorkerNameError`], the first rule that the text breaks.
pub(crate) fn parse(text: &str) -> Result<&str, WorkerNameError> {
    let name = text.trim();
    if !name.chars().any(is_visible) {
        return Err(WorkerNameError::Invisible);
    }
    if name.chars().any(char::is_control) {
        return Err(WorkerNameError::Control);
    }
    if name.chars().count() > MOST_CHARACTERS {
        return Err(WorkerNameError::TooLong { max: MOST_CHARACTERS });
    }
    Ok(name)
}

/// What is nearest to the text and breaks no rule; empty where nothing in it can be seen.
pub(crate) fn nearest(text: &str) -> String {
    let without_controls: String = text.chars().map(|one| if one.is_control() { ' ' } else { one }).collect();
    let shortened: String = without_controls.trim().chars().take(MOST_CHARACTERS).collect();
    parse(&shortened).map(str::to_owned).unwrap_or_default()
}

fn is_visible(character: char) -> bool {
    !character.is_whitespace() && !character.is_control() && !INVISIBLE.iter().any(|range| range.contains(&character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_anything_that_can_be_seen_on_one_line() {
        for name in
            ["Ann", "Zoë Ø", "王小明", "محمد", "O'Neil-Smith 3rd", "👩‍💻", "🏴\u{e0067}\u{e0062}\u{e007f}", "न\u{200d}म"]
        {
            assert_eq!(parse(&format!("  {name} ")), Ok(name));
        }
        assert_eq!(parse(&"x".repeat(256)).map(str::len), Ok(256));
    }

    #[test]
    fn what_nobody_can_read_is_no_name() {
        for nothing in ["", "  ", "\u{200b}\u{200d}", "\u{feff}", "\u{2060} \u{00ad}", "\n\t", "\u{3164}"] {
            assert_eq!(parse(nothing), Err(WorkerNameError::Invisible), "{nothing:?}");
            assert_eq!(nearest(nothing), "", "{nothing:?}");
        }
        // Tags, variation selectors, and what else Unicode lets be ignored.
        for nothing in ["\u{e0041}", "\u{e0001}\u{e007f}", "\u{e0100}", "\u{1d173}", "\u{1bca0}", "\u{fff0}"] {
            assert_eq!(parse(nothing), Err(WorkerNameError::Invisible), "{nothing:?}");
        }
        for controls in ["Ann\nLee", "Ann\u{0}", "A\u{7f}", "A\u{9b}31mB"] {
            assert_eq!(parse(controls), Err(WorkerNameError::Control), "{controls:?}");
        }
        assert_eq!(parse(&"ü".repeat(257)), Err(WorkerNameError::TooLong { max: 256 }));
    }

    #[test]
    fn the_nearest_name_breaks_no_rule() {
        assert_eq!(nearest(" Ann\nLee "), "Ann Lee");
        assert_eq!(nearest("\u{0}Ann\u{0}"), "Ann");
        assert_eq!(nearest(&"ü".repeat(300)), "ü".repeat(256));
        let cut_at_a_space = format!("{} Lee", "x".repeat(255));
        assert_eq!(nearest(&cut_at_a_space), "x".repeat(255));
    }
}
