//! Facts turned into findings: what fails, what cannot be run twice, what is irregular about a folder,
//! what is wrong in the bodies of functions.

pub mod bodies;
pub mod failures;
pub mod folder;
pub mod idempotency;
mod near;
