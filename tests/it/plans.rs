//! What `plan` asks of its sides: migrations that do the same, owners and privileges that a side does not show,
//! what a statement that fails makes unsure, and that its time grows with the schema alone.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::samples::run;

fn folder(name: &str, files: &[(&str, String)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("plans").join(name);
    let _ = fs::remove_dir_all(&folder); // an earlier run's
    for (file, text) in files {
        let path = folder.join(file);
        fs::create_dir_all(path.parent().expect("a file is in a folder"))
            .expect("folders can be made");
        fs::write(path, text).expect("files can be written");
    }
    folder
}

fn dump(body: &str) -> String {
    format!(
        "--\n-- PostgreSQL database dump\n--\n\n-- Dumped from database version 18.4\n\
         -- Dumped by pg_dump version 18.4\n\nSET statement_timeout = 0;\n\
         SELECT pg_catalog.set_config('search_path', '', false);\n\n{body}\n\
         --\n-- PostgreSQL database dump complete\n--\n"
    )
}

/// Thirty migrations; the third, the tenth and so on make a table's column, index or foreign key.
fn migrations(skip: &[usize]) -> (Vec<(String, String)>, String) {
    let mut files = Vec::new();
    let mut ran = String::new();
    for at in 1..=30 {
        let sql = match at % 3 {
            1 => format!("CREATE TABLE public.t{at} (id integer PRIMARY KEY, name text);\n"),
            2 => format!(
                "ALTER TABLE public.t{} ADD COLUMN n{at} integer DEFAULT {at} NOT NULL;\n",
                at - 1
            ),
            _ => format!("CREATE INDEX t{at}_idx ON public.t{} (name);\n", at - 2),
        };
        if !skip.contains(&at) {
            ran.push_str(&sql);
        }
        files.push((format!("migrations/V{at}__step.sql"), sql));
    }
    (files, ran)
}

#[test]
fn the_migrations_that_never_ran_are_named() {
    // A table that is missing takes what is built on it along.
    let skip = [5, 12, 18, 26, 30];
    let (files, ran) = migrations(&skip);
    let mut all: Vec<(&str, String)> =
        files.iter().map(|(name, sql)| (name.as_str(), sql.clone())).collect();
    all.push(("production.sql", dump(&ran)));
    let folder = folder("migrations", &all);
    let printed =
        run(&folder, &["plan", "production.sql", "migrations", "--migrations", "migrations"]);
    let listed: Vec<&str> = printed
        .lines()
        .skip_while(|line| !line.starts_with("these migrations do it"))
        .skip(1)
        .take(5)
        .collect();
    let expected: Vec<String> =
        skip.iter().map(|at| format!("  migrations/V{at}__step.sql")).collect();
    assert_eq!(listed, expected, "{printed}");
    let none =
        run(&folder, &["plan", "migrations", "production.sql", "--migrations", "migrations"]);
    assert!(none.contains("no set of migrations does it"), "{none}");
}

#[test]
fn what_one_side_says_nothing_of_is_left() {
    let table = "CREATE TABLE public.a (id integer);\n";
    let more = "CREATE TABLE public.b (id integer);\n";
    let owned = format!(
        "{table}ALTER TABLE public.a OWNER TO app;\nGRANT SELECT ON TABLE public.a TO reader;\n"
    );
    let folder = folder(
        "silent",
        &[("owned.sql", dump(&owned)), ("migrations/V1__a.sql", format!("{table}{more}"))],
    );
    let printed = run(&folder, &["plan", "owned.sql", "migrations", "--format", "sql"]);
    assert!(printed.contains("CREATE TABLE public.b"), "{printed}");
    let only = |text: &str, word: &str| {
        text.lines().any(|line| line.contains(word) && !line.starts_with("--"))
    };
    assert!(!only(&printed, " OWNER TO ") && !only(&printed, "REVOKE"), "{printed}");
    let asked = run(
        &folder,
        &["plan", "owned.sql", "migrations", "--format", "sql", "--owners", "--privileges"],
    );
    assert!(only(&asked, " OWNER TO ") && only(&asked, "REVOKE"), "{asked}");
}

#[test]
fn what_a_failing_statement_of_a_dump_names_is_unsure() {
    let base = "CREATE TABLE public.a (id integer);\n";
    let view = "CREATE VIEW public.v AS SELECT id FROM public.a;\n";
    let broken = "CREATE VIEW public.v AS SELECT nothing_of_the_kind(id) AS id FROM public.a;\n";
    let folder = folder(
        "unsure",
        &[
            ("whole.sql", dump(&format!("{base}{view}"))),
            ("broken.sql", dump(&format!("{base}{broken}"))),
        ],
    );
    let drift = run(&folder, &["drift", "whole.sql", "broken.sql"]);
    assert!(drift.contains("unsure"), "{drift}");
    let plan = run(&folder, &["plan", "whole.sql", "broken.sql"]);
    assert!(
        plan.contains("what that does is not known") && plan.contains("view public.v (high)"),
        "{plan}"
    );
}

/// Seconds that a guarded plan for so many tables takes, each with a change.
fn seconds(tables: usize) -> f64 {
    let mut sides = [String::new(), String::new()];
    for at in 0..tables {
        for (side, typname) in sides.iter_mut().zip(["integer", "bigint"]) {
            let typname = if at % 10 == 0 { typname } else { "text" };
            side.push_str(&format!(
                "CREATE TABLE public.t{at} (id integer NOT NULL, a {typname}, CONSTRAINT t{at}_pkey PRIMARY KEY (id));\n\
                 CREATE VIEW public.v{at} AS SELECT id, a FROM public.t{at};\n"
            ));
        }
    }
    let [from, to] = sides;
    let name = format!("linear{tables}");
    let folder = folder(&name, &[("from.sql", dump(&from)), ("to.sql", dump(&to))]);
    let start = Instant::now();
    let printed = run(&folder, &["plan", "from.sql", "to.sql", "--idempotent"]);
    assert!(printed.contains("\nproven: ") && !printed.contains("NOT proven"), "{printed}");
    start.elapsed().as_secs_f64()
}

#[test]
fn guarded_plans_take_time_by_the_number_of_tables() {
    let (few, many) = (seconds(150), seconds(600));
    assert!(many < few * 4.0 * 2.0 + 1.0, "{few} s for 150 tables, {many} s for 600");
}
