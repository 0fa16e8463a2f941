//! The one error that reaches a person: what failed, why, and what to do.

use super::{Lang, Message};
use crate::base::Cancelled;
use std::error::Error;
use std::fmt;
use std::io;

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
        for cause in self.causes(lang) {
            out.push_str(lang.pick("（", " ("));
            out.push_str(&cause);
            out.push_str(lang.pick("）", ")"));
        }
        out
    }

    /// What the system or a library said, and why, from the outermost in. What the system says most
    /// is said in the language; a cause that only repeats the one before is left out.
    pub fn causes(&self, lang: Lang) -> Vec<String> {
        let mut causes: Vec<String> = Vec::new();
        let mut said = String::new();
        let mut next = self.cause.as_deref().map(|cause| cause as &dyn Error);
        while let Some(error) = next {
            let text = error.to_string();
            let words = known(error).map_or_else(|| text.clone(), |key| lang.t(key).into_owned());
            if !words.is_empty() && !said.contains(&text) && !causes.contains(&words) {
                causes.push(words);
            }
            said = text;
            next = error.source();
        }
        causes
    }
}

/// The words for what the system says most often.
fn known(error: &(dyn Error + 'static)) -> Option<&'static str> {
    Some(match error.downcast_ref::<io::Error>()?.kind() {
        io::ErrorKind::NotFound => "common.io_not_found",
        io::ErrorKind::PermissionDenied => "common.io_permission_denied",
        io::ErrorKind::AlreadyExists => "common.io_already_exists",
        io::ErrorKind::IsADirectory => "common.io_is_a_directory",
        io::ErrorKind::NotADirectory => "common.io_not_a_directory",
        io::ErrorKind::StorageFull => "common.io_storage_full",
        io::ErrorKind::QuotaExceeded => "common.io_quota_exceeded",
        io::ErrorKind::ReadOnlyFilesystem => "common.io_read_only",
        io::ErrorKind::ResourceBusy | io::ErrorKind::ExecutableFileBusy => "common.io_busy",
        io::ErrorKind::FileTooLarge => "common.io_file_too_large",
        io::ErrorKind::InvalidFilename => "common.io_invalid_filename",
        io::ErrorKind::UnexpectedEof => "common.io_unexpected_eof",
        io::ErrorKind::TimedOut => "common.io_timed_out",
        io::ErrorKind::OutOfMemory => "common.io_out_of_memory",
        io::ErrorKind::BrokenPipe => "common.io_broken_pipe",
        _ => return None,
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Outer(&'static str, io::Error);

    impl fmt::Display for Outer {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }
    }

    impl Error for Outer {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            Some(&self.1)
        }
    }

    fn fault(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Fault {
        Fault::failed(Message::new("common.cancelled")).because(cause)
    }

    #[test]
    fn what_the_system_says_most_is_said_in_the_language() {
        let missing = std::fs::metadata("no/such/file").unwrap_err();
        let fault = fault(missing);
        assert_eq!(fault.causes(Lang::Zh), ["文件或文件夹不存在"]);
        assert_eq!(fault.causes(Lang::En), ["there is no such file or folder"]);
        assert!(fault.text(Lang::Zh).ends_with("（文件或文件夹不存在）"));
        for kind in [
            io::ErrorKind::NotFound,
            io::ErrorKind::PermissionDenied,
            io::ErrorKind::AlreadyExists,
            io::ErrorKind::IsADirectory,
            io::ErrorKind::NotADirectory,
            io::ErrorKind::StorageFull,
            io::ErrorKind::QuotaExceeded,
            io::ErrorKind::ReadOnlyFilesystem,
            io::ErrorKind::ResourceBusy,
            io::ErrorKind::FileTooLarge,
            io::ErrorKind::InvalidFilename,
            io::ErrorKind::UnexpectedEof,
            io::ErrorKind::TimedOut,
            io::ErrorKind::OutOfMemory,
            io::ErrorKind::BrokenPipe,
        ] {
            let key = known(&io::Error::from(kind)).unwrap();
            assert!(Lang::ALL.iter().all(|lang| lang.knows(key)), "{key}");
        }
    }

    #[test]
    fn other_words_stay_and_none_are_said_twice() {
        let odd = || io::Error::other("the stick hums");
        // The text of an error often holds that of its cause, and an error of the system its own.
        assert_eq!(fault(odd()).causes(Lang::Zh), ["the stick hums"]);
        let told = fault(Outer("I/O error: the stick hums", odd()));
        assert_eq!(told.causes(Lang::En), ["I/O error: the stick hums"]);
        let chain = fault(Outer("cannot copy", odd()));
        assert_eq!(chain.causes(Lang::En), ["cannot copy", "the stick hums"]);
        let wrapped = io::Error::new(
            io::ErrorKind::NotFound,
            Outer("no file", io::ErrorKind::NotFound.into()),
        );
        assert_eq!(
            fault(wrapped).causes(Lang::En),
            ["there is no such file or folder"]
        );
    }
}
