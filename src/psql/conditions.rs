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
    /// Nobody here knows whether it is read, nor whether a later one is.
    Doubtful,
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
        matches!(
            self.open.last(),
            None | Some((Branch::Live | Branch::Doubtful | Branch::ElseLive, _))
        )
    }

    /// Whether what is read here may not be read by psql.
    pub fn doubtful(&self) -> bool {
        self.open.iter().any(|(branch, _)| *branch == Branch::Doubtful)
    }

    pub fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// Whether a condition of `\elif` would be evaluated.
    pub fn may_choose(&self) -> bool {
        matches!(self.open.last(), Some((Branch::Waiting, _)))
    }

    /// `None` where the condition is not known here.
    pub fn open(&mut self, value: Option<bool>, held: Held) {
        let branch = match (self.live(), value) {
            (false, _) => Branch::Dead,
            (true, Some(true)) => Branch::Live,
            (true, Some(false)) => Branch::Waiting,
            (true, None) => Branch::Doubtful,
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

    pub fn elif(&mut self, value: Option<bool>) {
        if let Some((branch, _)) = self.open.last_mut() {
            *branch = match (*branch, value) {
                (Branch::Waiting, Some(true)) => Branch::Live,
                (Branch::Waiting, Some(false)) => Branch::Waiting,
                (Branch::Waiting, None) | (Branch::Doubtful, _) => Branch::Doubtful,
                (Branch::Live | Branch::Dead, _) => Branch::Dead,
                (Branch::ElseLive | Branch::ElseDead, _) => Branch::ElseDead,
            };
        }
    }

    pub fn otherwise(&mut self) {
        if let Some((branch, _)) = self.open.last_mut() {
            *branch = match *branch {
                Branch::Waiting => Branch::ElseLive,
                Branch::Doubtful => Branch::Doubtful,
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
