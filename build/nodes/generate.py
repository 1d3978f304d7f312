#!/usr/bin/env python3
"""Writes src/nodes/tree.rs and src/nodes/raw_nodes.rs from the node headers inside the pg_query crate.

    build/nodes/generate.py [PG_QUERY_SOURCE_DIR [OUTPUT_DIR]]

tree.rs is our own raw parse tree; raw_nodes.rs declares the C structs that the parser returns and turns
each into its twin. Run it when the pinned version of pg_query changes; src/nodes/generated_tests.rs checks the
result against the headers with a C compiler, and that the files are fresh.
"""
import glob, os, re, shutil, subprocess, sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))

# Node types that only parse analysis, planning or execution makes: a raw tree never holds one.
ANALYSED = set("""Query RangeTblEntry RTEPermissionInfo RangeTblFunction TableSampleClause WithCheckOption SortGroupClause
WindowClause RowMarkClause SetOperationStmt NotifyStub TableFunc Var Const Param Aggref WindowFunc
WindowFuncRunCondition SubscriptingRef FuncExpr OpExpr ScalarArrayOpExpr SubPlan AlternativeSubPlan FieldSelect
FieldStore RelabelType CoerceViaIO ArrayCoerceExpr ConvertRowtypeExpr CollateExpr CaseTestExpr ArrayExpr RowCompareExpr
JsonConstructorExpr JsonExpr JsonTablePathScan JsonTableSiblingJoin JsonTablePlan CoerceToDomain CoerceToDomainValue
NextValueExpr InferenceElem ReturningExpr TargetEntry RangeTblRef FromExpr OnConflictExpr MergeAction Expr CallContext
InlineCodeBlock RawStmt ForPortionOfExpr JsonTablePath""".split())
VALUES = {"Integer", "Float", "Boolean", "String", "BitString", "List", "A_Star", "A_Const"}
SCALARS = {"bool": "bool", "int": "i32", "int16": "i16", "int32": "i32", "int64": "i64", "uint32": "u32", "uint64": "u64",
           "bits32": "u32", "char": "c_char", "Oid": "u32", "Index": "u32", "AttrNumber": "i16", "AclMode": "u64",
           "SubTransactionId": "u32", "RelFileNumber": "u32", "ParseLoc": "i32", "Cardinality": "f64", "Size": "usize", "long": "c_long",
           "NodeTag": "u32"}
KEYWORDS = {"type", "match", "where", "ref", "final", "override", "virtual", "use", "fn", "mod", "as", "in", "for", "move", "box"}


def source_dir():
    if len(sys.argv) > 1:
        return sys.argv[1]
    return sorted(glob.glob(os.path.expanduser("~/.cargo/registry/src/*/pg_query-18.1.0")))[0]


def write(name, text):
    """Writes a formatted source file."""
    folder = sys.argv[2] if len(sys.argv) > 2 else os.path.join(ROOT, "src/nodes")
    path = os.path.join(folder, name)
    with open(path, "w") as out:
        out.write(text)
    if shutil.which("rustfmt"):
        subprocess.run(["rustfmt", "--edition", "2024", "--config-path", os.path.join(ROOT, "rustfmt.toml"), path], check=True)


def strip(text):
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    text = re.sub(r"//[^\n]*", "", text)
    return text


def snake(name):
    name = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", name)
    name = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name).lower()
    name = re.sub(r"_+", "_", name)
    return name + "_" if name in KEYWORDS else name


def camel(name):
    """AT_AddColumn -> AtAddColumn, OBJECT_TABLE -> ObjectTable, A_Expr -> AExpr."""
    out = []
    for part in name.split("_"):
        if not part:
            continue
        if part.isupper() or part.isdigit():
            out.append(part[0] + part[1:].lower())
        else:
            out.append(part[0].upper() + part[1:])
    return "".join(out)


