//! Upper bounds of classes as somebody types them.

/// More classes than these nobody tells apart.
const MOST: usize = 8;

/// The bounds of a text: one to eight numbers, each above the last. Rates are typed in percent.
pub(super) fn parse(text: &str, is_rate: bool) -> Option<Vec<f64>> {
    let separators: &[char] = &[',', '，', '、', ';', '；', ' ', '%', '\u{3000}'];
    let scale = if is_rate { 100.0 } else { 1.0 };
    let numbers: Option<Vec<f64>> = text
        .split(separators)
        .filter(|piece| !piece.is_empty())
        .map(|piece| {
            piece
                .parse::<f64>()
                .ok()
                .filter(|number| number.is_finite())
        })
        .map(|number| number.map(|number| number / scale))
        .collect();
    let numbers = numbers?;
    let rises = numbers
        .windows(2)
        .all(|pair| matches!(pair, [low, high] if low < high));
    ((1..=MOST).contains(&numbers.len()) && rises).then_some(numbers)
}

/// The text of bounds.
pub(super) fn text(breaks: &[f64], is_rate: bool) -> String {
    let scale = if is_rate { 100.0 } else { 1.0 };
    let numbers: Vec<String> = breaks
        .iter()
        // A share of 0.3 is 30 %, not 30.000000000000004 %.
        .map(|bound| format!("{}", (bound * scale * 1e6).round() / 1e6))
        .collect();
    numbers.join(", ")
}

/// Bounds to begin with.
pub(super) fn usual(is_rate: bool) -> Vec<f64> {
    if is_rate {
        vec![0.2, 0.4, 0.6, 0.8]
    } else {
        vec![10.0, 50.0, 100.0, 500.0]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_read_in_both_ways_of_writing() {
        assert_eq!(
            parse("10, 20.5，30、40", false),
            Some(vec![10.0, 20.5, 30.0, 40.0])
        );
        assert_eq!(parse("20 %, 50 %", true), Some(vec![0.2, 0.5]));
    }

    #[test]
    fn what_is_no_list_of_rising_numbers_is_refused() {
        for bad in [
            "",
            "a",
            "10, 5",
            "10, 10",
            "1 2 3 4 5 6 7 8 9",
            "nan",
            "inf",
        ] {
            assert_eq!(parse(bad, false), None, "{bad}");
        }
    }

    #[test]
    fn the_text_of_bounds_reads_as_the_same_bounds() {
        for is_rate in [false, true] {
            let breaks = usual(is_rate);
            assert_eq!(parse(&text(&breaks, is_rate), is_rate), Some(breaks));
        }
        assert_eq!(text(&[0.3, 0.7], true), "30, 70");
    }
}
