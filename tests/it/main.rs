//! The tests that are functions: the house's order, properties, the command line, samples, generated files.

mod bad_input;
mod bodies;
mod cli;
mod docs;
mod drift;
mod mutations;
mod order;
mod reading;
mod round_trip;
mod plans;
mod platforms;
mod properties;
mod samples;
mod schema_changes;
mod several_changes;
mod sides;
mod status;
mod tidy;
