//! The one of several functions that fits a call best (PostgreSQL: func_get_detail, func_select_candidate,
//! parser/parse_func.c).

use crate::catalog::lsyscache::{get_base_type, get_type_category_preferred};
use crate::catalog::namespace::{
    CandidateOptions, FuncCandidate, deconstruct_qualified_name, funcname_get_candidates,
    lookup_explicit_namespace, typename_get_typid_extended,
};
use crate::catalog::{PgProc, PgType};
use crate::findings::PgResult;
use crate::nodes::node_funcs::expr_type;
use crate::nodes::primnodes::{CoercionContext, Expr};
use crate::nodes::tree::Node;
use crate::parser::parse_coerce::{
    CoercionPath, can_coerce_type, find_coercion_pathway, is_complex,
};
use crate::parser::parse_node::Shared;
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};

/// What a call turned out to be (PostgreSQL: FuncDetailCode).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FuncDetailCode {
    NotFound,
    Multiple,
    Normal,
    Procedure,
    Aggregate,
    WindowFunc,
    Coercion,
}

/// The function that a call means.
#[derive(Debug, Clone)]
pub struct FuncDetail {
    pub code: FuncDetailCode,
    pub funcid: Oid,
    pub rettype: Oid,
    pub retset: bool,
    /// How many arguments the variadic parameter takes.
    pub nvargs: usize,
    /// The variadic parameter's element type.
    pub vatype: Oid,
    /// Declared types, in the call's order; those of omitted arguments last.
    pub declared: Vec<Oid>,
    /// For a call with names, each argument's parameter.
    pub argnumbers: Option<Vec<usize>>,
    /// The types of the defaults of omitted arguments.
    pub default_types: Vec<Oid>,
}

impl FuncDetail {
    fn nothing(code: FuncDetailCode) -> FuncDetail {
        FuncDetail {
            code,
            funcid: Oid::INVALID,
            rettype: Oid::INVALID,
            retset: false,
            nvargs: 0,
            vatype: Oid::INVALID,
            declared: Vec::new(),
            argnumbers: None,
            default_types: Vec::new(),
        }
    }
}

/// The candidates whose parameters the arguments can become (PostgreSQL: func_match_argtypes).
pub fn func_match_argtypes(
    shared: &Shared,
    types: &[Oid],
    candidates: Vec<FuncCandidate>,
) -> Vec<FuncCandidate> {
    candidates
        .into_iter()
        .filter(|c| can_coerce_type(shared, types, &c.args, CoercionContext::CoercionImplicit))
        .collect()
}

/// Keeps the candidates with the highest score; all where every score is 0.
fn keep_best(
    candidates: Vec<FuncCandidate>,
    score: impl Fn(&FuncCandidate) -> usize,
) -> Vec<FuncCandidate> {
    let scores: Vec<usize> = candidates.iter().map(score).collect();
    let best = scores.iter().copied().max().unwrap_or(0);
    candidates.into_iter().zip(scores).filter(|(_, s)| *s == best).map(|(c, _)| c).collect()
}

fn only(candidates: Vec<FuncCandidate>) -> Option<FuncCandidate> {
    candidates.into_iter().next()
}

