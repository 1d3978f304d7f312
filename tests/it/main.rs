//! The tests that are functions: the house's order, properties, the command line, samples, generated files.

mod order;
mod reading;
mod tidy;
