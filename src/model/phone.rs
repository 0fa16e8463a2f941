//! Telephone numbers.

/// Whether a text is a mainland mobile (`1[3-9]` and 9 digits) or a landline (0, area code, 7–8
/// digits). Spaces, hyphens, brackets and a leading +86 are no matter.
pub fn is_phone(text: &str) -> bool {
    let digits: String = text
        .chars()
        .filter(|char| !matches!(char, ' ' | '-' | '(' | ')' | '（' | '）'))
        .collect();
    let digits = digits.strip_prefix("+86").unwrap_or(&digits);
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    match digits.as_bytes() {
        [b'1', b'3'..=b'9', rest @ ..] => rest.len() == 9,
        [b'0', b'1'..=b'9', ..] => (10..=12).contains(&digits.len()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mobiles_and_landlines() {
        for text in [
            "13812345678",
            "+86 138-1234-5678",
            "0574-63000000",
            "01012345678",
            "19900001234",
        ] {
            assert!(is_phone(text), "{text}");
        }
        for text in [
            "12345",
            "12812345678",
            "1381234567",
            "138123456789",
            "无",
            "",
        ] {
            assert!(!is_phone(text), "{text}");
        }
    }
}
