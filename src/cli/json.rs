//! JSON objects whose members stand in the order in which the contract names them.

use serde_json::Value;
use std::fmt::Write as _;

/// An object under way.
#[derive(Debug, Default)]
pub(super) struct Object(String);

impl Object {
    /// Adds a value.
    pub(super) fn with(self, key: &str, value: impl Into<Value>) -> Self {
        self.with_json(key, &value.into().to_string())
    }

    /// Adds JSON as it is.
    pub(super) fn with_json(mut self, key: &str, json: &str) -> Self {
        let comma = if self.0.is_empty() { "" } else { ", " };
        // Writing to a String cannot fail.
        let _ = write!(self.0, "{comma}{}: {json}", Value::from(key));
        self
    }

    /// The object as text.
    pub(super) fn text(&self) -> String {
        format!("{{{}}}", self.0)
    }
}

/// An array, an element a line: an office's thousand grids can still be read.
pub(super) fn array(elements: &[String]) -> String {
    if elements.is_empty() {
        "[]".to_owned()
    } else {
        format!("[\n  {}\n]", elements.join(",\n  "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_keep_their_order_and_texts_are_escaped() {
        let inner = Object::default().with("n", 3).text();
        let object = Object::default()
            .with("z", "a\"\n民")
            .with("a", None::<f64>)
            .with_json("o", &inner);
        assert_eq!(
            object.text(),
            r#"{"z": "a\"\n民", "a": null, "o": {"n": 3}}"#
        );
        let read: Value = serde_json::from_str(&array(&[object.text(), inner])).unwrap();
        assert_eq!(read.as_array().unwrap().len(), 2);
        assert_eq!(array(&[]), "[]");
    }
}