/// The best of several candidates; None where there is none (PostgreSQL: func_select_candidate).
pub fn func_select_candidate(
    shared: &Shared,
    types: &[Oid],
    candidates: Vec<FuncCandidate>,
) -> Option<FuncCandidate> {
    let catalog = shared.catalog;
    let mut bases: Vec<Oid> = types
        .iter()
        .map(|t| if *t == fixed::UNKNOWNOID { *t } else { get_base_type(catalog, *t) })
        .collect();
    let unknowns = bases.iter().filter(|t| **t == fixed::UNKNOWNOID).count();
    let candidates = keep_best(candidates, |c| {
        bases.iter().zip(&c.args).filter(|(b, a)| **b != fixed::UNKNOWNOID && b == a).count()
    });
    if candidates.len() == 1 {
        return only(candidates);
    }
    let categories: Vec<u8> =
        bases.iter().map(|t| get_type_category_preferred(catalog, *t).0).collect();
    let mut candidates = keep_best(candidates, |c| {
        let pairs = bases.iter().zip(&c.args).zip(&categories);
        pairs
            .filter(|((base, arg), category)| {
                **base != fixed::UNKNOWNOID
                    && (base == arg || {
                        let (other, preferred) = get_type_category_preferred(catalog, **arg);
                        other == **category && preferred
                    })
            })
            .count()
    });
    if candidates.len() == 1 {
        return only(candidates);
    }
    if unknowns == 0 {
        return None;
    }
    if let Some(slots) = resolve_unknown_slots(shared, &bases, &candidates) {
        let kept: Vec<FuncCandidate> = candidates
            .iter()
            .filter(|c| {
                slots.iter().all(|(i, category, has_preferred)| {
                    let (other, preferred) = get_type_category_preferred(catalog, c.args[*i]);
                    other == *category && (preferred || !has_preferred)
                })
            })
            .cloned()
            .collect();
        if !kept.is_empty() {
            candidates = kept;
        }
        if candidates.len() == 1 {
            return only(candidates);
        }
    }
    // Last gasp: where all known types are the same, take the unknown ones for it too.
    let mut known = bases.iter().copied().filter(|t| *t != fixed::UNKNOWNOID);
    let first = known.next()?;
    if known.any(|t| t != first) {
        return None;
    }
    bases.fill(first);
    let mut fitting = candidates
        .into_iter()
        .filter(|c| can_coerce_type(shared, &bases, &c.args, CoercionContext::CoercionImplicit));
    let found = fitting.next()?;
    if fitting.next().is_some() { None } else { Some(found) }
}

/// For each argument of unknown type the category that it should have, and whether one of the candidates takes a
/// preferred type there; None where the candidates conflict.
fn resolve_unknown_slots(
    shared: &Shared,
    bases: &[Oid],
    candidates: &[FuncCandidate],
) -> Option<Vec<(usize, u8, bool)>> {
    let mut slots = Vec::new();
    for (i, base) in bases.iter().enumerate() {
        if *base != fixed::UNKNOWNOID {
            continue;
        }
        let mut slot: Option<(u8, bool)> = None;
        let mut conflict = false;
        for candidate in candidates {
            let (category, preferred) =
                get_type_category_preferred(shared.catalog, candidate.args[i]);
            slot = match slot {
                None => Some((category, preferred)),
                Some((chosen, has)) if chosen == category => Some((chosen, has || preferred)),
                Some(_) if category == b'S' => Some((category, preferred)),
                Some(kept) => {
                    conflict = true;
                    Some(kept)
                }
            };
        }
        let (category, preferred) = slot?;
        if conflict && category != b'S' {
            return None;
        }
        slots.push((i, category, preferred));
    }
    Some(slots)
}

/// The type that a function's name also names, unless it is composite (PostgreSQL: FuncNameAsType).
fn func_name_as_type(shared: &Shared, names: &[Node]) -> PgResult<Option<Oid>> {
    let (schema, name) = deconstruct_qualified_name(shared, names)?;
    let typid = match schema {
        Some(schema) => lookup_explicit_namespace(shared, schema, false)?
            .and_then(|n| shared.catalog.find::<PgType>(&(n, Name::new(name))))
            .map(|row| row.oid),
        None => typename_get_typid_extended(shared, name, false),
    };
    Ok(typid.filter(|typid| {
        shared
            .catalog
            .get::<PgType>(*typid)
            .is_some_and(|row| row.typisdefined && !row.typrelid.is_valid())
    }))
}

