//! `pgreckon replay`: the exact prediction, statement by statement.

use std::io::{BufWriter, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Exit;
use super::input::InputArgs;
use crate::history::{self, Event, Mode, Options};
use crate::report::jsonl;
use crate::session::Outcome;

#[derive(Args)]
pub(crate) struct Replay {
    /// A dump or a migration folder.
    path: Option<PathBuf>,
    #[command(flatten)]
    input: InputArgs,
    /// How the predictions are printed.
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// One JSON object a statement.
    Jsonl,
}

impl Replay {
    /// Exit 0 when every statement is predicted to succeed, 1 when one fails or is unknown.
    pub fn run(mut self) -> Exit {
        self.input.base.exact = true;
        let prepared = match self.input.prepare(self.path.as_deref()) {
            Ok(prepared) => prepared,
            Err(error) => {
                eprintln!("pgreckon: {error}");
                return Exit::Failed;
            }
        };
        let Format::Jsonl = self.format;
        let mut out = BufWriter::new(std::io::stdout().lock());
        let mut exit = Exit::Clean;
        let mut written = Ok(());
        let options = Options {
            mode: Mode::Replay,
            track: false,
            stock_extensions: true,
            session_per_file: prepared.session_per_file,
        };
        let sources = &prepared.sources;
        let mut lines: Vec<String> = Vec::new();
        let mut observe = |moment: history::Moment| {
            if let Event::Statement { statement, execution, .. } = moment.event {
                if !matches!(execution.outcome, Outcome::Ok | Outcome::Empty) {
                    exit = Exit::Findings;
                }
                lines.push(jsonl::line(sources, statement, &execution).to_string());
            }
        };
        history::apply(
            sources,
            &prepared.includes,
            &prepared.plan.files,
            prepared.catalog,
            options,
            &mut observe,
        );
        for line in lines {
            written = written.and_then(|()| writeln!(out, "{line}"));
        }
        match written.and_then(|()| out.flush()) {
            Ok(()) => exit,
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => exit,
            Err(error) => {
                eprintln!("pgreckon: cannot write the predictions: {error}");
                Exit::Failed
            }
        }
    }
}
