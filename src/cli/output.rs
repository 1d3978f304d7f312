//! How every command writes its report, where it runs what needs a deep stack, and what a failing pipe means.

use std::io::{self, BufWriter, IsTerminal, Write};

use serde_json::Value;

use super::Exit;
use crate::history;
use crate::report::text::Style;

/// Writes a report to standard output, in colour where a person reads it. A reader that has gone away is no failure;
/// anything else is, and is said with what could not be written.
pub(super) fn print(
    what: &str,
    exit: Exit,
    write: impl FnOnce(&mut dyn Write, Style) -> io::Result<()>,
) -> Exit {
    let stdout = io::stdout();
    let terminal = stdout.is_terminal();
    let color = terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let style = Style { color, unicode: terminal, width: 110 };
    let mut out = BufWriter::new(stdout.lock());
    match write(&mut out, style).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            eprintln!("pgreckon: cannot write {what}: {error}");
            Exit::Failed
        }
        _ => exit,
    }
}

/// Writes data, laid out for people too.
pub(super) fn json(out: &mut dyn Write, value: &Value) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)
}

/// Runs on a stack that analysed trees of any depth fit on.
pub(super) fn on_a_large_stack<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| {
        let thread =
            std::thread::Builder::new().stack_size(history::STACK_SIZE).spawn_scoped(scope, work);
        match thread.map(|handle| handle.join()) {
            Ok(Ok(result)) => result,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(error) => panic!("cannot start a thread: {error}"),
        }
    })
}

/// Runs the work for every item on a thread of its own; the results come in the items' order.
pub(super) fn side_by_side<I: Send, T: Send>(
    items: impl Iterator<Item = I>,
    work: impl Fn(I) -> T + Sync,
) -> Vec<T> {
    let work = &work;
    std::thread::scope(|scope| {
        let threads: Vec<_> = items.map(|item| scope.spawn(move || work(item))).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    })
}
