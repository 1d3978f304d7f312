//! The tests that are functions: the house's order, properties, the command line, samples, generated files.

mod bad_input;
mod order;
mod reading;
mod samples;
mod tidy;
