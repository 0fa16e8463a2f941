//! How sensitive fields look to whoever has not asked for them: 张*, 3302**********1234, 138****5678.

/// First character, then a star for each of the others.
pub fn masked_name(name: &str) -> String {
    name.chars()
        .enumerate()
        .map(|(index, char)| if index == 0 { char } else { '*' })
        .collect()
}

/// First four and last four characters; the shorter the number, the less is left.
pub fn masked_id_number(number: &str) -> String {
    masked(number, 4, 4)
}

/// First three and last four characters; the shorter the number, the less is left.
pub fn masked_phone(number: &str) -> String {
    masked(number, 3, 4)
}

/// Keeps `head` and `tail` characters where at least four are hidden between them, else none.
fn masked(text: &str, head: usize, tail: usize) -> String {
    let length = text.chars().count();
    let hide_all = length < head + tail + 4;
    text.chars()
        .enumerate()
        .map(|(index, char)| {
            if !hide_all && (index < head || index + tail >= length) {
                char
            } else {
                '*'
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_the_office() {
        assert_eq!(masked_name("张三丰"), "张**");
        assert_eq!(masked_name(""), "");
        assert_eq!(masked_id_number("330282199001011234"), "3302**********1234");
        assert_eq!(masked_phone("13812345678"), "138****5678");
        assert_eq!(masked_phone("63000000"), "********");
    }
}
