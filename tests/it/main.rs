//! What the program does, asked from outside.

mod order;
mod reading;
