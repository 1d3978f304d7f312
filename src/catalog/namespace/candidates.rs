//! The functions and operators that a name may mean (PostgreSQL: FuncnameGetCandidates, OpernameGetCandidates).

use super::{deconstruct_qualified_name, lookup_explicit_namespace};
use crate::catalog::shared::Shared;
use crate::catalog::{PgOperator, PgProc};
use crate::findings::PgResult;
use crate::nodes::tree::Node;
use crate::pg::name::Name;
use crate::pg::oid::Oid;

/// A function or operator that a call may mean (PostgreSQL: _FuncCandidateList).
#[derive(Debug, Clone)]
pub struct FuncCandidate {
    /// Its schema's place in the search path; 0 when the name was qualified.
    pathpos: usize,
    pub oid: Oid,
    pub nominalnargs: usize,
    pub nargs: usize,
    /// How many arguments the variadic parameter was expanded to; 0 when it was not.
    pub nvargs: usize,
    /// How many arguments take their defaults.
    pub ndargs: usize,
    /// For each argument in the call's order its parameter; None when the order is the function's.
    pub argnumbers: Option<Vec<usize>>,
    pub args: Vec<Oid>,
    /// Several functions fit equally well: this stands for none of them.
    pub ambiguous: bool,
}

/// How a call's arguments map to a function's parameters.
struct Mapping {
    args: Vec<Oid>,
    nominalnargs: usize,
    nargs: usize,
    nvargs: usize,
    ndargs: usize,
    argnumbers: Option<Vec<usize>>,
    any_special: bool,
}

/// What FuncnameGetCandidates is asked for; `nargs` None means any number.
#[derive(Debug, Clone, Copy)]
pub struct CandidateOptions<'n> {
    pub nargs: Option<usize>,
    /// The names of the last arguments, as they were written.
    pub argnames: &'n [Name],
    pub expand_variadic: bool,
    pub expand_defaults: bool,
    pub include_out_arguments: bool,
    pub missing_ok: bool,
}

/// The functions of that name that a call with so many arguments may mean, latest first (PostgreSQL:
/// FuncnameGetCandidates).
pub fn funcname_get_candidates(
    shared: &Shared,
    names: &[Node],
    options: CandidateOptions,
) -> PgResult<Vec<FuncCandidate>> {
    let (schema, funcname) = deconstruct_qualified_name(shared, names)?;
    let namespace = match schema {
        Some(schema) => match lookup_explicit_namespace(shared, schema, options.missing_ok)? {
            Some(namespace) => Some(namespace),
            None => return Ok(Vec::new()),
        },
        None => None,
    };
    let mut result: Vec<FuncCandidate> = Vec::new();
    let mut any_special = false;
    for proc in shared.catalog.find_all::<PgProc>(&Name::new(funcname)) {
        let pathpos = match namespace {
            Some(namespace) if proc.pronamespace == namespace => 0,
            Some(_) => continue,
            None => {
                let path = &shared.path.schemas;
                let found = path.iter().position(|schema| {
                    *schema == proc.pronamespace && Some(*schema) != shared.path.temp
                });
                match found {
                    Some(pathpos) => pathpos,
                    None => continue,
                }
            }
        };
        let Some(mapping) = map_arguments(proc, options) else { continue };
        any_special |= mapping.any_special;
        add_candidate(
            &mut result,
            FuncCandidate {
                pathpos,
                oid: proc.oid,
                nominalnargs: mapping.nominalnargs,
                nargs: mapping.nargs,
                nvargs: mapping.nvargs,
                ndargs: mapping.ndargs,
                argnumbers: mapping.argnumbers,
                args: mapping.args,
                ambiguous: false,
            },
            any_special || namespace.is_none(),
        );
    }
    result.reverse();
    Ok(result)
}

