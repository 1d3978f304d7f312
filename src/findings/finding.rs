//! A finding: something the tool says about an input, with its places.

use crate::source::Span;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Worth knowing; does not change the exit code.
    Note,
    Warning,
    Error,
}

impl Level {
    /// As it is printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Note => "note",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }
}

/// A rule's name, such as `statement-fails`; reads well after "allow".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(pub &'static str);

/// A place that a finding speaks of, and what is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    pub span: Span,
    pub text: String,
}

/// Something to say: what (the message stands alone), where, why (labels and notes), and what to do (help).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub rule: RuleId,
    pub level: Level,
    pub message: String,
    /// The SQLSTATE of a predicted failure.
    pub sqlstate: Option<String>,
    /// The place that the finding is about; None when it is about a whole file or folder.
    pub place: Option<Label>,
    /// Other places that it has to do with.
    pub related: Vec<Label>,
    pub notes: Vec<String>,
    pub help: Option<String>,
    /// The file or folder that it is about, where there is no place.
    pub path: Option<String>,
}

impl Finding {
    /// A finding without a place yet.
    pub fn new(rule: RuleId, level: Level, message: impl Into<String>) -> Finding {
        Finding {
            rule,
            level,
            message: message.into(),
            sqlstate: None,
            place: None,
            related: Vec::new(),
            notes: Vec::new(),
            help: None,
            path: None,
        }
    }

    /// Where it is.
    pub fn at(mut self, span: Span, text: impl Into<String>) -> Finding {
        self.place = Some(Label { span, text: text.into() });
        self
    }

    /// Another place.
    pub fn related(mut self, span: Span, text: impl Into<String>) -> Finding {
        self.related.push(Label { span, text: text.into() });
        self
    }

    /// Why.
    pub fn note(mut self, text: impl Into<String>) -> Finding {
        self.notes.push(text.into());
        self
    }

    /// What to do.
    pub fn help(mut self, text: impl Into<String>) -> Finding {
        self.help = Some(text.into());
        self
    }
}
