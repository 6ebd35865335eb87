//! Numbers as a person reads them.

pub(crate) fn extension_count(count: usize) -> String {
    if count == 1 { "1 extension".to_owned() } else { format!("{} extensions", grouped(count)) }
}

/// Digits in groups of three: 10 000 is read at a glance.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
