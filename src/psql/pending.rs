//! The statement that is being read: a range of the file, or a text put together from pieces.

use std::borrow::Cow;

use super::{Piece, origin};

/// The query buffer. Positions are the file's while nothing was replaced, and the text's after.
#[derive(Clone, Default, Debug)]
pub(super) struct Pending {
    pub start: Option<usize>,
    pub end: usize,
    edited: Option<Edited>,
}

#[derive(Clone, Default, Debug)]
struct Edited {
    text: String,
    pieces: Vec<Piece>,
    /// Up to where the file has been taken into `text`.
    taken: usize,
}

/// A finished statement.
pub(super) struct Taken<'a> {
    pub wire: Cow<'a, str>,
    pub length: usize,
    pub start: usize,
    pub end: usize,
    pub pieces: Vec<Piece>,
}

impl Pending {
    pub fn is_edited(&self) -> bool {
        self.edited.is_some()
    }

    /// The position in the query buffer of a position of the file that is being read.
    pub fn place(&self, at: usize) -> usize {
        match &self.edited {
            None => at,
            Some(edited) => edited.text.len() + at.saturating_sub(edited.taken),
        }
    }

    /// Notes the tokens that a run over the file has seen.
    pub fn note(&mut self, first: Option<usize>, last: Option<usize>) {
        if let (None, Some(first)) = (self.start, first) {
            self.start = Some(self.place(first));
        }
        if let Some(last) = last {
            self.end = self.place(last);
        }
    }

    /// Notes tokens of a variable's value, whose start is where the text ends now.
    pub fn note_value(&mut self, first: Option<usize>, last: Option<usize>) {
        let base = self.edited.as_ref().map_or(0, |edited| edited.text.len());
        if let (None, Some(first)) = (self.start, first) {
            self.start = Some(base + first);
        }
        if let Some(last) = last {
            self.end = base + last;
        }
    }

    /// Takes the file up to `upto` into a text of its own, and leaves out what is before `resume`.
    pub fn edit(&mut self, file: &str, upto: usize, resume: usize) {
        match &mut self.edited {
            Some(edited) => {
                if upto > edited.taken {
                    let at = edited.text.len() as u32;
                    edited.piece(Piece { at, origin: edited.taken as u32, verbatim: true });
                    edited.text.push_str(&file[edited.taken..upto]);
                }
                edited.taken = resume;
            }
            None => {
                let mut edited = Edited { taken: resume, ..Edited::default() };
                if let Some(start) = self.start {
                    edited.pieces.push(Piece { at: 0, origin: start as u32, verbatim: true });
                    edited.text.push_str(&file[start..upto]);
                    self.start = Some(0);
                    self.end = self.end.saturating_sub(start);
                }
                self.edited = Some(edited);
            }
        }
    }

    /// Appends text that stands for the file's bytes at `origin`.
    pub fn put(&mut self, text: &str, origin: usize) {
        if let Some(edited) = &mut self.edited {
            let at = edited.text.len() as u32;
            edited.piece(Piece { at, origin: origin as u32, verbatim: false });
            edited.text.push_str(text);
        }
    }

    /// Says that what follows is the file's again.
    pub fn resume(&mut self) {
        if let Some(edited) = &mut self.edited {
            let at = edited.text.len() as u32;
            edited.piece(Piece { at, origin: edited.taken as u32, verbatim: true });
        }
    }

    /// Drops what was read after `earlier` was copied, the text of a dead branch.
    pub fn rewind(&mut self, earlier: &Pending, file: &str, resume: usize) {
        *self = earlier.clone();
        if self.start.is_some() {
            let end = self.end;
            self.edit(file, end, resume);
            if let Some(edited) = &mut self.edited {
                edited.text.truncate(self.end);
                let kept = edited.text.len() as u32;
                edited.pieces.retain(|piece| piece.at < kept.max(1));
            }
            self.put("\n", resume);
            self.resume();
        } else if let Some(edited) = &mut self.edited {
            edited.taken = resume;
        }
    }

    /// Forgets the statement; a variable's value that is still being read goes on in a new text.
    pub fn reset(&mut self, in_value: bool) {
        let taken = self.edited.as_ref().map_or(0, |edited| edited.taken);
        *self = Pending::default();
        if in_value {
            self.edited = Some(Edited { taken, ..Edited::default() });
        }
    }

    /// The statement, and what is sent: up to `upto` in the query buffer.
    pub fn finish<'a>(&mut self, file: &'a str, file_at: usize, upto: usize) -> Option<Taken<'a>> {
        let start = self.start?;
        let end = self.end.max(start);
        if self.edited.is_none() {
            let wire = Cow::Borrowed(&file[start..upto.max(end)]);
            return Some(Taken { wire, length: end - start, start, end, pieces: Vec::new() });
        }
        self.edit(file, file_at, file_at);
        self.resume();
        let edited = self.edited.as_ref()?;
        let (from, to) = (edited.origin(start), edited.origin(end));
        let wire = edited.text.get(start..upto.max(end).min(edited.text.len()))?;
        let mut pieces: Vec<Piece> = Vec::new();
        for piece in &edited.pieces {
            let at = piece.at.saturating_sub(start as u32);
            let before = (start as u32).saturating_sub(piece.at);
            let skipped = if piece.verbatim { before } else { 0 };
            pieces.push(Piece { at, origin: piece.origin + skipped, ..*piece });
        }
        // Of the pieces before the statement's start, the last one is that which it starts in.
        let begun = pieces.partition_point(|piece| piece.at == 0).saturating_sub(1);
        pieces.drain(..begun);
        let wire = Cow::Owned(wire.to_string());
        Some(Taken { wire, length: end - start, start: from, end: to, pieces })
    }
}

impl Edited {
    /// Adds a piece; one of no length gives way.
    fn piece(&mut self, piece: Piece) {
        if self.pieces.last().is_some_and(|last| last.at == piece.at) {
            self.pieces.pop();
        }
        self.pieces.push(piece);
    }

    fn origin(&self, at: usize) -> usize {
        origin(&self.pieces, at as u32) as usize
    }
}
