//! The only place that prints: results on stdout, everything else on stderr, always in UTF-8.

use crate::words::{Fault, Message};
use std::io::{self, ErrorKind, Write};

/// Writes a result. Whoever reads it may have seen enough and gone: that is no failure.
pub(super) fn result(bytes: &[u8]) -> Result<(), Fault> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Fault::failed(Message::new("cli.no_output")).because(error))
        }
        _ => Ok(()),
    }
}

/// Writes a line on stderr. Where that is gone, nobody is left to be told.
pub(super) fn aside(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}