/// Whether and how a function takes the call's arguments.
fn map_arguments(proc: &PgProc, options: CandidateOptions) -> Option<Mapping> {
    let all = proc.proallargtypes.as_ref().filter(|_| options.include_out_arguments);
    let proargtypes: &[Oid] = all.map_or(&proc.proargtypes, Vec::as_slice);
    let pronargs = proargtypes.len();
    let mut mapping = Mapping {
        args: proargtypes.to_vec(),
        nominalnargs: pronargs,
        nargs: pronargs,
        nvargs: 0,
        ndargs: 0,
        argnumbers: None,
        any_special: false,
    };
    if !options.argnames.is_empty() {
        let nargs = options.nargs.unwrap_or(0);
        if proc.provariadic.is_valid() && options.expand_variadic {
            return None;
        }
        let use_defaults = pronargs > nargs && options.expand_defaults;
        if pronargs != nargs && !use_defaults {
            return None;
        }
        if use_defaults && nargs + usize::try_from(proc.pronargdefaults).unwrap_or(0) < pronargs {
            return None;
        }
        let argnumbers = match_named_call(proc, nargs, options.argnames, all.is_some())?;
        mapping.ndargs = pronargs - nargs;
        mapping.args = argnumbers.iter().map(|n| proargtypes[*n]).collect();
        mapping.argnumbers = Some(argnumbers);
        mapping.any_special = true;
        return Some(mapping);
    }
    let variadic = options.expand_variadic
        && proc.provariadic.is_valid()
        && options.nargs.is_some_and(|nargs| pronargs > 0 && pronargs <= nargs);
    let Some(nargs) = options.nargs else { return Some(mapping) };
    if variadic {
        mapping.nvargs = nargs - pronargs + 1;
        mapping.any_special = true;
        mapping.args.truncate(pronargs - 1);
        mapping.args.resize(nargs, proc.provariadic);
        mapping.nargs = nargs;
        return Some(mapping);
    }
    if pronargs > nargs && options.expand_defaults {
        if nargs + usize::try_from(proc.pronargdefaults).unwrap_or(0) < pronargs {
            return None;
        }
        mapping.any_special = true;
        mapping.ndargs = pronargs - nargs;
        return Some(mapping);
    }
    (pronargs == nargs).then_some(mapping)
}

/// Matches named arguments to parameters (PostgreSQL: MatchNamedCall).
fn match_named_call(
    proc: &PgProc,
    nargs: usize,
    argnames: &[Name],
    include_out_arguments: bool,
) -> Option<Vec<usize>> {
    let parameter_names = proc.proargnames.as_ref()?;
    let total = proc.proallargtypes.as_ref().map_or(proc.proargtypes.len(), Vec::len);
    let pronargs = if include_out_arguments { total } else { proc.proargtypes.len() };
    let positional = nargs - argnames.len();
    let mut given = vec![false; pronargs];
    let mut argnumbers: Vec<usize> = (0..positional).collect();
    given.iter_mut().take(positional).for_each(|g| *g = true);
    for name in argnames {
        let mut number = 0;
        let mut found = None;
        for (i, parameter) in parameter_names.iter().enumerate() {
            let mode = proc.proargmodes.as_ref().and_then(|m| m.get(i)).copied().unwrap_or(b'i');
            if !include_out_arguments && !matches!(mode, b'i' | b'b' | b'v') {
                continue;
            }
            if mode == b't' {
                continue;
            }
            if parameter == name {
                found = Some(number);
                break;
            }
            number += 1;
        }
        let number = found?;
        if number >= pronargs || given[number] {
            return None;
        }
        given[number] = true;
        argnumbers.push(number);
    }
    if nargs < pronargs {
        let first = pronargs.checked_sub(usize::try_from(proc.pronargdefaults).ok()?)?;
        let start = nargs.min(positional);
        for (number, given) in given.iter().enumerate().take(pronargs).skip(start) {
            if *given {
                continue;
            }
            if number < first {
                return None;
            }
            argnumbers.push(number);
        }
    }
    Some(argnumbers)
}

