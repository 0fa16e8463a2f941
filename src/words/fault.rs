//! The one error that reaches a person: what failed, why, and what to do.

use super::{Lang, Message};
use crate::base::Cancelled;
use std::error::Error;
use std::fmt;

/// What sort of failure it is; the command line's exit code follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// The input or the call cannot be used (exit code 2).
    Input,
    /// The work failed or was done in part (exit code 1).
    Failed,
    /// Somebody cancelled it (exit code 1).
    Cancelled,
}

/// A failure in words: the message says what happened and what to do, the cause says why.
/// It carries no resident's name, ID number or phone.
#[derive(Debug)]
pub struct Fault {
    /// What sort of failure it is.
    pub kind: FaultKind,
    /// What happened and what to do.
    pub message: Message,
    /// What the system or a library said, where it helps.
    pub cause: Option<Box<dyn Error + Send + Sync>>,
}

impl Fault {
    /// Input or a call that cannot be used.
    pub fn input(message: Message) -> Self {
        Self {
            kind: FaultKind::Input,
            message,
            cause: None,
        }
    }

    /// Work that failed.
    pub fn failed(message: Message) -> Self {
        Self {
            kind: FaultKind::Failed,
            message,
            cause: None,
        }
    }

    /// Adds what the system or a library said.
    #[must_use]
    pub fn because(mut self, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// Whether somebody cancelled the work, which is no news to them.
    pub fn is_cancelled(&self) -> bool {
        self.kind == FaultKind::Cancelled
    }

    /// The sentence in a language, with the chain of causes behind it.
    pub fn text(&self, lang: Lang) -> String {
        let mut out = self.message.text(lang);
        for cause in self.causes() {
            out.push_str(lang.pick("（", " ("));
            out.push_str(&cause);
            out.push_str(lang.pick("）", ")"));
        }
        out
    }

    /// What the system or a library said, and why, from the outermost in.
    pub fn causes(&self) -> Vec<String> {
        let mut causes = Vec::new();
        let mut next = self.cause.as_deref().map(|cause| cause as &dyn Error);
        while let Some(error) = next {
            causes.push(error.to_string());
            next = error.source();
        }
        causes
    }
}

impl From<Cancelled> for Fault {
    fn from(_: Cancelled) -> Self {
        Self {
            kind: FaultKind::Cancelled,
            message: Message::new("common.cancelled"),
            cause: None,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl Error for Fault {}
