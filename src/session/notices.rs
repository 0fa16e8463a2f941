//! What the program has to say: short sentences with copyable details.

use crate::words::{Fault, FaultKind, Lang, Message};

/// How a notice looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeKind {
    /// It worked.
    Done,
    /// Somebody should look.
    Warning,
    /// It did not work.
    Error,
}

/// One notice.
#[derive(Debug, Clone)]
pub struct Notice {
    /// Its number.
    pub id: u64,
    /// How it looks.
    pub kind: NoticeKind,
    message: Message,
    cause: String,
}

impl Notice {
    /// The sentence in a language.
    pub fn text(&self, lang: Lang) -> String {
        self.message.text(lang)
    }

    /// Sentence and causes, to be copied.
    pub fn details(&self, lang: Lang) -> String {
        if self.cause.is_empty() {
            self.text(lang)
        } else {
            format!("{}\n{}", self.text(lang), self.cause)
        }
    }
}

/// The notices on screen, the oldest first.
#[derive(Debug, Default)]
pub struct Notices {
    next: u64,
    shown: Vec<Notice>,
}

/// More than these at once would hide the map: the oldest makes room.
const MOST: usize = 4;

impl Notices {
    /// The notices on screen.
    pub fn shown(&self) -> &[Notice] {
        &self.shown
    }

    pub(super) fn say(&mut self, kind: NoticeKind, message: Message) {
        self.push(kind, message, String::new());
    }

    /// A fault becomes a notice, unless somebody cancelled on purpose: that is a quiet one.
    pub(super) fn fault(&mut self, fault: Fault) {
        let kind = if fault.kind == FaultKind::Cancelled {
            NoticeKind::Done
        } else {
            NoticeKind::Error
        };
        let cause = fault.causes().join(" · ");
        self.push(kind, fault.message, cause);
    }

    fn push(&mut self, kind: NoticeKind, message: Message, cause: String) {
        self.shown.retain(|notice| notice.message != message);
        if self.shown.len() == MOST {
            self.shown.remove(0);
        }
        self.next += 1;
        self.shown.push(Notice {
            id: self.next,
            kind,
            message,
            cause,
        });
    }

    pub(super) fn dismiss(&mut self, id: u64) {
        self.shown.retain(|notice| notice.id != id);
    }
}