/// Adds the candidate unless an earlier one hides it, and takes away what it hides.
fn add_candidate(result: &mut Vec<FuncCandidate>, new: FuncCandidate, compare: bool) {
    if !compare || result.is_empty() {
        result.push(new);
        return;
    }
    let compared = new.nargs - new.ndargs;
    let same = |old: &FuncCandidate| {
        old.nargs - old.ndargs == compared && old.args[..compared] == new.args[..compared]
    };
    let Some(at) = result.iter().rposition(same) else {
        result.push(new);
        return;
    };
    let old = &mut result[at];
    let preference = if old.pathpos != new.pathpos {
        new.pathpos as i64 - old.pathpos as i64
    } else if (new.nvargs > 0) != (old.nvargs > 0) {
        // A function that needs no variadic expansion hides one that does.
        new.nvargs as i64 - old.nvargs as i64
    } else {
        // Of two variadic ones the one with more fixed parameters; defaults make no difference.
        new.nvargs as i64 - old.nvargs as i64
    };
    match preference {
        p if p > 0 => {}
        p if p < 0 => {
            result.remove(at);
            result.push(new);
        }
        _ => old.ambiguous = true, // equally good: a call that reaches it is ambiguous
    }
}

/// The operator with exactly these operand types (PostgreSQL: OpernameGetOprid).
pub fn opername_get_oprid(
    shared: &Shared,
    names: &[Node],
    left: Oid,
    right: Oid,
) -> PgResult<Option<Oid>> {
    let (schema, opername) = deconstruct_qualified_name(shared, names)?;
    let name = Name::new(opername);
    if let Some(schema) = schema {
        let namespace = lookup_explicit_namespace(shared, schema, true)?;
        return Ok(shared
            .catalog
            .find_all::<PgOperator>(&name)
            .find(|o| Some(o.oprnamespace) == namespace && o.oprleft == left && o.oprright == right)
            .map(|o| o.oid));
    }
    let best = shared
        .catalog
        .find_all::<PgOperator>(&name)
        .filter(|o| o.oprleft == left && o.oprright == right)
        .filter(|o| Some(o.oprnamespace) != shared.path.temp)
        .filter_map(|o| {
            let place = shared.path.schemas.iter().position(|s| *s == o.oprnamespace)?;
            Some((place, o.oid))
        })
        .min();
    Ok(best.map(|(_, oid)| oid))
}

/// The operators of that name and kind ('b' or 'l') (PostgreSQL: OpernameGetCandidates).
pub fn opername_get_candidates(
    shared: &Shared,
    names: &[Node],
    oprkind: u8,
    missing_schema_ok: bool,
) -> PgResult<Vec<FuncCandidate>> {
    let (schema, opername) = deconstruct_qualified_name(shared, names)?;
    let namespace = match schema {
        Some(schema) => match lookup_explicit_namespace(shared, schema, missing_schema_ok)? {
            Some(namespace) => Some(namespace),
            None => return Ok(Vec::new()),
        },
        None => None,
    };
    let mut result: Vec<FuncCandidate> = Vec::new();
    for operator in shared.catalog.find_all::<PgOperator>(&Name::new(opername)) {
        if operator.oprkind != oprkind {
            continue;
        }
        let pathpos = match namespace {
            Some(namespace) if operator.oprnamespace == namespace => 0,
            Some(_) => continue,
            None => {
                let found = shared.path.schemas.iter().position(|schema| {
                    *schema == operator.oprnamespace && Some(*schema) != shared.path.temp
                });
                match found {
                    Some(pathpos) => pathpos,
                    None => continue,
                }
            }
        };
        let args = if oprkind == b'l' {
            vec![operator.oprright]
        } else {
            vec![operator.oprleft, operator.oprright]
        };
        let old = result.iter().position(|c| c.args == args);
        if let Some(old) = old {
            if pathpos < result[old].pathpos {
                result[old].pathpos = pathpos;
                result[old].oid = operator.oid;
            }
            continue;
        }
        result.push(FuncCandidate {
            pathpos,
            oid: operator.oid,
            nominalnargs: args.len(),
            nargs: args.len(),
            nvargs: 0,
            ndargs: 0,
            argnumbers: None,
            args,
            ambiguous: false,
        });
    }
    result.reverse();
    Ok(result)
}
