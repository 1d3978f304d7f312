//! PostgreSQL's major versions that the tool can stand for.

use std::fmt;

/// A major version, 13 to 18.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(u8);

impl Version {
    pub const OLDEST: Version = Version(13);
    pub const NEWEST: Version = Version(18);

    /// The major version, if it is one that the built-in catalog was recorded from.
    pub fn new(major: u32) -> Option<Version> {
        u8::try_from(major).ok().map(Version).filter(|v| (Self::OLDEST..=Self::NEWEST).contains(v))
    }

    /// The version to stand for a server of `major`, however old or new: the nearest that is known.
    pub fn nearest(major: u32) -> Version {
        Version(major.clamp(13, 18) as u8)
    }

    /// The number, such as 18.
    pub fn major(self) -> u32 {
        u32::from(self.0)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