def parse_headers(src):
    inc = os.path.join(src, "libpg_query/src/postgres/include/nodes")
    text = "".join(strip(open(os.path.join(inc, f)).read()) for f in
                   ("value.h", "lockoptions.h", "nodes.h", "primnodes.h", "parsenodes.h"))
    text = re.sub(r"pg_node_attr\((?:[^()]|\([^()]*\))*\)", "", text)
    enums, structs = {}, {}
    for m in re.finditer(r"typedef\s+enum\s*(\w*)\s*\{(.*?)\}\s*(\w+)\s*;", text, re.S):
        values, nxt = [], 0
        for item in m.group(2).split(","):
            item = item.strip()
            if not item or item.startswith("#"):
                continue
            mm = re.match(r"(\w+)(?:\s*=\s*(.+))?$", item, re.S)
            if mm.group(2):
                try:
                    value = eval(mm.group(2), {v: n for v, n in values})
                    nxt = ord(value) if isinstance(value, str) else value
                except NameError:      # made of macros: an enum of the planner
                    values = []
                    break
            values.append((mm.group(1), nxt))
            nxt += 1
        enums[m.group(3)] = values
    # `struct X {...};` with its typedef apart (PartitionBoundSpec) reads like the others.
    text = re.sub(r"(?m)^struct\s+(\w+)\s*(\{[^{}]*\})\s*;", r"typedef struct \1 \2 \1;", text)
    for m in re.finditer(r"typedef\s+struct\s+(\w+)\s*\{([^{}]*(?:union\s+\w*\s*\{[^{}]*\}[^{}]*)?)\}\s*(\w+)\s*;", text, re.S):
        fields = []
        body = m.group(2)
        if "union" in body:
            continue
        for decl in body.split(";"):
            decl = " ".join(decl.split())
            if not decl or decl.startswith("#"):
                continue
            decl = re.sub(r"^(struct|const|enum) ", "", decl)
            mm = re.match(r"(\w+)\s*(\**)\s*(\w+)$", decl)
            if not mm:
                raise SystemExit(f"cannot read field {decl!r} of {m.group(1)}")
            fields.append((mm.group(1), len(mm.group(2)), mm.group(3)))
        structs[m.group(3)] = fields
    # typedef X Y (NullIfExpr, DistinctExpr) are analysed nodes.
    tags = dict((n, int(v)) for n, v in re.findall(r"T_(\w+) = (\d+)", open(os.path.join(inc, "nodetags.h")).read()))
    return enums, structs, tags


