//! What must hold for every input: a schema has not drifted from itself, the same input gives the same bytes, and a
//! prefix of a history gives a prefix of the predictions.

use std::fs;
use std::path::{Path, PathBuf};

use crate::samples::run;

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples")
}

/// Dumps and folders of the samples.
const INPUTS: [&str; 8] = [
    "1-two-environments/development.sql",
    "1-two-environments/production.sql",
    "1-two-environments/migrations",
    "2-two-folders/prisma",
    "2-two-folders/supabase",
    "3-catch-up/prisma/migrations",
    "3-catch-up/production.sql",
    "4-widths/live.sql",
];

#[test]
fn nothing_has_drifted_from_itself() {
    for input in INPUTS {
        let printed = run(&samples(), &["drift", input, input]);
        assert!(printed.contains("no drift"), "{input}\n{printed}");
    }
}

#[test]
fn drift_read_backwards_swaps_the_sides() {
    let (a, b) = ("1-two-environments/development.sql", "1-two-environments/production.sql");
    let count = |text: &str, word: &str| {
        text.lines().filter(|line| line.trim_start().starts_with(word)).count()
    };
    let (forth, back) = (run(&samples(), &["drift", a, b]), run(&samples(), &["drift", b, a]));
    assert_eq!(count(&forth, "only in A"), count(&back, "only in B"));
    assert_eq!(count(&forth, "only in B"), count(&back, "only in A"));
    assert_eq!(count(&forth, "different"), count(&back, "different"));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for input in INPUTS {
        let first = run(&samples(), &["check", "--format", "json", input]);
        let second = run(&samples(), &["check", "--format", "json", input]);
        assert!(first == second, "{input} is reported in two ways");
    }
}

#[test]
fn a_prefix_of_a_history_gives_a_prefix_of_the_predictions() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("prefix");
    fs::create_dir_all(&folder).expect("a folder can be made");
    let whole = "1-two-environments/development.sql";
    let text = fs::read_to_string(samples().join(whole)).expect("the sample can be read");
    let half = text[..text.len() / 2].rfind(";\n").expect("statements end") + 2;
    fs::write(folder.join("whole.sql"), &text).expect("a file can be written");
    fs::create_dir_all(folder.join("half")).expect("a folder can be made");
    fs::write(folder.join("half/whole.sql"), &text[..half]).expect("a file can be written");
    let whole = run(&folder, &["replay", "whole.sql"]);
    let half = run(&folder.join("half"), &["replay", "whole.sql"]);
    let lines = |text: &str| {
        text.lines().filter(|line| line.starts_with('{')).map(str::to_string).collect::<Vec<_>>()
    };
    let (whole, half) = (lines(&whole), lines(&half));
    assert!(half.len() > 5 && whole.len() > half.len());
    assert_eq!(whole[..half.len()], half[..]);
}
