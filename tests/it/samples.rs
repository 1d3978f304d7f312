//! The samples: each `expected/*.txt` is a command and what it prints; `UPDATE=1 cargo test` writes them anew.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The program, run in a folder: what it prints, with its exit code as the last line.
pub fn run(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_pgreckon"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .output()
        .expect("the program starts");
    let stdout = String::from_utf8_lossy(&output.stdout);
    let stderr = String::from_utf8_lossy(&output.stderr);
    let code = output.status.code().map_or("a signal".to_string(), |code| code.to_string());
    format!("{stdout}{stderr}exit {code}\n")
}

fn expectations() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(root)
        .into_iter()
        .map(|entry| entry.expect("samples can be walked").into_path())
        .filter(|path| path.parent().is_some_and(|folder| folder.ends_with("expected")))
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    files.sort();
    files
}

#[test]
fn every_sample_prints_what_is_expected() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = Vec::new();
    let files = expectations();
    assert!(files.len() >= 5, "the samples have expectations");
    for file in files {
        let text = fs::read_to_string(&file).expect("expectations can be read");
        let (command, expected) = text.split_once('\n').unwrap_or((&text, ""));
        let arguments = command.strip_prefix("$ pgreckon ").expect("the first line is the command");
        let arguments: Vec<&str> = arguments.split_whitespace().collect();
        let folder = file.parent().and_then(Path::parent).expect("samples/N/expected/FILE");
        let printed = run(folder, &arguments);
        if update {
            fs::write(&file, format!("{command}\n{printed}")).expect("expectations can be written");
        } else if printed != expected {
            wrong.push(format!(
                "{}\n--- expected\n{expected}\n--- printed\n{printed}",
                file.display()
            ));
        }
    }
    assert!(wrong.is_empty(), "samples print something else:\n{}", wrong.join("\n"));
}

#[test]
fn every_sample_has_a_readme_and_an_expectation() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    for entry in fs::read_dir(root).expect("samples can be listed") {
        let folder = entry.expect("samples can be listed").path();
        if folder.is_dir() {
            assert!(folder.join("README.md").is_file(), "{} has no README.md", folder.display());
            assert!(folder.join("expected").is_dir(), "{} has no expected/", folder.display());
        }
    }
}
