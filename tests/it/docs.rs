//! The documentation: every command of the README runs, and what it lists is what the program has.

use std::fs;
use std::path::Path;

use crate::samples::run;

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name))
        .expect("the documentation can be read")
}

#[test]
fn every_command_of_the_readme_runs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = read("README.md");
    let commands: Vec<&str> =
        text.lines().filter_map(|line| line.strip_prefix("$ pgreckon ")).collect();
    assert!(commands.len() >= 10, "the README shows commands");
    for command in commands {
        let arguments: Vec<&str> = command.split_whitespace().collect();
        let printed = run(root, &arguments);
        let fine = printed.ends_with("exit 0\n") || printed.ends_with("exit 1\n");
        assert!(fine, "pgreckon {command}\n{printed}");
    }
}

#[test]
fn every_option_is_in_the_readme() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = read("README.md");
    for command in ["check", "drift", "status", "plan", "dump", "replay"] {
        let help = run(root, &[command, "--help"]);
        for word in help.split_whitespace().filter(|word| word.starts_with("--") && word.len() > 2)
        {
            let option = word.trim_end_matches([',', '.', ':', ')', ';', ']']);
            let known = matches!(option, "--help" | "--version") || text.contains(option);
            assert!(known, "{option} of pgreckon {command} is not in the README");
        }
    }
}

#[test]
fn every_room_is_in_the_architecture() {
    let (library, text) = (read("src/lib.rs"), read("ARCHITECTURE.md"));
    for room in library.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
    {
        assert!(text.contains(&format!("`{room}`")), "ARCHITECTURE.md says nothing about `{room}`");
    }
}

#[test]
fn every_tool_is_in_the_readme() {
    let text = read("README.md").to_lowercase().replace(['\n', ' '], "");
    for tool in pgreckon::source::order::Tool::ALL {
        let name = tool.name().replace(' ', "");
        assert!(text.contains(&name) || name == "plain", "the README does not name {name}");
    }
}

#[test]
fn every_rule_is_in_the_readme() {
    let text = read("README.md");
    let mut rules = 0;
    let sources = walkdir::WalkDir::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    for entry in sources.into_iter().filter_map(Result::ok) {
        if entry.path().extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let code = fs::read_to_string(entry.path()).expect("the source can be read");
        for rule in code.split("RuleId(\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            rules += 1;
            assert!(text.contains(&format!("`{rule}`")), "the README says nothing about {rule}");
        }
    }
    assert!(rules > 10, "the rules' names were found");
}
