//! How a command ended, for the exit code.

/// A command that did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// Everything was done.
    Done,
    /// A part was done, and what was kept has been said.
    InPart,
}

impl Ending {
    /// The exit code.
    pub(super) fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::InPart => 1,
        }
    }
}
