//! Polymorphic types: what anyelement and its kin stand for in one call (PostgreSQL: check_generic_type_consistency,
//! enforce_generic_type_consistency, parser/parse_coerce.c).

use super::common::{select_common_type_from_oids, verify_common_type_from_oids};
use crate::catalog::lsyscache::{
    get_array_type, get_base_element_type, get_base_type, get_element_type, get_multirange_range,
    get_range_multirange, get_range_subtype, type_is_enum,
};
use crate::findings::{PgError, PgResult};
use crate::parser::parse_node::Shared;
use crate::pg::oid::{Oid, fixed::*};
use crate::pg::sqlstate as state;

/// PostgreSQL: IsPolymorphicTypeFamily1.
pub fn is_polymorphic_type_family1(typid: Oid) -> bool {
    matches!(
        typid,
        ANYELEMENTOID | ANYARRAYOID | ANYNONARRAYOID | ANYENUMOID | ANYRANGEOID | ANYMULTIRANGEOID
    )
}

/// PostgreSQL: IsPolymorphicTypeFamily2.
pub fn is_polymorphic_type_family2(typid: Oid) -> bool {
    matches!(
        typid,
        ANYCOMPATIBLEOID
            | ANYCOMPATIBLEARRAYOID
            | ANYCOMPATIBLENONARRAYOID
            | ANYCOMPATIBLERANGEOID
            | ANYCOMPATIBLEMULTIRANGEOID
    )
}

/// PostgreSQL: IsPolymorphicType.
pub fn is_polymorphic_type(typid: Oid) -> bool {
    is_polymorphic_type_family1(typid) || is_polymorphic_type_family2(typid)
}

/// PostgreSQL: type_is_array_domain.
fn type_is_array_domain(shared: &Shared, typid: Oid) -> bool {
    get_base_element_type(shared.catalog, typid).is_valid()
}

/// What the arguments say about the types; InvalidOid where nothing is said.
#[derive(Default)]
struct Known {
    elem: Oid,
    array: Oid,
    range: Oid,
    multirange: Oid,
    nonarray: bool,
    is_enum: bool,
    want_multirange: bool,
    unknowns: bool,
    poly_args: usize,
    // The anycompatible family.
    compatible_args: bool,
    compatible_types: Vec<Oid>,
    compatible: Oid,
    compatible_array: Oid,
    compatible_range: Oid,
    compatible_range_elem: Oid,
    compatible_multirange: Oid,
    compatible_multirange_elem: Oid,
    compatible_nonarray: bool,
    want_compatible_array: bool,
    want_compatible_range: bool,
    want_compatible_multirange: bool,
}

fn mismatch(message: String) -> PgError {
    PgError::new(state::DATATYPE_MISMATCH, message)
}

fn not_alike(shared: &Shared, name: &str, first: Oid, second: Oid) -> PgError {
    mismatch(format!("arguments declared \"{name}\" are not all alike"))
        .detail(versus(shared, first, second))
}

fn versus(shared: &Shared, first: Oid, second: Oid) -> String {
    format!("{} versus {}", shared.format_type(first), shared.format_type(second))
}

fn not_a(shared: &Shared, name: &str, what: &str, typid: Oid) -> PgError {
    mismatch(format!(
        "argument declared {name} is not {what} but type {}",
        shared.format_type(typid)
    ))
}

fn inconsistent(shared: &Shared, a: &str, b: &str, first: Oid, second: Oid) -> PgError {
    mismatch(format!("argument declared {a} is not consistent with argument declared {b}"))
        .detail(versus(shared, first, second))
}

fn undetermined(name: &str) -> PgError {
    mismatch(format!("could not determine polymorphic type {name} because input has type unknown"))
}

fn no_array_type(shared: &Shared, typid: Oid) -> PgError {
    PgError::new(
        state::UNDEFINED_OBJECT,
        format!("could not find array type for data type {}", shared.format_type(typid)),
    )
}

