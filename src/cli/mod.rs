//! The command line: what each command reads, runs and prints, and the exit code.

mod check;
mod dump;
mod drift;
mod input;
mod migrations;
mod output;
mod plan;
mod replay;
mod status;
mod side;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Dead reckoning for PostgreSQL schemas: what a server would say, without one.
#[derive(Parser)]
#[command(name = "pgreckon", version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Say what is wrong with a dump or a migration folder.
    Check(check::Check),
    /// Say where two schemas differ, each a dump or a migration folder.
    Drift(drift::Drift),
    /// Print the schema that the input makes, as pg_dump would.
    Dump(dump::Dump),
    /// Write the SQL that takes one schema to another, in phases, with its undo.
    Plan(plan::Plan),
    /// Predict PostgreSQL's answer to every statement.
    Replay(replay::Replay),
    /// Say which migrations of a folder each database has seen, by its dump.
    Status(status::Status),
}

/// How a command ended.
pub(crate) enum Exit {
    Clean,
    Findings,
    Failed,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        match exit {
            Exit::Clean => ExitCode::SUCCESS,
            Exit::Findings => ExitCode::from(1),
            Exit::Failed => ExitCode::from(2),
        }
    }
}

/// Runs the program with the process's arguments.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let help = !error.use_stderr();
            // Nothing can be done where even the message cannot be printed.
            let _ = error.print();
            return if help { ExitCode::SUCCESS } else { Exit::Failed.into() };
        }
    };
    let exit = match arguments.command {
        Command::Check(command) => command.run(),
        Command::Drift(command) => command.run(),
        Command::Dump(command) => command.run(),
        Command::Plan(command) => command.run(),
        Command::Replay(command) => command.run(),
        Command::Status(command) => command.run(),
    };
    exit.into()
}
