//! `\if` … `\endif`: which branch is read, and what the query buffer held where it began.

use super::pending::Pending;
use super::scan::Scanner;

/// The query buffer, the scanner and the count of COPY statements at a branch's start.
pub(super) type Held = (Pending, Scanner, u32);

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Branch {
    /// Read.
    Live,
    /// Not read, and a later branch may be.
    Waiting,
    /// Not read, nor is a later branch.
    Dead,
    /// `\else`, read.
    ElseLive,
    /// `\else`, not read.
    ElseDead,
}

/// The stack of open conditions. PostgreSQL: fe_utils/conditional.c.
#[derive(Default)]
pub(super) struct Conditions {
    open: Vec<(Branch, Held)>,
}

impl Conditions {
    pub fn live(&self) -> bool {
        matches!(self.open.last(), None | Some((Branch::Live | Branch::ElseLive, _)))
    }

    pub fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// Whether a condition of `\elif` would be evaluated.
    pub fn may_choose(&self) -> bool {
        matches!(self.open.last(), Some((Branch::Waiting, _)))
    }

    pub fn open(&mut self, value: bool, held: Held) {
        let branch = match (self.live(), value) {
            (false, _) => Branch::Dead,
            (true, true) => Branch::Live,
            (true, false) => Branch::Waiting,
        };
        self.open.push((branch, held));
    }

    pub fn held(&self) -> Option<&Held> {
        self.open.last().map(|(_, held)| held)
    }

    /// Keeps what a later dead branch is rewound to.
    pub fn hold(&mut self, held: Held) {
        if let Some(top) = self.open.last_mut() {
            top.1 = held;
        }
    }

    pub fn elif(&mut self, value: bool) {
        if let Some((branch, _)) = self.open.last_mut() {
            *branch = match (*branch, value) {
                (Branch::Waiting, true) => Branch::Live,
                (Branch::Waiting, false) => Branch::Waiting,
                (Branch::Live | Branch::Dead, _) => Branch::Dead,
                (Branch::ElseLive | Branch::ElseDead, _) => Branch::ElseDead,
            };
        }
    }

    pub fn otherwise(&mut self) {
        if let Some((branch, _)) = self.open.last_mut() {
            *branch = match *branch {
                Branch::Waiting => Branch::ElseLive,
                Branch::Live | Branch::Dead | Branch::ElseLive | Branch::ElseDead => {
                    Branch::ElseDead
                }
            };
        }
    }

    pub fn close(&mut self) {
        self.open.pop();
    }
}