impl Known {
    /// Takes in one argument's types; an error where it contradicts what is known.
    fn add(
        &mut self,
        shared: &Shared,
        declared: Oid,
        actual: Oid,
        allow_poly: bool,
    ) -> Result<(), PgError> {
        let catalog = shared.catalog;
        let family1 = is_polymorphic_type_family1(declared);
        if !family1 && !is_polymorphic_type_family2(declared) {
            return Ok(());
        }
        if family1 {
            self.poly_args += 1;
        } else {
            self.compatible_args = true;
        }
        match declared {
            ANYNONARRAYOID => self.nonarray = true,
            ANYENUMOID => self.is_enum = true,
            ANYMULTIRANGEOID => self.want_multirange = true,
            ANYCOMPATIBLENONARRAYOID => self.compatible_nonarray = true,
            ANYCOMPATIBLEARRAYOID => self.want_compatible_array = true,
            ANYCOMPATIBLERANGEOID => self.want_compatible_range = true,
            ANYCOMPATIBLEMULTIRANGEOID => self.want_compatible_multirange = true,
            _ => {} // the others ask for nothing more
        }
        if actual == UNKNOWNOID {
            self.unknowns |= family1;
            return Ok(());
        }
        if allow_poly && declared == actual {
            return Ok(());
        }
        let flat = get_base_type(catalog, actual);
        let same = |slot: &mut Oid, value: Oid, name: &str| {
            if slot.is_valid() && *slot != value {
                return Err(not_alike(shared, name, *slot, value));
            }
            *slot = value;
            Ok(())
        };
        match declared {
            ANYELEMENTOID | ANYNONARRAYOID | ANYENUMOID => {
                same(&mut self.elem, actual, "anyelement")
            }
            ANYARRAYOID => same(&mut self.array, flat, "anyarray"),
            ANYRANGEOID => same(&mut self.range, flat, "anyrange"),
            ANYMULTIRANGEOID => same(&mut self.multirange, flat, "anymultirange"),
            ANYCOMPATIBLEARRAYOID => {
                let element = get_element_type(catalog, flat);
                if !element.is_valid() {
                    return Err(not_a(shared, "anycompatiblearray", "an array", flat));
                }
                self.compatible_types.push(element);
                Ok(())
            }
            ANYCOMPATIBLERANGEOID => {
                let first = !self.compatible_range.is_valid();
                same(&mut self.compatible_range, flat, "anycompatiblerange")?;
                if first {
                    let subtype = get_range_subtype(catalog, flat);
                    if !subtype.is_valid() {
                        return Err(not_a(shared, "anycompatiblerange", "a range type", flat));
                    }
                    self.compatible_range_elem = subtype;
                    self.compatible_types.push(subtype);
                }
                Ok(())
            }
            ANYCOMPATIBLEMULTIRANGEOID => {
                same(&mut self.compatible_multirange, flat, "anycompatiblemultirange")?;
                let range = get_multirange_range(catalog, flat);
                if !range.is_valid() {
                    return Err(not_a(
                        shared,
                        "anycompatiblemultirange",
                        "a multirange type",
                        flat,
                    ));
                }
                self.compatible_multirange_elem = range;
                Ok(())
            }
            _ => {
                // anycompatible and anycompatiblenonarray
                self.compatible_types.push(actual);
                Ok(())
            }
        }
    }

    /// Works out the element type of the first family. `rettype` matters to an input of type anyarray itself.
    fn settle_family1(&mut self, shared: &Shared, rettype: Option<Oid>) -> Result<(), PgError> {
        let catalog = shared.catalog;
        if self.array.is_valid() {
            let element = if self.array == ANYARRAYOID {
                let Some(rettype) = rettype else { return self.settle_ranges(shared) };
                if self.poly_args != 1
                    || (rettype != ANYARRAYOID && is_polymorphic_type_family1(rettype))
                {
                    return Err(mismatch(
                        "cannot determine element type of \"anyarray\" argument".to_string(),
                    ));
                }
                ANYELEMENTOID
            } else {
                get_element_type(catalog, self.array)
            };
            if !element.is_valid() {
                return Err(not_a(shared, "anyarray", "an array", self.array));
            }
            if !self.elem.is_valid() {
                self.elem = element;
            } else if self.elem != element {
                return Err(inconsistent(shared, "anyarray", "anyelement", self.array, self.elem));
            }
        }
        self.settle_ranges(shared)
    }