/// Whether a call by a type's name is a cast.
fn is_coercion(shared: &Shared, target: Oid, arg: &Expr) -> bool {
    let source = expr_type(arg);
    if source == fixed::UNKNOWNOID && matches!(arg, Expr::Const(_)) {
        return true;
    }
    let catalog = shared.catalog;
    match find_coercion_pathway(catalog, target, source, CoercionContext::CoercionExplicit) {
        CoercionPath::Relabel => true,
        CoercionPath::ViaIo => {
            !((source == fixed::RECORDOID || is_complex(shared, source))
                && get_type_category_preferred(catalog, target).0 == b'S')
        }
        CoercionPath::None | CoercionPath::Func(_) | CoercionPath::ArrayCoerce => false,
    }
}

/// The function that the call means (PostgreSQL: func_get_detail).
pub fn func_get_detail(
    shared: &Shared,
    names: &[Node],
    args: &[Expr],
    types: &[Oid],
    options: CandidateOptions,
) -> PgResult<FuncDetail> {
    let candidates = funcname_get_candidates(shared, names, options)?;
    let nargs = types.len();
    let exact = candidates.iter().position(|c| c.args.len() >= nargs && c.args[..nargs] == *types);
    let best = match exact {
        Some(at) => candidates.into_iter().nth(at),
        None => {
            if let ([arg], true) = (args, options.argnames.is_empty())
                && let Some(target) = func_name_as_type(shared, names)?
                && is_coercion(shared, target, arg)
            {
                let mut detail = FuncDetail::nothing(FuncDetailCode::Coercion);
                detail.rettype = target;
                detail.declared = types.to_vec();
                return Ok(detail);
            }
            let fitting = func_match_argtypes(shared, types, candidates);
            if fitting.len() > 1 {
                match func_select_candidate(shared, types, fitting) {
                    Some(best) => Some(best),
                    None => return Ok(FuncDetail::nothing(FuncDetailCode::Multiple)),
                }
            } else {
                fitting.into_iter().next()
            }
        }
    };
    let Some(best) = best else { return Ok(FuncDetail::nothing(FuncDetailCode::NotFound)) };
    if best.ambiguous {
        return Ok(FuncDetail::nothing(FuncDetailCode::Multiple));
    }
    if !options.argnames.is_empty()
        && !options.expand_variadic
        && nargs > 0
        && best.argnumbers.as_ref().is_some_and(|numbers| numbers[nargs - 1] != nargs - 1)
    {
        return Ok(FuncDetail::nothing(FuncDetailCode::NotFound));
    }
    let Some(proc) = shared.catalog.get::<PgProc>(best.oid) else {
        return Ok(FuncDetail::nothing(FuncDetailCode::NotFound));
    };
    let default_types = default_types(proc, &best, nargs);
    Ok(FuncDetail {
        code: match proc.prokind {
            b'a' => FuncDetailCode::Aggregate,
            b'p' => FuncDetailCode::Procedure,
            b'w' => FuncDetailCode::WindowFunc,
            _ => FuncDetailCode::Normal, // 'f' is the only other letter
        },
        funcid: best.oid,
        rettype: proc.prorettype,
        retset: proc.proretset,
        nvargs: best.nvargs,
        vatype: proc.provariadic,
        declared: best.args,
        argnumbers: best.argnumbers,
        default_types,
    })
}

/// The types of the defaults that fill in for omitted arguments; a built-in function's are of the declared types.
fn default_types(proc: &PgProc, best: &FuncCandidate, nargs: usize) -> Vec<Oid> {
    if best.ndargs == 0 {
        return Vec::new();
    }
    let count = proc.proargdefaults.len();
    let total = best.nominalnargs;
    (nargs..best.args.len())
        .map(|place| {
            let parameter = best.argnumbers.as_ref().map_or(place, |numbers| numbers[place]);
            let from_last = total.saturating_sub(parameter);
            count
                .checked_sub(from_last)
                .and_then(|at| proc.proargdefaults.get(at))
                .map_or(best.args[place], expr_type)
        })
        .collect()
}