def main():
    src = source_dir()
    enums, structs, tags = parse_headers(src)
    nodes = [n for n in structs if n in tags and n not in ANALYSED and n not in VALUES and structs[n]
             and (structs[n][0][0] in ("NodeTag", "Expr", "CreateStmt"))]
    used = set()
    tree, raw, conv = [], [], []
    for n in nodes:
        rust = camel(n)
        t, r, c = [], [], []
        for i, (ty, ptr, name) in enumerate(structs[n]):
            f = snake(name)
            if i == 0 and ty in ("NodeTag", "Expr"):
                r.append(f"    tag: u32,")
                continue
            if ptr == 0 and ty in structs and ty in nodes:        # CreateForeignTableStmt.base
                t.append(f"    pub {f}: {camel(ty)},")
                r.append(f"    {f}: Raw{camel(ty)},")
                c.append(f"            {f}: self.{f}.convert(cx),")
                continue
            if ptr == 0 and (ty in SCALARS):
                if ty == "ParseLoc":
                    t.append(f"    pub {f}: ParseLoc,")
                    r.append(f"    {f}: i32,")
                    c.append(f"            {f}: ParseLoc(self.{f}),")
                elif ty == "char":
                    t.append(f"    pub {f}: u8,")
                    r.append(f"    {f}: u8,")
                    c.append(f"            {f}: self.{f},")
                elif ty == "long":
                    t.append(f"    pub {f}: i64,")
                    r.append(f"    {f}: std::ffi::c_long,")
                    c.append(f"            {f}: self.{f} as i64,")
                elif ty in ("Oid", "SubTransactionId", "RelFileNumber"):
                    r.append(f"    _{f}: u32,")
                else:
                    t.append(f"    pub {f}: {SCALARS[ty]},")
                    r.append(f"    {f}: {SCALARS[ty]},")
                    c.append(f"            {f}: self.{f},")
                continue
            if ptr == 0 and ty in enums:
                used.add(ty)
                t.append(f"    pub {f}: {camel(ty)},")
                r.append(f"    {f}: i32,")
                c.append(f"            {f}: {camel(ty)}::from_raw(self.{f}),")
                continue
            if ptr == 1 and ty == "char":
                t.append(f"    pub {f}: Option<Str>,")
                r.append(f"    {f}: Text,")
                c.append(f"            {f}: self.{f}.get(),")
            elif ptr == 1 and ty == "List":
                t.append(f"    pub {f}: Vec<Node>,")
                r.append(f"    {f}: Ptr<RawList>,")
                c.append(f"            {f}: list(&self.{f}, cx),")
            elif ptr == 1 and ty in ("Node", "Expr", "String"):
                t.append(f"    pub {f}: Option<Node>,")
                r.append(f"    {f}: Ptr<RawNode>,")
                c.append(f"            {f}: node(&self.{f}, cx),")
            elif ptr == 1 and ty in nodes:
                t.append(f"    pub {f}: Option<Box<{camel(ty)}>>,")
                r.append(f"    {f}: Ptr<Raw{camel(ty)}>,")
                c.append(f"            {f}: self.{f}.get().map(|n| Box::new(n.convert(cx))),")
            elif ptr == 1:                                        # Bitmapset and analysed nodes
                r.append(f"    _{f}: Ptr<RawNode>,")
            else:
                raise SystemExit(f"cannot map {ty} {'*' * ptr}{name} of {n}")
        tree.append(f"/// PostgreSQL: struct {n} (nodes).\n#[derive(Debug, Clone, PartialEq)]\npub struct {rust} {{\n" + "\n".join(t) + "\n}\n")
        raw.append(f"#[repr(C)]\npub(super) struct Raw{rust} {{\n" + "\n".join(r) + "\n}\n")
        unused = "" if any("cx" in x for x in c) else "_"
        conv.append(f"impl Raw{rust} {{\n    fn convert(&self, {unused}cx: &Depth) -> {rust} {{\n        {rust} {{\n" + "\n".join(c) + "\n        }\n    }\n}\n")
    out = ["//! The raw parse tree: PostgreSQL's node types as plain Rust values. Generated by build/nodes/generate.py; do not edit.",
           "", "use std::sync::Arc;", "", "use super::primnodes::Expr;", "use super::{ParseLoc, Str};", ""]
    out.append("/// Any node of a raw parse tree (PostgreSQL: Node).\n#[derive(Debug, Clone, PartialEq)]\npub enum Node {\n"
               "    Integer(i32),\n    /// A number too large or too precise for Integer, as written.\n    Float(Str),\n    Boolean(bool),\n"
               "    String(Str),\n    /// A bit string literal: `b` or `x`, then its digits.\n    BitString(Str),\n    List(Vec<Node>),\n"
               "    AStar,\n    AConst(AConst),\n    /// An expression that is analysed already, where PostgreSQL too puts one into a raw tree (LIKE, inheritance).\n"
               "    Analyzed(Arc<Expr>),")
    for n in nodes:
        out.append(f"    {camel(n)}(Box<{camel(n)}>),")
    out.append("}\n")
    out.append("impl Node {\n    /// The node's type as PostgreSQL names it (nodeTag), for messages about what is not modelled.\n"
               "    pub fn tag_name(&self) -> &'static str {\n        match self {\n"
               '            Node::Integer(_) => "Integer",\n            Node::Float(_) => "Float",\n            Node::Boolean(_) => "Boolean",\n'
               '            Node::String(_) => "String",\n            Node::BitString(_) => "BitString",\n            Node::List(_) => "List",\n'
               '            Node::AStar => "A_Star",\n            Node::AConst(_) => "A_Const",\n            Node::Analyzed(_) => "Expr",')
    for n in nodes:
        out.append(f'            Node::{camel(n)}(_) => "{n}",')
    out.append("        }\n    }\n}\n")
    out.append("/// A literal constant: None is NULL (PostgreSQL: A_Const).\n#[derive(Debug, Clone, PartialEq)]\npub struct AConst {\n"
               "    pub val: Option<Box<Node>>,\n    pub location: ParseLoc,\n}\n")
    out += tree
    for e in sorted(used):
        vals = enums[e]
        out.append(f"/// PostgreSQL: enum {e}.\n#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]\npub enum {camel(e)} {{\n"
                   + "\n".join(f"    {camel(v)}," for v, _ in vals) + "\n}\n")
        out.append(f"impl {camel(e)} {{\n    pub(super) fn from_raw(value: i32) -> Self {{\n        match value {{\n"
                   + "\n".join(f"            {k} => Self::{camel(v)}," for v, k in vals)
                   + f"\n            // The layout test pins the header these values come from.\n            _ => Self::{camel(vals[0][0])},\n        }}\n    }}\n}}\n")
    write("tree.rs", "\n".join(out))
    out = ["//! The C structs of PostgreSQL's raw parser, and each turned into its twin in tree.rs. Generated by build/nodes/generate.py; do not edit.",
           "", "use super::raw_parser::{Depth, Ptr, RawList, RawNode, Text, list, node};", "use super::tree::*;", "use super::{ParseLoc};", ""]
    out += raw + conv
    out.append("/// The twin of a node that is neither a value nor a list; None for a node type that no raw tree holds.\n"
               "pub(super) fn convert(raw: &Ptr<RawNode>, tag: u32, cx: &Depth) -> Option<Node> {\n    match tag {")
    for n in nodes:
        out.append(f"        {tags[n]} => twin(raw, cx, Raw{camel(n)}::convert, Node::{camel(n)}),")
    out.append("        // Analysed node types: the raw parser makes none.\n        _ => None,\n    }\n}\n")
    out.append("/// One node's twin. A function of its own, so that `convert` needs little stack at any depth of the tree.\n"
               "fn twin<R, T>(\n    raw: &Ptr<RawNode>,\n    cx: &Depth,\n    convert: fn(&R, &Depth) -> T,\n    wrap: fn(Box<T>) -> Node,\n"
               ") -> Option<Node> {\n    Some(wrap(Box::new(convert(raw.cast::<R>().get()?, cx))))\n}\n")
    consts = {n: tags[n] for n in ("List", "Integer", "Float", "Boolean", "String", "BitString", "A_Star", "A_Const", "RawStmt", "IntList", "OidList")}
    for n, v in consts.items():
        out.append(f"pub(super) const T_{n.upper()}: u32 = {v};")
    out.append("\n/// The size and the field offsets of each declared struct, for the layout test.\n"
               "#[cfg(test)]\npub(super) fn layouts() -> Vec<(&'static str, usize, Vec<(&'static str, usize)>)> {\n    vec![")
    for n in nodes:
        fl = []
        for i, (ty, ptr, name) in enumerate(structs[n]):
            if i == 0 and ty in ("NodeTag", "Expr"):
                continue
            f = snake(name)
            hidden = (ptr == 0 and ty in ("Oid", "SubTransactionId", "RelFileNumber")) or \
                     (ptr == 1 and ty not in ("char", "List", "Node", "Expr", "String") and ty not in nodes)
            rf = ("_" + f) if hidden else f
            fl.append(f'("{name}", std::mem::offset_of!(Raw{camel(n)}, {rf}))')
        out.append(f'        ("{n}", std::mem::size_of::<Raw{camel(n)}>(), vec![{", ".join(fl)}]),')
    out.append("    ]\n}\n")
    write("raw_nodes.rs", "\n".join(out))
    print(len(nodes), "node types,", len(used), "enums")


main()
