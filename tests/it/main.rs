//! What the program does, asked from outside.

mod reading;
