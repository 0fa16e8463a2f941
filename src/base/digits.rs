//! Numbers as people read them.

/// A whole number with a comma between thousands: 12006 → "12,006".
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A figure with at most `decimals` decimals, grouped, without trailing zeros: 1234.50 → "1,234.5".
pub fn figure(number: f64, decimals: usize) -> String {
    if !number.is_finite() {
        return "–".to_owned();
    }
    let text = format!("{:.decimals$}", number.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut out = String::new();
    let fraction = fraction.trim_end_matches('0');
    let whole = grouped(whole.parse().unwrap_or(u64::MAX));
    if number < 0.0 && (whole != "0" || !fraction.is_empty()) {
        out.push('−');
    }
    out.push_str(&whole);
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// A share as a percentage with one decimal: 0.6842 → "68.4 %".
pub fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(figure(1234.50, 2), "1,234.5");
        assert_eq!(figure(-0.001, 2), "0");
        assert_eq!(figure(f64::NAN, 1), "–");
        assert_eq!(percent(0.6842), "68.4 %");
    }
}
