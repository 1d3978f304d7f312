//! `pgreckon dump`: the schema that the input makes, as pg_dump would print it.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Exit;
use super::drift::Drift;
use super::input::InputArgs;
use super::output::on_a_large_stack;
use crate::deparse::pg_dump::{self, Options, Section};
use crate::diff;
use crate::history::{self, Mode};
use crate::report::catalog_json;

#[derive(Args)]
pub(crate) struct Dump {
    /// A dump or a migration folder.
    path: Option<PathBuf>,
    #[command(flatten)]
    input: InputArgs,
    /// Leave out who owns what.
    #[arg(short = 'O', long)]
    no_owner: bool,
    /// Leave out GRANT and REVOKE.
    #[arg(short = 'x', long, visible_alias = "no-acl")]
    no_privileges: bool,
    /// Leave out COMMENT.
    #[arg(long)]
    no_comments: bool,
    /// Only the schemas that match.
    #[arg(short = 'n', long, value_name = "PATTERN")]
    schema: Vec<String>,
    /// Not the schemas that match.
    #[arg(short = 'N', long, value_name = "PATTERN")]
    exclude_schema: Vec<String>,
    /// Only the tables that match.
    #[arg(short = 't', long, value_name = "PATTERN")]
    table: Vec<String>,
    /// Only this part of the dump.
    #[arg(long, value_enum)]
    section: Vec<SectionArg>,
    /// First drop what is made.
    #[arg(short = 'c', long)]
    clean: bool,
    /// Drop only what exists.
    #[arg(long, requires = "clean")]
    if_exists: bool,
    /// Put every name in double quotes, keyword or not.
    #[arg(long)]
    quote_all_identifiers: bool,
    /// The key of \\restrict, so that two dumps can be compared.
    #[arg(long, value_name = "KEY", default_value = "pgreckon")]
    restrict_key: String,
    /// Where the dump is written instead of standard output.
    #[arg(short = 'f', long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Print no dump: say where a committed structure.sql differs from the schema, and exit 1 when it does.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["output", "format"])]
    check: Option<PathBuf>,
    /// As SQL, or the catalog as data; the README documents the schema.
    #[arg(long, value_enum, default_value_t = Format::Sql)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum, PartialEq, Eq)]
enum Format {
    Sql,
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
enum SectionArg {
    PreData,
    Data,
    PostData,
}

impl Dump {
    /// Exit 0 when the dump is written or the committed one agrees, 1 when that differs.
    pub fn run(self) -> Exit {
        let mut options = self.options();
        if let Some(file) = self.check {
            return Drift::of_dump(self.path, self.input, file, &options).run();
        }
        let prepared = match self.input.prepare(self.path.as_deref()) {
            Ok(prepared) => prepared,
            Err(error) => {
                eprintln!("pgreckon: {error}");
                return Exit::Failed;
            }
        };
        // A dump of what the input makes leaves out what the platform gave, unless it is asked for.
        if let Some(platform) = prepared.platform
            && self.schema.is_empty()
            && self.table.is_empty()
        {
            options.exclude_schemas.extend(platform.schemas.iter().map(ToString::to_string));
        }
        let run = history::Options {
            mode: Mode::Replay,
            track: false,
            session_per_file: prepared.session_per_file,
            stock_extensions: true,
        };
        let catalog = history::apply(
            &prepared.sources,
            &prepared.includes,
            &prepared.plan.files,
            prepared.catalog,
            run,
            &mut |_| {},
        );
        let text = on_a_large_stack(|| match self.format {
            Format::Sql => pg_dump::dump(&catalog, &options),
            Format::Json => catalog_json::catalog(&catalog, &data_options(&options)),
        });
        let written = match &self.output {
            Some(file) => std::fs::write(file, text),
            None => std::io::stdout().lock().write_all(text.as_bytes()),
        };
        match written {
            Ok(()) => Exit::Clean,
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Exit::Clean,
            Err(error) => {
                eprintln!("pgreckon: cannot write the dump: {error}");
                Exit::Failed
            }
        }
    }

    fn options(&self) -> Options {
        let section = |section: &SectionArg| match section {
            SectionArg::PreData => Section::PreData,
            SectionArg::Data => Section::Data,
            SectionArg::PostData => Section::PostData,
        };
        Options {
            no_owner: self.no_owner,
            no_privileges: self.no_privileges,
            no_comments: self.no_comments,
            clean: self.clean,
            if_exists: self.if_exists,
            quote_all_identifiers: self.quote_all_identifiers,
            schemas: self.schema.clone(),
            exclude_schemas: self.exclude_schema.clone(),
            tables: self.table.clone(),
            sections: self.section.iter().map(section).collect(),
            restrict_key: self.restrict_key.clone(),
        }
    }
}

/// What of the catalog is wanted as data.
fn data_options(options: &Options) -> diff::Options {
    diff::Options {
        grants: !options.no_privileges,
        owners: !options.no_owner,
        comments: !options.no_comments,
        scope: diff::Scope {
            schemas: options.schemas.clone(),
            exclude_schemas: options.exclude_schemas.clone(),
            tables: options.tables.clone(),
        },
        ..diff::Options::default()
    }
}
