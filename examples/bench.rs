//! `make bench`: ratios against pg_query parsing the same statements one by one on one thread, the speed at which
//! COPY data is skipped, memory, and that time is linear. Runs a child for each measurement:
//! itself, and the program beside it (Linux).

use std::fmt::Write as _;
use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use pgreckon::catalog::builtin;
use pgreckon::history;
use pgreckon::pg::version::Version;
use pgreckon::psql::{self, Segment};
use pgreckon::source::{SourceId, Sources, order};

/// How often each measurement is taken; the fastest counts.
const RUNS: usize = 3;

/// Bytes of COPY data; PGRECKON_BENCH_COPY_MB sets another size.
const COPY_MB: usize = 1_024;

/// What a child took.
#[derive(Clone, Copy)]
struct Cost {
    wall: f64,
    cpu: f64,
    peak_mb: f64,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.get(1).map(String::as_str) {
        Some("read") => {
            read(Path::new(&arguments[2]));
            return ExitCode::SUCCESS;
        }
        Some("baseline") => {
            baseline(Path::new(&arguments[2]));
            return ExitCode::SUCCESS;
        }
        _ => {} // the parent
    }
    let folder = PathBuf::from("target/bench");
    fs::create_dir_all(&folder).expect("target/bench can be made");
    let mut good = true;
    let dump = folder.join("dump.sql");
    fs::write(&dump, tables(5_000)).expect("the dump can be written");
    let small = folder.join("small.sql");
    fs::write(&small, tables(500)).expect("the dump can be written");
    let migrations = folder.join("migrations");
    write_migrations(&migrations);

