//! What may be a side of a drift, and what is said where something is none: dumps cut short, of data alone, of several
//! databases, folders of dumps, empty ones.

use std::fs;
use std::path::{Path, PathBuf};

use crate::samples::run;

const HEAD: &str = "--\n-- PostgreSQL database dump\n--\n\n-- Dumped from database version 18.4\n\
    -- Dumped by pg_dump version 18.4\n\nSET statement_timeout = 0;\n\
    SELECT pg_catalog.set_config('search_path', '', false);\n\n";
const END: &str = "\n--\n-- PostgreSQL database dump complete\n--\n";

fn folder(name: &str, files: &[(&str, String)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sides").join(name);
    // A folder of an earlier run may hold other files.
    let _ = fs::remove_dir_all(&folder);
    for (file, text) in files {
        let path = folder.join(file);
        fs::create_dir_all(path.parent().expect("a file is in a folder"))
            .expect("folders can be made");
        fs::write(path, text).expect("files can be written");
    }
    folder
}

fn whole() -> String {
    format!("{HEAD}CREATE TABLE public.a (id integer);\nCREATE TABLE public.b (id integer);\n{END}")
}

fn drift(folder: &Path, sides: &[&str]) -> String {
    let arguments: Vec<&str> = ["drift"].iter().chain(sides).copied().collect();
    run(folder, &arguments)
}

#[test]
fn a_dump_that_is_cut_short_says_so() {
    let cut = format!("{HEAD}CREATE TABLE public.a (id integer);\n");
    let folder = folder("cut", &[("whole.sql", whole()), ("cut.sql", cut.clone()), ("a.sql", cut)]);
    let printed = drift(&folder, &["whole.sql", "cut.sql"]);
    assert!(printed.contains("the dump is cut short"), "{printed}");
    assert!(printed.contains("the dump that lacks it is cut short: it may be there"), "{printed}");
    let alike = drift(&folder, &["a.sql", "cut.sql"]);
    assert!(alike.ends_with("exit 1\n"), "what was not read is not clean: {alike}");
}

#[test]
fn what_holds_no_schema_is_no_side() {
    let data = format!("{HEAD}COPY public.a (id) FROM stdin;\n1\n\\.\n{END}");
    let inserts = format!("{HEAD}INSERT INTO public.a VALUES (1);\n{END}");
    let cluster = "--\n-- PostgreSQL database cluster dump\n--\n\nCREATE ROLE app;\n\\connect one\n\
        CREATE TABLE public.a (id integer);\n\\connect two\nCREATE TABLE public.a (id integer);\n\
        --\n-- PostgreSQL database cluster dump complete\n--\n";
    let folder = folder(
        "none",
        &[
            ("whole.sql", whole()),
            ("data.sql", data),
            ("inserts.sql", inserts),
            ("cluster.sql", cluster.to_string()),
            ("empty.sql", String::new()),
            ("envs/dev.sql", whole()),
            ("envs/prod.sql", whole()),
        ],
    );
    for (side, message) in [
        ("data.sql", "holds data and no definitions"),
        ("inserts.sql", "holds data and no definitions"),
        ("cluster.sql", "of 2 databases (one, two)"),
        ("empty.sql", "is empty"),
        ("envs", "the folder holds 2 dumps"),
        ("gone.sql", "no such file"),
    ] {
        let printed = drift(&folder, &["whole.sql", side, "whole.sql"]);
        assert!(printed.contains(message), "{side}: {printed}");
        assert!(printed.ends_with("exit 2\n"), "{side}: {printed}");
    }
}

#[test]
fn a_cluster_dump_of_one_database_is_a_side() {
    let cluster = "--\n-- PostgreSQL database cluster dump\n--\n\nCREATE ROLE app;\n\\connect template1\n\
        \\connect app\nCREATE TABLE public.a (id integer);\nCREATE TABLE public.b (id integer);\n\
        --\n-- PostgreSQL database cluster dump complete\n--\n";
    let folder = folder("cluster", &[("whole.sql", whole()), ("cluster.sql", cluster.to_string())]);
    let printed = drift(&folder, &["whole.sql", "cluster.sql"]);
    assert!(printed.ends_with("no drift, 0 cosmetic\nexit 0\n"), "{printed}");
}

#[test]
fn two_empty_schemas_agree_and_are_called_empty() {
    let empty = format!("{HEAD}{END}");
    let folder = folder("empty", &[("a.sql", empty.clone()), ("b.sql", empty)]);
    let printed = drift(&folder, &["a.sql", "b.sql"]);
    assert!(printed.contains("no object is defined in it"), "{printed}");
    assert!(printed.ends_with("exit 0\n"), "{printed}");
}
