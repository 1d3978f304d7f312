//! What every command reads: a PATH, or a list of files; a base to assume; the version to stand for.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::catalog::{Catalog, PgNamespace, builtin};
use crate::history::platforms::{self, PLATFORMS, Platform};
use crate::history::{self, Includes, Mode, Options};
use crate::pg::name::Name;
use crate::pg::version::Version;
use crate::psql;
use crate::report::text;
use crate::source::order::{self, Plan, Tool};
use crate::source::{InputError, Sources};

/// Where the input is.
#[derive(Args, Debug, Clone)]
pub(crate) struct InputArgs {
    /// A file that names the files to run, one a line, each a session of its own in autocommit.
    #[arg(long, value_name = "FILE", requires = "root")]
    pub order: Option<PathBuf>,
    /// The folder that the names in --order are relative to.
    #[arg(long, value_name = "DIR", requires = "order")]
    pub root: Option<PathBuf>,
    #[command(flatten)]
    pub base: BaseArgs,
}

/// What is there before the input is run.
#[derive(Args, Debug, Clone)]
pub(crate) struct BaseArgs {
    /// SQL to apply first, as what the platform or an earlier dump provides.
    #[arg(long, value_name = "FILE")]
    pub assume: Vec<PathBuf>,
    /// The platform whose roles, schemas and functions are there first, or `none`, instead of the one that is
    /// recognised: supabase, rds, cloud-sql, azure, neon, heroku, hasura, timescaledb.
    #[arg(long, value_name = "NAME")]
    pub platform: Option<String>,
    /// Whether a platform is never taken for given.
    #[arg(skip)]
    pub exact: bool,
    /// The PostgreSQL version to stand for, 13 to 18 (default: what a dump's header says, else 18).
    #[arg(long, value_name = "VERSION")]
    pub pg_version: Option<u32>,
    /// The migration tool that the folder was made for, instead of the one that is recognised.
    #[arg(long, value_name = "TOOL")]
    pub tool: Option<String>,
}

/// An input, read and put in order, with the catalog that it starts from.
pub(crate) struct Prepared {
    pub sources: Sources,
    pub includes: Includes,
    /// Files that `\\i` names and that could not be read.
    pub problems: Vec<InputError>,
    pub plan: Plan,
    pub catalog: Catalog,
    pub session_per_file: bool,
    /// What was there first.
    pub platform: Option<&'static Platform>,
}

impl InputArgs {
    /// Reads the input and the base.
    pub fn prepare(&self, path: Option<&Path>) -> Result<Prepared, InputError> {
        match (&self.order, &self.root, path) {
            (Some(list), Some(root), None) => {
                let mut sources = Sources::new();
                let plan = order::read_order(&mut sources, list, root, &psql::read)?;
                self.base.finish(sources, plan, true)
            }
            (None, None, Some(path)) => self.base.prepare(path),
            _ => Err(InputError::new(
                Path::new("PATH"),
                "there is no input, or there are two",
                "give either a PATH, or --order FILE with --root DIR",
            )),
        }
    }
}

impl BaseArgs {
    /// Reads a dump or a migration folder, or with `/@VERSION` behind it a part of one, and the base.
    pub fn prepare(&self, path: &Path) -> Result<Prepared, InputError> {
        let mut sources = Sources::new();
        let (folder, version) = as_of(path);
        let mut plan = order::plan(&mut sources, &folder, self.tool()?, &psql::read)?;
        if let Some(version) = version {
            let last = position(&plan, &version).map_err(|what| {
                InputError::new(
                    path,
                    what,
                    "give a version, a file's name, or how one of them begins",
                )
            })?;
            plan.files.truncate(last + 1);
        }
        self.finish(sources, plan, false)
    }

    fn tool(&self) -> Result<Option<Tool>, InputError> {
        let Some(name) = &self.tool else { return Ok(None) };
        let tool = Tool::from_name(name);
        if tool.is_none() {
            let known: Vec<&str> = Tool::ALL.iter().map(|tool| tool.name()).collect();
            let help = format!("known are: {}", known.join(", "));
            return Err(InputError::new(
                Path::new("--tool"),
                format!("no tool is called {name}"),
                help,
            ));
        }
        Ok(tool)
    }

    fn version(&self, header: Option<u32>) -> Result<Version, InputError> {
        match self.pg_version {
            Some(major) => Version::new(major).ok_or_else(|| {
                InputError::new(
                    Path::new("--pg-version"),
                    format!("{major} is not known"),
                    "13 to 18 are",
                )
            }),
            None => Ok(header.map_or(Version::NEWEST, Version::nearest)),
        }
    }