    fn settle_ranges(&mut self, shared: &Shared) -> Result<(), PgError> {
        let catalog = shared.catalog;
        if self.multirange.is_valid() {
            let range = get_multirange_range(catalog, self.multirange);
            if !range.is_valid() {
                return Err(not_a(shared, "anymultirange", "a multirange type", self.multirange));
            }
            if !self.range.is_valid() {
                self.range = range;
            } else if self.range != range {
                return Err(inconsistent(
                    shared,
                    "anymultirange",
                    "anyrange",
                    self.multirange,
                    self.range,
                ));
            }
        } else if self.want_multirange && self.range.is_valid() {
            self.multirange = get_range_multirange(catalog, self.range);
        }
        if self.range.is_valid() {
            let subtype = get_range_subtype(catalog, self.range);
            if !subtype.is_valid() {
                return Err(not_a(shared, "anyrange", "a range type", self.range));
            }
            if !self.elem.is_valid() {
                self.elem = subtype;
            } else if self.elem != subtype {
                return Err(inconsistent(shared, "anyrange", "anyelement", self.range, self.elem));
            }
        }
        Ok(())
    }

    fn check_element(&self, shared: &Shared) -> Result<(), PgError> {
        if self.elem == ANYELEMENTOID {
            return Ok(());
        }
        if self.nonarray && type_is_array_domain(shared, self.elem) {
            return Err(mismatch(format!(
                "type matched to anynonarray is an array type: {}",
                shared.format_type(self.elem)
            )));
        }
        if self.is_enum && !type_is_enum(shared.catalog, self.elem) {
            return Err(mismatch(format!(
                "type matched to anyenum is not an enum type: {}",
                shared.format_type(self.elem)
            )));
        }
        Ok(())
    }

    /// Makes range and multirange of the second family agree.
    fn settle_compatible_ranges(&mut self, shared: &Shared) -> Result<(), PgError> {
        let catalog = shared.catalog;
        if self.compatible_multirange.is_valid() {
            if self.compatible_range.is_valid() {
                if self.compatible_multirange_elem != self.compatible_range {
                    return Err(inconsistent(
                        shared,
                        "anycompatiblemultirange",
                        "anycompatiblerange",
                        self.compatible_multirange,
                        self.compatible_range,
                    ));
                }
            } else {
                self.compatible_range = self.compatible_multirange_elem;
                self.compatible_range_elem = get_range_subtype(catalog, self.compatible_range);
                self.want_compatible_range = true;
                self.compatible_types.push(self.compatible_range_elem);
            }
        } else if self.want_compatible_multirange && self.compatible_range.is_valid() {
            self.compatible_multirange = get_range_multirange(catalog, self.compatible_range);
        }
        Ok(())
    }
}

/// Whether actual argument types fit the declared polymorphic ones (PostgreSQL: check_generic_type_consistency).
pub fn check_generic_type_consistency(shared: &Shared, actual: &[Oid], declared: &[Oid]) -> bool {
    let mut known = Known::default();
    for (declared, actual) in declared.iter().zip(actual) {
        if known.add(shared, *declared, *actual, false).is_err() {
            return false;
        }
    }
    if known.settle_family1(shared, None).is_err() {
        return false;
    }
    if known.nonarray && type_is_array_domain(shared, known.elem) {
        return false;
    }
    if known.is_enum && !type_is_enum(shared.catalog, known.elem) {
        return false;
    }
    if known.settle_compatible_ranges(shared).is_err() {
        return false;
    }
    if known.compatible_types.is_empty() {
        return true;
    }
    let Ok(common) = select_common_type_from_oids(shared, &known.compatible_types, true) else {
        return false;
    };
    if !common.is_valid() || !verify_common_type_from_oids(shared, common, &known.compatible_types)
    {
        return false;
    }
    if known.compatible_nonarray && type_is_array_domain(shared, common) {
        return false;
    }
    !known.compatible_range_elem.is_valid() || known.compatible_range_elem == common
}

