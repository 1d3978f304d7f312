//! A stand-in for bindgen: answers the calls of pg_query 18.1.0's build script with checked-in bindings.

use std::io;
use std::path::Path;

/// What pg_query's build script asks for; every step returns what the next one needs.
#[derive(Default)]
pub struct Builder;

/// The checked-in bindings.
pub struct Bindings;

impl Builder {
    /// Takes the header's path, which the checked-in bindings were made from.
    pub fn header(self, _path: &str) -> Self {
        self
    }

    /// Cannot fail: the bindings are there already.
    pub fn generate(self) -> Result<Bindings, io::Error> {
        Ok(Bindings)
    }
}

impl Bindings {
    /// Writes the bindings to where the build script wants them.
    pub fn write_to_file(&self, path: impl AsRef<Path>) -> io::Result<()> {
        std::fs::write(path, include_str!("bindings.rs"))
    }
}
