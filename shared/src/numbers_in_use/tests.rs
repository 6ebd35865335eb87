//! Which numbers get in each other's way, and which one is offered.

use proptest::prelude::*;

use super::*;
use crate::ReservedNumbers;

fn number(text: &str) -> ExtensionNumber {
    ExtensionNumber::parse(text, &NumberRules::ANY).unwrap()
}

fn in_use(numbers: &[&str]) -> NumbersInUse {
    let mut in_use = NumbersInUse::default();
    numbers.iter().for_each(|text| in_use.add(number(text)));
    in_use
}

fn next(numbers: &[&str], from: Option<&str>) -> Option<String> {
    in_use(numbers).next_free(from, &NumberRules::default()).map(String::from)
}

#[test]
fn a_number_that_begins_another_one_is_a_conflict_from_both_sides() {
    let numbers = in_use(&["12", "5678", "5679"]);
    assert_eq!(numbers.prefix_conflict("1234", None), Some(PrefixConflict::BeginsWith(number("12"))));
    assert_eq!(numbers.prefix_conflict("56", None), Some(PrefixConflict::IsBeginningOf(number("5678"))));
    assert_eq!(numbers.prefix_conflict("13", None), None);
    assert_eq!(numbers.prefix_conflict("012", None), None, "leading zeros count");
    assert_eq!(numbers.prefix_conflict("5678", None), None, "the same number is another matter");
}

#[test]
fn the_number_that_is_given_up_is_no_conflict() {
    assert_eq!(in_use(&["12"]).prefix_conflict("1234", Some("12")), None);
    let other = Some(PrefixConflict::IsBeginningOf(number("1235")));
    assert_eq!(in_use(&["1234", "1235"]).prefix_conflict("12", Some("1234")), other);
}

#[test]
fn a_number_that_two_rows_have_is_in_use_until_both_are_gone() {
    let mut numbers = in_use(&["12", "12"]);
    numbers.remove("12");
    assert!(numbers.contains("12"));
    numbers.remove("12");
    assert!(!numbers.contains("12"));
}

#[test]
fn the_next_free_number_continues_the_numbers_there_are() {
    assert_eq!(next(&["2000", "2001", "2003"], None).as_deref(), Some("2002"));
    assert_eq!(next(&["2000", "2001", "2003"], Some("2003")).as_deref(), Some("2004"));
    assert_eq!(next(&["77", "2000", "2001"], None).as_deref(), Some("2002"), "most have four digits");
    assert_eq!(next(&[], None).as_deref(), Some("1000"));
    assert_eq!(next(&["99"], Some("99")).as_deref(), Some("10"), "from the end it begins anew");
    assert_eq!(next(&[], Some("0070")).as_deref(), Some("0070"), "whoever types zeros wants zeros");
}

#[test]
fn the_next_free_number_keeps_out_of_reserved_ranges_and_of_prefixes() {
    let rules =
        NumberRules { min_digits: 4, max_digits: 4, reserved: ReservedNumbers::parse_list("1000-1099").unwrap() };
    assert_eq!(in_use(&["110", "1100"]).next_free(Some("1000"), &rules), Some(number("1110")));
}

#[test]
fn where_no_number_is_free_none_is_offered() {
    let rules = NumberRules { min_digits: 1, max_digits: 1, reserved: ReservedNumbers::parse_list("0-9").unwrap() };
    assert_eq!(NumbersInUse::default().next_free(None, &rules), None);
}

proptest! {
    #[test]
    fn what_is_offered_is_allowed_free_and_in_nobodys_way(
        numbers in proptest::collection::vec("[0-9]{1,4}", 0..40),
        from in proptest::option::of("[0-9]{0,5}"),
    ) {
        let rules = NumberRules { min_digits: 2, max_digits: 4, reserved: ReservedNumbers::parse_list("10-19,911").unwrap() };
        let numbers = in_use(&numbers.iter().map(String::as_str).collect::<Vec<_>>());
        if let Some(offered) = numbers.next_free(from.as_deref(), &rules) {
            prop_assert!(ExtensionNumber::parse(offered.as_str(), &rules).is_ok());
            prop_assert!(!numbers.contains(offered.as_str()));
            prop_assert_eq!(numbers.prefix_conflict(offered.as_str(), None), None);
        }
    }
}
