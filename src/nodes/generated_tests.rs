//! Checks the generated files: the C structs against the headers with a C compiler, and that the files are fresh.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::raw_nodes;

/// Where cargo keeps the pg_query crate that this build links.
fn pg_query_source() -> Option<PathBuf> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--offline", "--format-version", "1", "--manifest-path"])
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"))
        .output()
        .ok()?;
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).ok()?;
    let package =
        metadata["packages"].as_array()?.iter().find(|package| package["name"] == "pg_query")?;
    Some(Path::new(package["manifest_path"].as_str()?).parent()?.to_path_buf())
}

/// A folder for the test's files.
fn scratch(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("pgreckon-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for temporary files can be made");
    folder
}

#[test]
fn the_declared_structs_are_laid_out_as_the_headers_say() {
    let source = pg_query_source().expect("cargo metadata names pg_query");
    let layouts = raw_nodes::layouts();
    let mut program = String::from(
        "#include \"postgres.h\"\n#include \"nodes/parsenodes.h\"\n#include \"nodes/primnodes.h\"\n\
         #include \"nodes/miscnodes.h\"\n#include <stdio.h>\n#include <stddef.h>\n#undef printf\nint main(void) {\n",
    );
    let mut expected = String::new();
    for (name, size, fields) in &layouts {
        // Writing to a String cannot fail.
        let _ = writeln!(program, "printf(\"{name} %zu\\n\", sizeof({name}));");
        let _ = writeln!(expected, "{name} {size}");
        for (field, offset) in fields {
            let _ =
                writeln!(program, "printf(\"{name}.{field} %zu\\n\", offsetof({name}, {field}));");
            let _ = writeln!(expected, "{name}.{field} {offset}");
        }
    }
    program.push_str("return 0; }\n");
    let folder = scratch("layout");
    let (file, binary) = (folder.join("layout.c"), folder.join("layout"));
    std::fs::write(&file, program).expect("the program can be written");
    let root = source.join("libpg_query");
    let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".to_string());
    let compiled = Command::new(compiler)
        .arg("-w")
        .arg(format!("-I{}", root.display()))
        .arg(format!("-I{}", root.join("vendor").display()))
        .arg(format!("-I{}", root.join("src/include").display()))
        .arg(format!("-I{}", root.join("src/postgres/include").display()))
        .arg(&file)
        .arg("-o")
        .arg(&binary)
        .output()
        .expect("the C compiler that built pg_query runs");
    assert!(compiled.status.success(), "{}", String::from_utf8_lossy(&compiled.stderr));
    let printed = Command::new(&binary).output().expect("the program runs");
    let printed = String::from_utf8_lossy(&printed.stdout).into_owned();
    let wrong: Vec<String> = printed
        .lines()
        .zip(expected.lines())
        .filter(|(c, ours)| c != ours)
        .map(|(c, ours)| format!("C: {c}, ours: {ours}"))
        .collect();
    assert_eq!(printed.lines().count(), expected.lines().count());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let _ = std::fs::remove_dir_all(folder); // left behind, it harms nobody
}

#[test]
fn the_generated_files_are_fresh() {
    let runs = |program: &str| Command::new(program).arg("--version").output().is_ok();
    if !runs("python3") || !runs("rustfmt") {
        return; // without them the files cannot be made anew; the layout test still checks them
    }
    let source = pg_query_source().expect("cargo metadata names pg_query");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = scratch("generated");
    let generated = Command::new("python3")
        .arg(root.join("build/nodes/generate.py"))
        .args([&source, &folder])
        .output()
        .expect("python3 runs");
    assert!(generated.status.success(), "{}", String::from_utf8_lossy(&generated.stderr));
    for name in ["tree.rs", "raw_nodes.rs"] {
        let fresh = std::fs::read_to_string(folder.join(name)).expect("the generator writes it");
        let stored =
            std::fs::read_to_string(root.join("src/nodes").join(name)).expect("it is checked in");
        assert!(fresh == stored, "src/nodes/{name} is stale: run build/nodes/generate.py");
    }
    let _ = std::fs::remove_dir_all(folder); // left behind, it harms nobody
}
