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
    /// The causes in Chinese and in English; empty where there are none.
    causes: [String; 2],
}

impl Notice {
    /// The sentence in a language.
    pub fn text(&self, lang: Lang) -> String {
        self.message.text(lang)
    }

    /// Sentence and causes, to be copied.
    pub fn details(&self, lang: Lang) -> String {
        let [zh, en] = &self.causes;
        match lang.pick(zh, en) {
            "" => self.text(lang),
            causes => format!("{}\n{causes}", self.text(lang)),
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
        self.push(kind, message, Default::default());
    }

    /// A fault becomes a notice, unless somebody cancelled on purpose: that is a quiet one.
    pub(super) fn fault(&mut self, fault: Fault) {
        let kind = if fault.kind == FaultKind::Cancelled {
            NoticeKind::Done
        } else {
            NoticeKind::Error
        };
        let causes = [Lang::Zh, Lang::En].map(|lang| fault.causes(lang).join(" · "));
        self.push(kind, fault.message, causes);
    }

    fn push(&mut self, kind: NoticeKind, message: Message, causes: [String; 2]) {
        self.shown.retain(|notice| notice.message != message);
        if self.shown.len() == MOST {
            self.shown.remove(0);
        }
        self.next += 1;
        self.shown.push(Notice {
            id: self.next,
            kind,
            message,
            causes,
        });
    }

    pub(super) fn dismiss(&mut self, id: u64) {
        self.shown.retain(|notice| notice.id != id);
    }
}
