//! In which order a folder's files are run, which parts of them, and in which transactions: as the
//! migration tool that the folder was made for does it.

mod engines;
mod flyway;
mod journals;
mod layouts;
mod liquibase;
mod listed;
mod markers;
mod names;
mod recognise;
pub mod records;
mod sqitch;

use std::path::{Path, PathBuf};

use super::discover::{Discovered, Found, discover};
use super::{InputError, Source, SourceId, Sources, Span};

/// A migration tool, or a way of keeping SQL without one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Tool {
    Prisma,
    Supabase,
    Drizzle,
    Flyway,
    Liquibase,
    GolangMigrate,
    Goose,
    Dbmate,
    SqlMigrate,
    Sqlx,
    Diesel,
    Refinery,
    Sqitch,
    NodePgMigrate,
    GraphileMigrate,
    Atlas,
    Tern,
    /// Rails' or Ecto's structure.sql.
    Structure,
    /// Files with numbers in their names, of no known tool.
    Numbered,
    /// One file, or files in the order of their names.
    Plain,
}

impl Tool {
    pub const ALL: [Tool; 20] = [
        Tool::Prisma,
        Tool::Supabase,
        Tool::Drizzle,
        Tool::Flyway,
        Tool::Liquibase,
        Tool::GolangMigrate,
        Tool::Goose,
        Tool::Dbmate,
        Tool::SqlMigrate,
        Tool::Sqlx,
        Tool::Diesel,
        Tool::Refinery,
        Tool::Sqitch,
        Tool::NodePgMigrate,
        Tool::GraphileMigrate,
        Tool::Atlas,
        Tool::Tern,
        Tool::Structure,
        Tool::Numbered,
        Tool::Plain,
    ];

    /// Its name as it is displayed, and as `--tool` takes it.
    pub fn name(self) -> &'static str {
        match self {
            Tool::Prisma => "prisma",
            Tool::Supabase => "supabase",
            Tool::Drizzle => "drizzle",
            Tool::Flyway => "flyway",
            Tool::Liquibase => "liquibase",
            Tool::GolangMigrate => "golang-migrate",
            Tool::Goose => "goose",
            Tool::Dbmate => "dbmate",
            Tool::SqlMigrate => "sql-migrate",
            Tool::Sqlx => "sqlx",
            Tool::Diesel => "diesel",
            Tool::Refinery => "refinery",
            Tool::Sqitch => "sqitch",
            Tool::NodePgMigrate => "node-pg-migrate",
            Tool::GraphileMigrate => "graphile-migrate",
            Tool::Atlas => "atlas",
            Tool::Tern => "tern",
            Tool::Structure => "structure.sql",
            Tool::Numbered => "numbered",
            Tool::Plain => "plain",
        }
    }

    pub fn from_name(name: &str) -> Option<Tool> {
        let wanted = name.to_ascii_lowercase();
        Tool::ALL.into_iter().find(|tool| tool.name() == wanted)
    }
}

/// In which transaction a file's statements run.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Transaction {
    /// Each statement commits on its own, as psql sends it.
    None,
    /// The tool opens one for the file.
    PerFile,
    /// The file is sent as one message, which PostgreSQL runs as one transaction.
    OneMessage,
    /// The tool opens one for all files of a run.
    AllFiles,
}

/// A file, or a part of one, that the tool runs as one step.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlannedFile {
    pub source: SourceId,
    /// The path as it is displayed.
    pub name: String,
    /// The version that the tool records.
    pub version: Option<String>,
    /// What is run of it: byte ranges, in order; its down half is not in them.
    pub ranges: Vec<(u32, u32)>,
    pub transaction: Transaction,
    /// Where the file says that it wants no transaction.
    pub opted_out: Option<Span>,
}

/// What is irregular about a folder.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Irregularity {
    /// Two files claim one version.
    DuplicateVersion,
    /// A version is missing between others.
    Gap,
    /// The tool runs files in another order than their versions suggest, or skips one for it.
    OutOfOrder,
    /// The tool's records name a file that is not there.
    Missing,
    Unreadable,
    /// A file that the tool does not run, and why.
    Ignored,
    /// The tool would refuse the file, or its markers are not in order.
    Malformed,
    /// Something that only the tool's other inputs decide: templates, code.
    Undecided,
    /// A choice that was made for want of a better one.
    Assumed,
}

/// An irregularity of a folder, for the user to see.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlanNote {
    pub kind: Irregularity,
    /// The file or folder that it is about.
    pub path: String,
    pub span: Option<Span>,
    /// Other places that it is about.
    pub related: Vec<Span>,
    pub message: String,
    pub help: String,
}

/// What is run, in order, and how that was found out.
#[derive(Clone, Debug)]
pub struct Plan {
    pub tool: Tool,
    /// The folder that the files are in.
    pub folder: PathBuf,
    /// What told the tool, in sentences.
    pub evidence: Vec<String>,
    pub files: Vec<PlannedFile>,
    pub notes: Vec<PlanNote>,
}

/// How a file is read: `psql::read`, which leaves out rows of COPY data.
pub type ReadFile<'a> = &'a dyn Fn(&Path, &str) -> Result<Source, InputError>;

