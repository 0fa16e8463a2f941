//! A text as a file.

use super::output;
use crate::words::Fault;
use std::io::Write as _;
use std::path::Path;

/// Writes a text, UTF-8. The file is whole or as it was.
pub fn write_text(path: &Path, text: &str) -> Result<(), Fault> {
    let mut file = output::open(path)?;
    file.write_all(text.as_bytes())
        .map_err(output::failed(path))?;
    output::finish(path, file)
}
