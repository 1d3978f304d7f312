//! Sqitch's plan: changes in order, and which script is a reworked change's.

/// A change to deploy.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Change {
    pub name: String,
    /// The script's name below the deploy folder, without its extension.
    pub script: String,
    /// Its place in the plan.
    pub line: usize,
}

/// Reads a plan; `Err` names the line that cannot be understood.
pub(super) fn read(text: &str) -> Result<Vec<Change>, (usize, String)> {
    let mut changes: Vec<Change> = Vec::new();
    // Changes since which no tag was set, to be named by the next one if they are reworked.
    let mut tags: Vec<(usize, String)> = Vec::new();
    for (index, raw) in text.trim_start_matches('\u{FEFF}').lines().enumerate() {
        let line = raw.split('#').next().unwrap_or("").trim();
        if line.is_empty() || line.starts_with('%') {
            continue;
        }
        let word = line.split_whitespace().next().unwrap_or("");
        if let Some(tag) = word.strip_prefix('@') {
            tags.push((changes.len(), tag.to_string()));
            continue;
        }
        let name = match word.strip_prefix('-') {
            Some(_) => {
                return Err((index + 1, "reverts a change, which is not understood".to_string()));
            }
            None => word.strip_prefix('+').unwrap_or(word),
        };
        let name = name.split('[').next().unwrap_or(name).to_string();
        if name.is_empty() {
            return Err((index + 1, "names no change".to_string()));
        }
        changes.push(Change { script: name.clone(), name, line: index + 1 });
    }
    for index in 0..changes.len() {
        let name = changes[index].name.clone();
        let Some(later) = changes[index + 1..].iter().position(|c| c.name == name) else {
            continue;
        };
        let next = index + 1 + later;
        let tag = tags.iter().find(|(after, _)| *after > index && *after <= next);
        match tag {
            Some((_, tag)) => changes[index].script = format!("{name}@{tag}"),
            None => {
                let what = format!("reworks \"{name}\" without a tag since it was last changed");
                return Err((changes[next].line, what));
            }
        }
    }
    Ok(changes)
}

/// Whether a file is a plan, whatever it is called: it says by which syntax it is written.
pub(super) fn is_plan(text: &str) -> bool {
    let first = text.trim_start_matches('\u{FEFF}').lines().find(|line| !line.trim().is_empty());
    first.is_some_and(|line| line.starts_with("%syntax-version="))
}

/// A setting of sqitch.conf, such as `top_dir` of `[core]`.
pub(super) fn setting(conf: &str, section: &str, key: &str) -> Option<String> {
    let mut current = String::new();
    for line in conf.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            current = name.trim().to_ascii_lowercase();
        } else if let Some((name, value)) = line.split_once('=')
            && current == section
            && name.trim().eq_ignore_ascii_case(key)
        {
            return Some(value.trim().trim_matches('"').to_string());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{read, setting};

    #[test]
    fn a_reworked_change_is_deployed_by_the_script_of_its_tag() {
        let plan = "%syntax-version=1.0.0\n%project=x\n\n\
                    a 2020-01-01T00:00:00Z A <a@b> # first\n\
                    b [a] 2020-01-02T00:00:00Z A <a@b>\n@v1 2020-01-03T00:00:00Z A <a@b>\n\n\
                    a [a@v1] 2020-01-04T00:00:00Z A <a@b> # again\n";
        let scripts: Vec<String> = read(plan).unwrap().into_iter().map(|c| c.script).collect();
        assert_eq!(scripts, ["a@v1", "b", "a"]);
    }

    #[test]
    fn the_configuration_names_the_folder() {
        let conf = "[core]\n\tengine = pg\n\ttop_dir = sql\n[engine \"pg\"]\n";
        assert_eq!(setting(conf, "core", "top_dir"), Some("sql".to_string()));
    }
}