/// Plans a file or a folder.
pub fn plan(
    sources: &mut Sources,
    root: &Path,
    tool: Option<Tool>,
    read: ReadFile<'_>,
) -> Result<Plan, InputError> {
    let metadata = std::fs::metadata(root);
    let metadata = metadata.map_err(|e| InputError::from_io(root, "look at it", &e))?;
    let mut planner = Planner::new(sources, root, read);
    if !metadata.is_dir() || root.join("toc.dat").is_file() {
        return planner.single(tool);
    }
    let mut discovered = discover(root)?;
    planner.problems(&discovered);
    for other in engines::leave_out_others(&mut discovered) {
        let message = "is for another database system: PostgreSQL's is beside it";
        planner.note(Irregularity::Ignored, &other, message, "name it alone to have it read");
    }
    let choice = recognise::choose(root, &discovered, tool)?;
    planner.notes.extend(choice.notes.clone());
    planner.folder.clone_from(&choice.folder);
    layouts::fill(&mut planner, &discovered, &choice);
    let planner_root = planner.root.clone();
    if planner.files.is_empty() {
        return Err(planner.nothing(&planner_root));
    }
    Ok(Plan {
        tool: choice.tool,
        folder: choice.path(root),
        evidence: choice.evidence,
        files: planner.files,
        notes: planner.notes,
    })
}

/// Reads the files that a list names, one a line, each a session of its own in autocommit.
pub fn read_order(
    sources: &mut Sources,
    list: &Path,
    root: &Path,
    read: ReadFile<'_>,
) -> Result<Plan, InputError> {
    let text = read(list, &list.display().to_string())?;
    let mut known = std::collections::BTreeMap::new();
    let mut files = Vec::new();
    for (index, line) in text.text().lines().enumerate() {
        let name = line.trim();
        if name.is_empty() {
            continue;
        }
        let source = match known.get(name) {
            Some(&source) => source,
            None => {
                let path = root.join(name);
                let loaded = read(&path, name).map_err(|mut error| {
                    let list = list.display();
                    error.help = format!("it is named in line {} of {list}", index + 1);
                    error
                })?;
                let source = sources.add(loaded);
                known.insert(name.to_string(), source);
                source
            }
        };
        files.push(PlannedFile {
            source,
            name: name.to_string(),
            version: None,
            ranges: vec![(0, sources.get(source).text().len() as u32)],
            transaction: Transaction::None,
            opted_out: None,
        });
    }
    if files.is_empty() {
        return Err(InputError::new(list, "names no files", "write one path a line"));
    }
    let evidence = vec![format!("{} lists {} files", list.display(), files.len())];
    let folder = root.to_path_buf();
    Ok(Plan { tool: Tool::Plain, folder, evidence, files, notes: Vec::new() })
}

/// A plan in the making.
struct Planner<'a> {
    sources: &'a mut Sources,
    read: ReadFile<'a>,
    root: PathBuf,
    /// The folder of the migrations, from `root`.
    folder: String,
    files: Vec<PlannedFile>,
    notes: Vec<PlanNote>,
}

impl<'a> Planner<'a> {
    fn new(sources: &'a mut Sources, root: &Path, read: ReadFile<'a>) -> Planner<'a> {
        Planner {
            sources,
            read,
            root: root.to_path_buf(),
            folder: String::new(),
            files: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// One file; only its markers can tell a tool.
    fn single(mut self, tool: Option<Tool>) -> Result<Plan, InputError> {
        let name = self.root.display().to_string();
        let source = (self.read)(&self.root, &name)?;
        if source.text().trim().is_empty() {
            return Err(InputError::new(&self.root, "is empty", "give a file with SQL in it"));
        }
        let marked = recognise::by_markers(source.text());
        let tool = tool.or(marked.map(|(tool, _)| tool)).unwrap_or(Tool::Plain);
        let evidence = match marked {
            Some((_, marker)) => vec![format!("the file holds \"{marker}\"")],
            None => vec!["one file".to_string()],
        };
        let id = self.sources.add(source);
        let version = names::version(names::file_name(&name)).map(|v| v.digits);
        layouts::add_text(&mut self, tool, id, &name, version);
        let folder = self.root.parent().unwrap_or(Path::new("")).to_path_buf();
        Ok(Plan { tool, folder, evidence, files: self.files, notes: self.notes })
    }

    /// Reads a file of the folder; one that cannot be read is noted.
    fn read(&mut self, found: &Found) -> Option<SourceId> {
        let name = self.display(&found.relative);
        match (self.read)(&found.path, &name) {
            Ok(source) => Some(self.sources.add(source)),
            Err(error) => {
                self.note(Irregularity::Unreadable, &found.relative, error.what, &error.help);
                None
            }
        }
    }

    fn display(&self, relative: &str) -> String {
        if relative.is_empty() {
            self.root.display().to_string()
        } else {
            self.root.join(relative).display().to_string()
        }
    }

    fn note(
        &mut self,
        kind: Irregularity,
        relative: &str,
        message: impl Into<String>,
        help: &str,
    ) -> &mut PlanNote {
        let path = self.display(relative);
        self.notes.push(PlanNote {
            kind,
            path,
            span: None,
            related: Vec::new(),
            message: message.into(),
            help: help.to_string(),
        });
        let last = self.notes.len() - 1;
        &mut self.notes[last]
    }

    fn problems(&mut self, discovered: &Discovered) {
        for problem in &discovered.problems {
            self.notes.push(PlanNote {
                kind: Irregularity::Unreadable,
                path: problem.path.display().to_string(),
                span: None,
                related: Vec::new(),
                message: problem.what.clone(),
                help: problem.help.clone(),
            });
        }
    }

    fn nothing(&self, root: &Path) -> InputError {
        let unreadable = self.notes.iter().find(|note| note.kind == Irregularity::Unreadable);
        match unreadable {
            Some(note) => InputError::new(
                Path::new(&note.path),
                note.message.clone(),
                "no other file of the folder could be read",
            ),
            None => {
                InputError::new(root, "holds no SQL files to run", "name the migrations' folder")
            }
        }
    }
}
