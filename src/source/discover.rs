//! What files a folder holds, and what in it could not be looked at.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use super::InputError;

/// A file below the folder that was asked for.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Found {
    /// Its path from the folder, with slashes.
    pub relative: String,
    pub path: PathBuf,
}

impl Found {
    /// The file's own name.
    pub fn file_name(&self) -> &str {
        self.relative.rsplit('/').next().unwrap_or(&self.relative)
    }

    /// The folder it is in, from the folder that was asked for; empty for that itself.
    pub fn folder(&self) -> &str {
        self.relative.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    pub fn is_sql(&self) -> bool {
        let name = self.file_name().to_ascii_lowercase();
        [".sql", ".pgsql"].iter().any(|end| name.ends_with(end) && name.len() > end.len())
    }
}

/// All that a folder holds, in the order of the names.
#[derive(Clone, Default, Debug)]
pub struct Discovered {
    pub files: Vec<Found>,
    /// What could not be looked at, and why.
    pub problems: Vec<InputError>,
}

/// Folders that hold no migrations of their own.
const PASSED_OVER: [&str; 6] = ["node_modules", "target", "vendor", "dist", "__pycache__", "venv"];
/// A folder with more files than this is not one of migrations.
const MOST_FILES: usize = 200_000;

/// Lists the files below a folder.
pub fn discover(root: &Path) -> Result<Discovered, InputError> {
    let metadata = std::fs::metadata(root);
    let metadata = metadata.map_err(|e| InputError::from_io(root, "look at it", &e))?;
    if !metadata.is_dir() {
        return Err(InputError::new(root, "is not a directory", "name the migrations' folder"));
    }
    let mut found = Discovered::default();
    let whole = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
    // walkdir knows a circle by the folders on the way; a link to what holds the root leads into it again.
    let holds_root = |entry: &walkdir::DirEntry| {
        let target = entry.path_is_symlink().then(|| entry.path().canonicalize().ok()).flatten();
        target.is_some_and(|target| whole.starts_with(target))
    };
    let circles = RefCell::new(Vec::new());
    let walk = walkdir::WalkDir::new(root).follow_links(true).sort_by_file_name();
    let entries = walk.into_iter().filter_entry(|entry| {
        if entry.depth() == 0 || !entry.file_type().is_dir() {
            return true;
        }
        let name = entry.file_name().to_string_lossy();
        let passed_over = name.starts_with('.') || PASSED_OVER.contains(&name.as_ref());
        if !passed_over && holds_root(entry) {
            circles.borrow_mut().push(circle(entry.path(), root));
            return false;
        }
        !passed_over
    });
    for entry in entries {
        match entry {
            Ok(entry) if entry.file_type().is_file() => found
                .files
                .push(Found { relative: relative(root, entry.path()), path: entry.into_path() }),
            Ok(_) => {} // A folder: what is in it comes by itself.
            Err(error) => found.problems.push(problem(root, &error)),
        }
        if found.files.len() > MOST_FILES {
            let what = format!("holds more than {MOST_FILES} files");
            return Err(InputError::new(root, what, "name the migrations' folder itself"));
        }
    }
    found.problems.append(&mut circles.borrow_mut());
    Ok(found)
}

fn relative(root: &Path, path: &Path) -> String {
    let rest = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = rest.components().map(|c| c.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

fn circle(link: &Path, leads_to: &Path) -> InputError {
    let what = format!("a symbolic link that leads back to {}", leads_to.display());
    InputError::new(link, what, "it is not followed")
}

fn problem(root: &Path, error: &walkdir::Error) -> InputError {
    let path = error.path().unwrap_or(root);
    if let Some(ancestor) = error.loop_ancestor() {
        return circle(path, ancestor);
    }
    match error.io_error() {
        Some(io) => InputError::from_io(path, "look at it", io),
        None => InputError::new(path, error.to_string(), "it is left out"),
    }
}