/// Replaces polymorphic declared types by what they stand for in this call and gives the result's type (PostgreSQL:
/// enforce_generic_type_consistency).
pub fn enforce_generic_type_consistency(
    shared: &Shared,
    actual: &[Oid],
    declared: &mut [Oid],
    rettype: Oid,
    allow_poly: bool,
) -> PgResult<Oid> {
    let mut known = Known {
        nonarray: rettype == ANYNONARRAYOID,
        is_enum: rettype == ANYENUMOID,
        want_multirange: rettype == ANYMULTIRANGEOID,
        compatible_nonarray: rettype == ANYCOMPATIBLENONARRAYOID,
        want_compatible_array: rettype == ANYCOMPATIBLEARRAYOID,
        want_compatible_range: rettype == ANYCOMPATIBLERANGEOID,
        want_compatible_multirange: rettype == ANYCOMPATIBLEMULTIRANGEOID,
        ..Known::default()
    };
    for (declared, actual) in declared.iter().zip(actual) {
        known.add(shared, *declared, *actual, allow_poly)?;
    }
    if known.poly_args == 0 && !known.compatible_args {
        return Ok(rettype);
    }
    if known.poly_args > 0 {
        known.settle_family1(shared, Some(rettype))?;
        if !known.elem.is_valid() {
            if !allow_poly {
                return Err(mismatch(
                    "could not determine polymorphic type because input has type unknown"
                        .to_string(),
                )
                .into());
            }
            known.elem = ANYELEMENTOID;
            known.array = ANYARRAYOID;
            known.range = ANYRANGEOID;
            known.multirange = ANYMULTIRANGEOID;
        }
        known.check_element(shared)?;
    }
    if known.compatible_args {
        settle_family2(shared, &mut known, allow_poly)?;
        for slot in declared.iter_mut() {
            *slot = match *slot {
                ANYCOMPATIBLEOID | ANYCOMPATIBLENONARRAYOID => known.compatible,
                ANYCOMPATIBLEARRAYOID => known.compatible_array,
                ANYCOMPATIBLERANGEOID => known.compatible_range,
                ANYCOMPATIBLEMULTIRANGEOID => known.compatible_multirange,
                other => other, // not of this family
            };
        }
    }
    if known.unknowns {
        assign_unknowns(shared, actual, declared, &mut known)?;
    }
    result_type(shared, rettype, &known)
}

/// Literals of no type yet get the types that the other arguments decided.
fn assign_unknowns(
    shared: &Shared,
    actual: &[Oid],
    declared: &mut [Oid],
    known: &mut Known,
) -> PgResult<()> {
    for (slot, actual) in declared.iter_mut().zip(actual) {
        if *actual != UNKNOWNOID {
            continue;
        }
        match *slot {
            ANYELEMENTOID | ANYNONARRAYOID | ANYENUMOID => *slot = known.elem,
            ANYARRAYOID => {
                if !known.array.is_valid() {
                    known.array = get_array_type(shared.catalog, known.elem);
                }
                if !known.array.is_valid() {
                    return Err(no_array_type(shared, known.elem).into());
                }
                *slot = known.array;
            }
            ANYRANGEOID => {
                if !known.range.is_valid() {
                    return Err(undetermined("anyrange").into());
                }
                *slot = known.range;
            }
            ANYMULTIRANGEOID => {
                if !known.multirange.is_valid() {
                    return Err(undetermined("anymultirange").into());
                }
                *slot = known.multirange;
            }
            _ => {} // a type proper, or of the other family
        }
    }
    Ok(())
}

fn settle_family2(shared: &Shared, known: &mut Known, allow_poly: bool) -> PgResult<()> {
    known.settle_compatible_ranges(shared)?;
    if known.compatible_types.is_empty() {
        if allow_poly {
            known.compatible = ANYCOMPATIBLEOID;
            known.compatible_array = ANYCOMPATIBLEARRAYOID;
            known.compatible_range = ANYCOMPATIBLERANGEOID;
            known.compatible_multirange = ANYCOMPATIBLEMULTIRANGEOID;
            return Ok(());
        }
        known.compatible = TEXTOID;
        known.compatible_array = TEXTARRAYOID;
        if known.want_compatible_range {
            return Err(undetermined("anycompatiblerange").into());
        }
        if known.want_compatible_multirange {
            return Err(undetermined("anycompatiblemultirange").into());
        }
        return Ok(());
    }
    known.compatible = select_common_type_from_oids(shared, &known.compatible_types, false)?;
    if !verify_common_type_from_oids(shared, known.compatible, &known.compatible_types) {
        return Err(mismatch(
            "arguments of anycompatible family cannot be cast to a common type".to_string(),
        )
        .into());
    }
    if known.want_compatible_array {
        known.compatible_array = get_array_type(shared.catalog, known.compatible);
        if !known.compatible_array.is_valid() {
            return Err(no_array_type(shared, known.compatible).into());
        }
    }
    if known.want_compatible_range {
        if !known.compatible_range.is_valid() {
            return Err(undetermined("anycompatiblerange").into());
        }
        if known.compatible_range_elem != known.compatible {
            return Err(mismatch(format!(
                "anycompatiblerange type {} does not match anycompatible type {}",
                shared.format_type(known.compatible_range),
                shared.format_type(known.compatible)
            ))
            .into());
        }
    }
    if known.want_compatible_multirange {
        if !known.compatible_multirange.is_valid() {
            return Err(undetermined("anycompatiblemultirange").into());
        }
        if known.compatible_range_elem != known.compatible {
            return Err(mismatch(format!(
                "anycompatiblemultirange type {} does not match anycompatible type {}",
                shared.format_type(known.compatible_multirange),
                shared.format_type(known.compatible)
            ))
            .into());
        }
    }
    if known.compatible_nonarray && type_is_array_domain(shared, known.compatible) {
        return Err(mismatch(format!(
            "type matched to anycompatiblenonarray is an array type: {}",
            shared.format_type(known.compatible)
        ))
        .into());
    }
    Ok(())
}