    good &= against_parser("dump of 5,000 tables", &dump);
    good &= against_parser("folder of 1,000 files, 10,000 statements", &migrations);
    good &= linear(&small, &dump);
    good &= memory("dump of 5,000 tables", &dump);
    good &= printing(&dump);
    let drifted = folder.join("drifted.sql");
    fs::write(&drifted, drifted_tables(5_000)).expect("the dump can be written");
    good &= drift(&dump, &drifted);
    good &= copy_data(&folder.join("copy.sql"));
    if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn against_parser(what: &str, path: &Path) -> bool {
    let parser = best("baseline", &[path]);
    let check = best("check", &[path]);
    let (cpu, wall) = (check.cpu / parser.cpu, check.wall / parser.wall);
    println!("{what}");
    println!("  pg_query alone  {:8.3} s wall  {:8.3} s CPU", parser.wall, parser.cpu);
    println!(
        "  check           {:8.3} s wall  {:8.3} s CPU  {:6.0} MB",
        check.wall, check.cpu, check.peak_mb
    );
    verdict("CPU ratio", cpu, 0.9) & verdict("wall ratio", wall, 0.6)
}

fn linear(small: &Path, large: &Path) -> bool {
    let (one, ten) = (best("check", &[small]), best("check", &[large]));
    println!("ten times the tables");
    verdict("times the time", ten.wall / one.wall, 11.0)
}

fn memory(what: &str, path: &Path) -> bool {
    let size = fs::metadata(path).map_or(0.0, |metadata| metadata.len() as f64 / 1e6);
    println!("memory of the {what}, {size:.1} MB");
    verdict("peak MB", best("check", &[path]).peak_mb, 12.0 * size + 60.0)
}

/// Printing takes at most as long as reading: a dump at most twice as long.
fn printing(path: &Path) -> bool {
    let (check, dump) = (best("check", &[path]), best("dump", &[path]));
    println!("printing the dump of 5,000 tables");
    println!("  check           {:8.3} s wall  {:8.3} s CPU", check.wall, check.cpu);
    println!(
        "  dump            {:8.3} s wall  {:8.3} s CPU  {:6.0} MB",
        dump.wall, dump.cpu, dump.peak_mb
    );
    verdict("times the CPU", dump.cpu / check.cpu, 2.0)
}

/// Comparing two against reading one.
fn drift(a: &Path, b: &Path) -> bool {
    let (read, drift) = (best("read", &[a]), best("drift", &[a, b]));
    println!("drift of 5,000 tables against 5,000, one in a hundred different");
    println!("  reading one     {:8.3} s wall  {:8.3} s CPU", read.wall, read.cpu);
    println!(
        "  drift           {:8.3} s wall  {:8.3} s CPU  {:6.0} MB",
        drift.wall, drift.cpu, drift.peak_mb
    );
    verdict("times the time", drift.wall / read.wall, 2.2)
}

/// Reads and applies one input, as `drift` does each of its sides.
fn read(path: &Path) {
    let mut sources = Sources::new();
    let plan = order::plan(&mut sources, path, None, &psql::read).expect("the input can be read");
    let (includes, _) = history::includes(&mut sources, &plan.files);
    let options = history::Options {
        mode: history::Mode::Check,
        track: true,
        stock_extensions: false,
        session_per_file: false,
    };
    let catalog = builtin::template1(Version::NEWEST);
    history::apply(&sources, &includes, &plan.files, catalog, options, &mut |_| {});
}

fn copy_data(path: &Path) -> bool {
    let mb = std::env::var("PGRECKON_BENCH_COPY_MB")
        .ok()
        .and_then(|mb| mb.parse().ok())
        .unwrap_or(COPY_MB);
    write_copy(path, mb).expect("the COPY data can be written");
    let cost = best("check", &[path]);
    println!("{mb} MB of COPY data");
    let good = verdict("seconds a GB", cost.wall * 1_024.0 / mb as f64, 0.5);
    let good = verdict("peak MB", cost.peak_mb, 72.0) & good;
    let _ = fs::remove_file(path); // it is only large
    good
}

fn verdict(what: &str, value: f64, limit: f64) -> bool {
    let good = value <= limit;
    println!(
        "  {what} {value:.2} (at most {limit:.2}): {}",
        if good { "good" } else { "TOO MUCH" }
    );
    good
}

/// The fastest of several runs.
fn best(mode: &str, paths: &[&Path]) -> Cost {
    let costs: Vec<Cost> = (0..RUNS).map(|_| run(mode, paths)).collect();
    let least = |value: fn(&Cost) -> f64| costs.iter().map(value).fold(f64::INFINITY, f64::min);
    Cost {
        wall: least(|cost| cost.wall),
        cpu: least(|cost| cost.cpu),
        peak_mb: least(|cost| cost.peak_mb),
    }
}

/// One child: its CPU time and peak memory are read from /proc while it runs and once it has ended.
fn run(mode: &str, paths: &[&Path]) -> Cost {
    let own = std::env::current_exe().expect("the program knows itself");
    let program = match (mode, own.ancestors().nth(2)) {
        ("baseline" | "read", _) | (_, None) => own,
        (_, Some(folder)) => folder.join("pgreckon"), // target/release, of which this is in examples
    };
    let started = Instant::now();
    let child = Command::new(program)
        .arg(mode)
        .args(paths)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let mut child = child.expect("the program starts");
    let folder = PathBuf::from(format!("/proc/{}", child.id()));
    let mut peak_mb = 0.0f64;
    let cpu = loop {
        let status = fs::read_to_string(folder.join("status")).unwrap_or_default();
        let peak = status.lines().find_map(|line| {
            line.strip_prefix("VmHWM:")?.split_whitespace().next()?.parse::<f64>().ok()
        });
        peak_mb = peak_mb.max(peak.unwrap_or(0.0) / 1e3);
        let stat = fs::read_to_string(folder.join("stat")).unwrap_or_default();
        let fields: Vec<&str> = stat.rsplit(") ").next().unwrap_or("").split_whitespace().collect();
        let ticks =
            |at: usize| fields.get(at).and_then(|ticks| ticks.parse::<f64>().ok()).unwrap_or(0.0);
        if fields.first().is_none_or(|state| *state == "Z") {
            break (ticks(11) + ticks(12)) / 100.0;
        }
        std::thread::sleep(Duration::from_millis(1));
    };
    let wall = started.elapsed().as_secs_f64();
    child.wait().expect("the child has ended");
    Cost { wall, cpu: cpu.max(0.01), peak_mb }
}

/// pg_query's parser over every statement of the input, on this thread.
fn baseline(path: &Path) {
    let mut sources = Sources::new();
    let plan = order::plan(&mut sources, path, None, &psql::read).expect("the input can be read");
    let mut nodes = 0;
    for file in &plan.files {
        for segment in psql::segments(SourceId(0), sources.get(file.source).text()) {
            if let Segment::Statement(statement) = segment {
                nodes += pg_query::parse(statement.text(), 0)
                    .map_or(0, |parsed| parsed.protobuf.stmts.len());
            }
        }
    }
    println!("{nodes}");
}

/// A dump of many tables, as pg_dump writes them.
fn tables(count: usize) -> String {
    let mut out = String::from(
        "--\n-- PostgreSQL database dump\n--\n\n-- Dumped from database version 18.0\n-- Dumped by pg_dump version 18.0\n\n\
         SET client_encoding = 'UTF8';\nSELECT pg_catalog.set_config('search_path', '', false);\n\n",
    );
    for table in 0..count {
        // Writing to a String cannot fail.
        let _ = write!(
            out,
            "CREATE TABLE public.table_{table} (\n    id bigint NOT NULL,\n    tenant_id uuid DEFAULT gen_random_uuid() NOT NULL,\n    \
             name text NOT NULL,\n    email character varying(255),\n    state character varying(20) DEFAULT 'new'::character varying,\n    \
             amount numeric(12,2) DEFAULT 0 NOT NULL,\n    tags text[],\n    settings jsonb DEFAULT '{{}}'::jsonb NOT NULL,\n    \
             parent_id bigint,\n    created_at timestamp with time zone DEFAULT now() NOT NULL,\n    updated_at timestamp with time zone,\n    \
             CONSTRAINT table_{table}_amount_check CHECK ((amount >= (0)::numeric))\n);\n\n\
             ALTER TABLE ONLY public.table_{table} ADD CONSTRAINT table_{table}_pkey PRIMARY KEY (id);\n\n\
             CREATE INDEX table_{table}_name_idx ON public.table_{table} USING btree (lower(name)) WHERE (email IS NOT NULL);\n\n\
             CREATE VIEW public.view_{table} AS\n SELECT t.id, t.name, count(*) AS n\n   FROM public.table_{table} t\n  \
             WHERE (t.amount > (0)::numeric)\n  GROUP BY t.id, t.name;\n\n\
             ALTER TABLE ONLY public.table_{table} ADD CONSTRAINT table_{table}_parent_fkey FOREIGN KEY (parent_id) REFERENCES public.table_{}(id);\n\n\
             COMMENT ON TABLE public.table_{table} IS 'Table number {table}';\n\n",
            table.saturating_sub(1)
        );
    }
    out.push_str("--\n-- PostgreSQL database dump complete\n--\n");
    out
}

/// The same with a column of another type in one table of a hundred.
fn drifted_tables(count: usize) -> String {
    let mut out = String::new();
    let mut table = 0;
    for line in tables(count).split_inclusive('\n') {
        table += usize::from(line.starts_with("CREATE TABLE "));
        if table % 100 == 1 && line.starts_with("    email ") {
            out.push_str("    email text,\n");
        } else {
            out.push_str(line);
        }
    }
    out
}

/// A thousand files of ten statements each: kinds and lengths as real projects' migrations have them (207 bytes a
/// statement; a third ALTER TABLE, a fifth indexes, a table in ten).
fn write_migrations(folder: &Path) {
    let _ = fs::remove_dir_all(folder); // an earlier run's files
    fs::create_dir_all(folder).expect("the folder can be made");
    for file in 0..1_000 {
        let before = file.max(1) - 1;
        let tenth = match file % 4 {
            0 => function(file),
            1 => format!(
                "CREATE POLICY items_{file}_of_tenant ON \"items_{file}\" AS PERMISSIVE FOR SELECT TO PUBLIC\n  \
                 USING (tenant_id = (current_setting('app.tenant_id'::text, true))::uuid AND deleted_at IS NULL);\n"
            ),
            2 => format!(
                "CREATE TRIGGER items_{file}_touched BEFORE INSERT OR UPDATE OF name, state ON \"items_{file}\"\n  \
                 FOR EACH ROW EXECUTE FUNCTION touch_items_{}();\n",
                file - 2
            ),
            _ => format!("DROP INDEX IF EXISTS \"items_{file}_state_idx\";\n"),
        };
        let text = format!(
            "-- Items of kind {file}.\nCREATE TABLE \"items_{file}\" (\n  \"id\" uuid DEFAULT gen_random_uuid() NOT NULL,\n  \
             \"tenant_id\" uuid NOT NULL,\n  \"parent_id\" uuid,\n  \"name\" text NOT NULL,\n  \
             \"state\" varchar(32) DEFAULT 'draft' NOT NULL,\n  \"amount\" numeric(12, 2) DEFAULT 0,\n  \
             \"settings\" jsonb DEFAULT '{{}}'::jsonb NOT NULL,\n  \"created_at\" timestamp with time zone DEFAULT now() NOT NULL,\n  \
             \"deleted_at\" timestamp with time zone,\n  CONSTRAINT \"items_{file}_pkey\" PRIMARY KEY (\"id\")\n);\n\n\
             ALTER TABLE \"items_{file}\" ADD COLUMN IF NOT EXISTS \"updated_at\" timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL;\n\
             ALTER TABLE \"items_{file}\" ADD CONSTRAINT \"items_{file}_parent_id_fkey\" FOREIGN KEY (\"parent_id\") \
             REFERENCES \"items_{before}\" (\"id\") ON DELETE CASCADE ON UPDATE NO ACTION;\n\
             ALTER TABLE \"items_{file}\" ALTER COLUMN \"state\" SET DEFAULT 'active', ALTER COLUMN \"amount\" SET NOT NULL;\n\
             CREATE INDEX \"items_{file}_tenant_id_created_at_idx\" ON \"items_{file}\" USING btree (\"tenant_id\", \"created_at\" DESC);\n\
             CREATE INDEX \"items_{file}_state_idx\" ON \"items_{file}\" (\"state\") WHERE (\"deleted_at\" IS NULL);\n\
             CREATE UNIQUE INDEX \"items_{file}_tenant_id_name_key\" ON \"items_{file}\" (\"tenant_id\", lower(\"name\"));\n\
             COMMENT ON COLUMN \"items_{file}\".\"settings\" IS 'What the tenant has set for items of this kind, as the client sends it.';\n\
             INSERT INTO \"items_{file}\" (\"tenant_id\", \"name\", \"state\", \"amount\", \"settings\") VALUES\n  \
             ('7f9c24e8-3b12-4fef-91e0-4e8a1b2c3d4e', 'The first item', 'active', 12.50, '{{\"color\": \"red\"}}'),\n  \
             ('7f9c24e8-3b12-4fef-91e0-4e8a1b2c3d4e', 'The second item', 'draft', 7.25, '{{}}');\n\n{tenth}"
        );
        fs::write(folder.join(format!("{file:04}_items.sql")), text)
            .expect("a file can be written");
    }
}

/// A trigger's function.
fn function(file: usize) -> String {
    format!(
        "CREATE OR REPLACE FUNCTION touch_items_{file}() RETURNS trigger LANGUAGE plpgsql AS $$\nDECLARE\n  changed integer;\nBEGIN\n  \
         NEW.updated_at := now();\n  IF NEW.state IS NULL THEN\n    NEW.state := 'draft';\n  END IF;\n  \
         IF TG_OP = 'UPDATE' AND NEW.name IS DISTINCT FROM OLD.name THEN\n    \
         SELECT count(*) INTO changed FROM \"items_{file}\" AS other WHERE other.tenant_id = NEW.tenant_id AND other.name = NEW.name;\n    \
         IF changed > 0 THEN\n      RAISE EXCEPTION 'the name % is taken', NEW.name USING ERRCODE = 'unique_violation';\n    END IF;\n  \
         END IF;\n  RETURN NEW;\nEND;\n$$;\n"
    )
}

/// One table and its rows.
fn write_copy(path: &Path, mb: usize) -> std::io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 20, fs::File::create(path)?);
    out.write_all(b"CREATE TABLE t (id bigint, name text, amount numeric);\nCOPY t (id, name, amount) FROM stdin;\n")?;
    let mut block = String::new();
    for row in 0..20_000 {
        let _ = writeln!(block, "{row}\tthe name of row {row}\t{row}.50"); // writing to a String cannot fail
    }
    let mut written = 0;
    while written < mb << 20 {
        out.write_all(block.as_bytes())?;
        written += block.len();
    }
    out.write_all(b"\\.\n\nSELECT 1;\n")?;
    out.flush()
}