    /// The platform that is asked for, else the one that the input shows, which is said.
    fn platform(
        &self,
        sources: &Sources,
        plan: &Plan,
        session_per_file: bool,
    ) -> Result<Option<&'static Platform>, InputError> {
        match self.platform.as_deref() {
            Some("none") => return Ok(None),
            Some(name) => {
                let known = || PLATFORMS.iter().map(|platform| platform.name).collect::<Vec<_>>();
                return Platform::from_name(name).map(Some).ok_or_else(|| {
                    InputError::new(
                        Path::new("--platform"),
                        format!("no platform is called {name}"),
                        format!("known are: {}, none", known().join(", ")),
                    )
                });
            }
            None => {}
        }
        if self.exact || session_per_file || !self.assume.is_empty() {
            return Ok(None);
        }
        let recognised = platforms::recognise(sources, plan);
        if let Some((platform, why)) = &recognised {
            let (title, folder) = (platform.title, plan.folder.display().to_string());
            eprintln!(
                "pgreckon: {}: taken to be made for {title}, for {why}; --platform none says it is not",
                text::clean(&folder)
            );
        }
        Ok(recognised.map(|(platform, _)| platform))
    }

    fn finish(
        &self,
        mut sources: Sources,
        plan: Plan,
        session_per_file: bool,
    ) -> Result<Prepared, InputError> {
        // Files that are run one by one are run on the newest, whatever server wrote them.
        let header = if session_per_file { None } else { dumped_from(&sources, &plan) };
        let version = self.version(header)?;
        let mut catalog = builtin::template1(version);
        let platform = self.platform(&sources, &plan, session_per_file)?;
        if let Some(platform) = platform {
            catalog = platform.apply(catalog).0;
        }
        if !session_per_file {
            catalog = platforms::tools::given(catalog, &sources, &plan);
        }
        let mut problems = Vec::new();
        let without = catalog.clone();
        for file in &self.assume {
            let base = order::plan(&mut sources, file, None, &psql::read)?;
            let (includes, unread) = history::includes(&mut sources, &base.files);
            problems.extend(unread);
            let options = Options {
                mode: Mode::Replay,
                track: false,
                stock_extensions: false,
                session_per_file: true,
            };
            catalog =
                history::apply(&sources, &includes, &base.files, catalog, options, &mut |_| {});
        }
        if let [only] = plan.files.as_slice()
            && brings(sources.get(only.source).text(), &catalog)
        {
            catalog = without;
        }
        let (includes, unread) = history::includes(&mut sources, &plan.files);
        problems.extend(unread);
        Ok(Prepared { sources, includes, problems, plan, catalog, session_per_file, platform })
    }
}

/// Whether a dump makes by itself a schema that is assumed to be there: then it is of the whole database, and what is
/// assumed would be there twice.
fn brings(text: &str, assumed: &Catalog) -> bool {
    if psql::dump::header(text).is_none() {
        return false;
    }
    let made = text.lines().filter_map(|line| line.strip_prefix("CREATE SCHEMA "));
    made.filter_map(|rest| rest.strip_suffix(';'))
        .any(|name| assumed.find::<PgNamespace>(&Name::new(name.trim_matches('"'))).is_some())
}

/// `migrations/@0042` is the folder as of version 0042; a path that is there as it stands is taken so.
fn as_of(path: &Path) -> (PathBuf, Option<String>) {
    let text = path.to_string_lossy();
    match text.rsplit_once('@') {
        Some((folder, version)) if !version.is_empty() && !path.exists() => {
            let folder = folder.trim_end_matches('/');
            let folder = if folder.is_empty() { "." } else { folder };
            (PathBuf::from(folder), Some(version.to_string()))
        }
        _ => (path.to_path_buf(), None),
    }
}

/// The file of that version or name, else the one that begins so.
fn position(plan: &Plan, wanted: &str) -> Result<usize, String> {
    let digits = |text: &str| text.trim_start_matches(['V', 'v', 'U']).parse::<u128>().ok();
    let parts = |name: &'_ str| -> Vec<String> { name.split('/').map(str::to_string).collect() };
    let folder = plan.folder.display().to_string();
    let below = |name: &str| name.strip_prefix(&folder).unwrap_or(name).to_string();
    let matching = |matches: &dyn Fn(&order::PlannedFile) -> bool| -> Vec<usize> {
        plan.files.iter().enumerate().filter(|(_, file)| matches(file)).map(|(at, _)| at).collect()
    };
    let same = |file: &order::PlannedFile| {
        let version = file.version.as_deref();
        let number = version.and_then(digits).is_some_and(|number| digits(wanted) == Some(number));
        let stem = |part: &String| part == wanted || part.strip_suffix(".sql") == Some(wanted);
        version == Some(wanted) || number || parts(&below(&file.name)).iter().any(stem)
    };
    let begins = |file: &order::PlannedFile| {
        parts(&below(&file.name)).iter().any(|part| part.starts_with(wanted))
            || file.version.as_deref().is_some_and(|version| version.starts_with(wanted))
    };
    let mut found = matching(&same);
    if found.is_empty() {
        found = matching(&begins);
    }
    match found.as_slice() {
        [only] => Ok(*only),
        [] => {
            let names: Vec<String> =
                plan.files.iter().rev().take(3).map(|f| below(&f.name)).collect();
            Err(format!("no file has the version \"{wanted}\"; the last are {}", names.join(", ")))
        }
        several => {
            let names: Vec<String> =
                several.iter().take(4).map(|at| below(&plan.files[*at].name)).collect();
            let more = if several.len() > 4 { " …" } else { "" };
            Err(format!("\"{wanted}\" fits {} files: {}{more}", several.len(), names.join(", ")))
        }
    }
}

/// The major version in the header of a dump, when the input is one.
fn dumped_from(sources: &Sources, plan: &Plan) -> Option<u32> {
    let [only] = plan.files.as_slice() else { return None };
    psql::dump::header(sources.get(only.source).text()).and_then(|header| header.server_major())
}