fn result_type(shared: &Shared, rettype: Oid, known: &Known) -> PgResult<Oid> {
    let valid_or = |typid: Oid, name: &str| {
        if typid.is_valid() { Ok(typid) } else { Err(undetermined(name).into()) }
    };
    match rettype {
        ANYELEMENTOID | ANYNONARRAYOID | ANYENUMOID => Ok(known.elem),
        ANYARRAYOID => {
            if known.array.is_valid() {
                return Ok(known.array);
            }
            let array = get_array_type(shared.catalog, known.elem);
            array.valid().ok_or_else(|| no_array_type(shared, known.elem).into())
        }
        ANYRANGEOID => valid_or(known.range, "anyrange"),
        ANYMULTIRANGEOID => valid_or(known.multirange, "anymultirange"),
        ANYCOMPATIBLEOID | ANYCOMPATIBLENONARRAYOID => valid_or(known.compatible, "anycompatible"),
        ANYCOMPATIBLEARRAYOID => valid_or(known.compatible_array, "anycompatiblearray"),
        ANYCOMPATIBLERANGEOID => valid_or(known.compatible_range, "anycompatiblerange"),
        ANYCOMPATIBLEMULTIRANGEOID => {
            valid_or(known.compatible_multirange, "anycompatiblemultirange")
        }
        other => Ok(other), // a type proper
    }
}

/// Why a function with these argument types cannot have the polymorphic result; None when it can (PostgreSQL:
/// check_valid_polymorphic_signature).
pub fn check_valid_polymorphic_signature(
    shared: &Shared,
    ret_type: Oid,
    declared: &[Oid],
) -> Option<String> {
    let requires = |any: fn(Oid) -> bool, names: &str| {
        if declared.iter().any(|typid| any(*typid)) {
            return None;
        }
        Some(format!(
            "A result of type {} requires at least one input of type {names}.",
            shared.format_type(ret_type)
        ))
    };
    match ret_type {
        ANYRANGEOID | ANYMULTIRANGEOID => {
            requires(|t| matches!(t, ANYRANGEOID | ANYMULTIRANGEOID), "anyrange or anymultirange")
        }
        ANYCOMPATIBLERANGEOID | ANYCOMPATIBLEMULTIRANGEOID => requires(
            |t| matches!(t, ANYCOMPATIBLERANGEOID | ANYCOMPATIBLEMULTIRANGEOID),
            "anycompatiblerange or anycompatiblemultirange",
        ),
        other if is_polymorphic_type_family1(other) => requires(
            is_polymorphic_type_family1,
            "anyelement, anyarray, anynonarray, anyenum, anyrange, or anymultirange",
        ),
        other if is_polymorphic_type_family2(other) => requires(
            is_polymorphic_type_family2,
            "anycompatible, anycompatiblearray, anycompatiblenonarray, anycompatiblerange, or anycompatiblemultirange",
        ),
        _ => None, // a type proper needs nothing
    }
}

/// PostgreSQL: check_valid_internal_signature.
pub fn check_valid_internal_signature(
    shared: &Shared,
    ret_type: Oid,
    declared: &[Oid],
) -> Option<String> {
    if ret_type != INTERNALOID || declared.contains(&INTERNALOID) {
        return None;
    }
    let name = shared.format_type(ret_type);
    Some(format!("A result of type {name} requires at least one input of type {name}."))
}
