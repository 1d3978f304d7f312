//! Reading as psql does: SQL in, segments out.

use std::path::Path;

use pgreckon::psql::{Action, Reader, Segment, SentBy, State, Statement};
use pgreckon::source::{Look, Sieve, Source, SourceId, read_bytes, read_file};

/// Every segment in one line: statements as they are sent, with their byte range in the file.
fn show_with(text: &str, state: &mut State) -> Vec<String> {
    let mut reader = Reader::new(SourceId(0), text);
    let segments = std::iter::from_fn(|| reader.next(state)).collect::<Vec<_>>();
    segments.iter().map(show_segment).collect()
}

fn show(text: &str) -> Vec<String> {
    show_with(text, &mut State::default())
}

fn show_segment(segment: &Segment<'_>) -> String {
    match segment {
        Segment::Statement(s) => {
            let open = s
                .unterminated
                .map_or(String::new(), |u| format!(" !{} {}", u.what.name(), u.opened.start));
            let unknown = if s.undecided.is_empty() {
                String::new()
            } else {
                format!(" ?{}", s.undecided.join(","))
            };
            let by = match &s.sent_by {
                SentBy::Semicolon => ";".to_string(),
                SentBy::End => "$".to_string(),
                other => format!("{other:?}"),
            };
            format!("{}+{} {}{by}{open}{unknown}", s.span.start, s.span.len(), s.text())
        }
        Segment::CopyData(c) => {
            let end = if c.terminated { "" } else { " unterminated" };
            format!("rows {} in {}{end}", c.rows, c.bytes)
        }
        Segment::Meta(m) => format!("\\{} {:?} {:?}", m.name, m.args, m.action),
        Segment::Note(n) => format!("note {:?}", n.kind),
    }
}

/// The texts of the statements alone.
fn texts(text: &str) -> Vec<String> {
    texts_with(text, &mut State::default())
}

fn texts_with(text: &str, state: &mut State) -> Vec<String> {
    statements(text, state).iter().map(|s| s.text().to_string()).collect()
}

fn statements(text: &str, state: &mut State) -> Vec<Statement<'static>> {
    let mut reader = Reader::new(SourceId(0), text);
    let mut found = Vec::new();
    while let Some(segment) = reader.next(state) {
        if let Segment::Statement(statement) = segment {
            found.push(statement.into_owned());
        }
    }
    found
}

#[test]
fn a_statement_is_from_its_first_token_to_its_last() {
    assert_eq!(
        show("-- c\n  select 1 /* x */ ; ;; select\n2 -- d\n;\n/* e */ select 3 -- f"),
        ["7+8 select 1;", "29+8 select\n2;", "53+8 select 3$"]
    );
}

#[test]
fn what_is_sent_includes_the_semicolon() {
    let mut state = State::default();
    let sent = statements("select 1 +  ; select 2", &mut state);
    assert_eq!((sent[0].text(), sent[0].wire()), ("select 1 +", "select 1 +  ;"));
    assert_eq!((sent[1].text(), sent[1].wire()), ("select 2", "select 2"));
}

#[test]
fn semicolons_in_quotes_and_comments_end_nothing() {
    assert_eq!(
        texts(
            "select 'a;''b', \"c;\"\"d\", $$;$$, $x$ $$; $x$, E'\\';' -- ;\n, U&'\\;' /* ; /* ; */ ; */;"
        ),
        ["select 'a;''b', \"c;\"\"d\", $$;$$, $x$ $$; $x$, E'\\';' -- ;\n, U&'\\;'"]
    );
    assert_eq!(texts("select a$1$b;select $1$2;"), ["select a$1$b", "select $1$2"]);
    assert_eq!(texts("select E'a'\n'\\';' ; select 2;"), ["select E'a'\n'\\';'", "select 2"]);
    assert_eq!(texts("select name'a\\'; select 2;"), ["select name'a\\'", "select 2"]);
}

#[test]
fn parentheses_hold_a_statement_together() {
    let rule = "create rule r as on insert to t do instead (select 1; select 2)";
    assert_eq!(texts(&format!("{rule};select 3;")), [rule, "select 3"]);
    assert_eq!(texts("select 1); select (2;"), ["select 1)", "select (2;"]);
}

#[test]
fn atomic_bodies_hold_a_function_together() {
    let body = "create or replace function f() returns int begin atomic select 1; \
                select case when true then 1 end; end";
    assert_eq!(texts(&format!("{body}; select 2;")), [body, "select 2"]);
    assert_eq!(texts("create table begin (a int); select 1;").len(), 2);
    assert_eq!(texts("begin; select 1; end;"), ["begin", "select 1", "end"]);
}

#[test]
fn backslashes_in_strings_follow_the_setting() {
    let text = "set standard_conforming_strings = off; select 'a\\';'; \
                set standard_conforming_strings to on; select 'b\\'; select 1;";
    assert_eq!(
        texts(text),
        [
            "set standard_conforming_strings = off",
            "select 'a\\';'",
            "set standard_conforming_strings to on",
            "select 'b\\'",
            "select 1",
        ]
    );
}

#[test]
fn an_escaped_semicolon_joins_statements_into_one_message() {
    assert_eq!(show("select 1\\; select 2;"), ["0+19 select 1; select 2;"]);
    let mut state = State::default();
    let sent = statements("select 1\\; select 2 x;", &mut state);
    assert_eq!(sent[0].source_offset(sent[0].text().find('x').unwrap() as u32), 20);
}

#[test]
fn copy_data_is_a_span_and_a_row_count() {
    assert_eq!(
        show("copy t (a) from stdin;\n1\n';\n\\.\nselect 1;"),
        ["0+21 copy t (a) from stdin;", "rows 2 in 5", "31+8 select 1;"]
    );
    assert_eq!(
        show("COPY t FROM STDIN;\r\n1\r\n\\.\r\nselect 1;"),
        ["0+17 COPY t FROM STDIN;", "rows 1 in 3", "27+8 select 1;"]
    );
    assert_eq!(
        show("copy t from stdin;\n1\n2"),
        ["0+17 copy t from stdin;", "rows 2 in 3 unterminated"]
    );
    assert_eq!(
        show("copy t from stdin; select 1;\n1\n\\.\nselect 2;"),
        ["0+17 copy t from stdin;", "rows 1 in 2", "19+8 select 1;", "34+8 select 2;"]
    );
    assert_eq!(
        show("copy t from stdin\\; copy t from stdin;\n1\n\\.\n2\n\\.\nselect 2;"),
        [
            "0+37 copy t from stdin; copy t from stdin;",
            "rows 1 in 2",
            "rows 1 in 2",
            "49+8 select 2;",
        ]
    );
    assert_eq!(show("copy t from '/x'; select 1;").len(), 2);
    assert_eq!(texts("copy t from stdin;\n\\.x\n\\.\nselect 1;").len(), 2);
}

#[test]
fn variables_are_replaced_where_psql_replaces_them() {
    let text =
        "\\set t 'my tab'\n\\set n 5\nselect :n, :'t', :\"t\", ':n', x::int, a[1:2], :unset;";
    assert_eq!(texts(text), ["select 5, 'my tab', \"my tab\", ':n', x::int, a[1:2], :unset"]);
    assert_eq!(texts("\\set q 'select 1; select'\n:q 2;"), ["select 1", "select 2"]);
    assert_eq!(texts("\\set a :b\n\\set b :a\nselect :a;").len(), 1);
    assert_eq!(texts("\\set x 1\nselect :{?x}, :{?y};"), ["select TRUE, FALSE"]);
    assert_eq!(texts("\\set x 'it''s'\nselect :'x';"), ["select 'it''s'"]);
    assert_eq!(texts("\\set x a \\\\ select :x;"), ["select a"]);
}

#[test]
fn positions_in_replaced_text_lead_back_to_the_file() {
    let text = "\\set long 'a, b, c'\nselect :long, wrong from t;";
    let mut state = State::default();
    let sent = &statements(text, &mut state)[0];
    assert_eq!(sent.text(), "select a, b, c, wrong from t");
    let at = |needle: &str| sent.source_offset(sent.text().find(needle).unwrap() as u32) as usize;
    assert!(text[at("wrong")..].starts_with("wrong"));
    assert!(text[at("b, c")..].starts_with(":long"));
    assert_eq!(
        &text[sent.span.start as usize..sent.span.end as usize],
        "select :long, wrong from t"
    );
}

#[test]
fn undecided_variables_are_named() {
    assert_eq!(
        show("select 1 as a \\gset x_\nselect :x_a, :y;"),
        ["0+13 select 1 as aGset { prefix: \"x_\" }", "23+15 select :x_a, :y; ?x_a",]
    );
    let mut state = State::default();
    state.variables.set_undecided("v");
    state.variables.set_from_row("", &[("v".into(), Some("7".to_string()))]);
    assert_eq!(texts_with("select :v;", &mut state), ["select 7"]);
    state.variables.set_undecided("file");
    assert_eq!(texts_with("copy t from :'file';", &mut state), ["copy t from ':''file'''"]);
}

#[test]
fn conditions_choose_branches() {
    let text = "\\set on true\n\\if :on\nselect 1;\n\\else\nselect 2;\n\\endif\n\
                \\if false\nselect 3;\n\\elif 1\nselect 4;\n\\else\nselect 5;\n\\endif\nselect 6;";
    assert_eq!(texts(text), ["select 1", "select 4", "select 6"]);
    assert_eq!(texts("select\n\\if 0\n 1\n\\else\n 2\n\\endif\n;"), ["select\n\n 2"]);
    assert_eq!(
        show("\\if :nothing\nselect 1;\n\\endif\n\\endif\n\\if 1\n"),
        [
            "note UndecidedCondition(\":nothing\")",
            "note StrayCondition(\"endif\")",
            "note OpenCondition",
        ]
    );
}

#[test]
fn behind_a_condition_that_only_a_server_knows_every_branch_is_doubtful() {
    let text = "select f() as ok \\gset\n\\if :ok\nselect 1;\n\\if 0\nselect 2;\n\\endif\n\\else\n\\q\nselect 3;\n\
                \\endif\nselect 4;";
    let mut state = State::default();
    let mut read = Vec::new();
    let mut reader = Reader::new(SourceId(0), text);
    while let Some(segment) = reader.next(&mut state) {
        if let Segment::Statement(statement) = segment {
            read.push((statement.text().to_string(), statement.doubtful));
        }
    }
    let expected =
        [("select f() as ok", false), ("select 1", true), ("select 3", true), ("select 4", false)];
    assert_eq!(read, expected.map(|(text, doubtful)| (text.to_string(), doubtful)));
}

#[test]
fn commands_are_obeyed_or_passed_over() {
    assert_eq!(
        show(
            "\\restrict abc\n\\connect other\n\\i a.sql\n\\ir 'b c.sql'\n\\pset pager off\n\\d+ t\n\
             \\! rm x\n\\nonsense ; select 1\n\\echo hi\nselect 1;\n\\q\nselect 2;"
        ),
        [
            "\\restrict [\"abc\"] Obeyed",
            "\\connect [\"other\"] Connect",
            "\\i [\"a.sql\"] Include { relative: false }",
            "\\ir [\"b c.sql\"] Include { relative: true }",
            "\\pset [\"pager\", \"off\"] PassedOver",
            "\\d+ [\"t\"] PassedOver",
            "\\! [\"rm x\"] Undecidable",
            "\\nonsense [\"; select 1\"] Invalid",
            "\\echo [\"hi\"] PassedOver",
            "112+8 select 1;",
            "\\q [] Quit",
        ]
    );
}

#[test]
fn go_commands_send_the_query() {
    assert_eq!(
        show(
            "select 1 \\g\n\\g\nselect 'drop table t'\n\\gexec\nselect 2 \\gdesc\nselect 3 \\r\nselect 4;"
        ),
        [
            "0+8 select 1Go",
            "12+2 select 1Go",
            "15+21 select 'drop table t'Gexec",
            "44+8 select 2Gdesc",
            "\\r [] Obeyed",
            "72+8 select 4;",
        ]
    );
}

#[test]
fn client_copies_become_copy_statements() {
    assert_eq!(
        show(
            "\\copy t (a) from stdin csv\n1\n\\.\n\\copy (select 1) to 'x.csv' with (format csv)\nselect 1;"
        ),
        [
            "0+26 COPY t (a) FROM STDIN csvCopy",
            "rows 1 in 2",
            "32+45 COPY (select 1) TO STDOUT with (format csv)Copy",
            "78+8 select 1;",
        ]
    );
}

#[test]
fn what_never_ends_is_sent_and_said() {
    assert_eq!(show("select 'a;\nb"), ["0+12 select 'a;\nb$ !quoted string 7"]);
    assert_eq!(show("do $$ begin;"), ["0+12 do $$ begin;$ !dollar-quoted string 3"]);
    assert_eq!(show("/* a\nselect 1;"), ["0+14 /* a\nselect 1;$ !comment 0"]);
    assert_eq!(show("create table t (a int;"), ["0+22 create table t (a int;$ !parenthesis 0"]);
}

#[test]
fn recovery_starts_again_at_a_statement() {
    let text = "select 'a;\ncreate table t (a int);\ncreate table u (a int;\nselect 2;\n";
    let mut state = State::default();
    let mut reader = Reader::new(SourceId(0), text).recovering();
    let all: Vec<String> =
        std::iter::from_fn(|| reader.next(&mut state)).map(|s| show_segment(&s)).collect();
    assert_eq!(
        all,
        [
            "0+10 select 'a;$ !quoted string 7",
            "note Resynchronised",
            "11+22 create table t (a int);",
            "35+22 create table u (a int;$ !parenthesis 35",
            "note Resynchronised",
            "58+8 select 2;",
        ]
    );
}

#[test]
fn only_the_ranges_are_read() {
    let text = "select 1;\nselect 2;\nselect 3";
    let mut state = State::default();
    let mut reader = Reader::new(SourceId(0), text).with_ranges(&[(0, 10), (20, 28)]);
    let all: Vec<String> =
        std::iter::from_fn(|| reader.next(&mut state)).map(|s| show_segment(&s)).collect();
    assert_eq!(all, ["0+8 select 1;", "20+8 select 3$"]);
}

#[test]
fn a_byte_order_mark_is_passed_over_and_counted() {
    assert_eq!(show("\u{FEFF}select 1;"), ["3+8 select 1;"]);
}

#[test]
fn include_and_connect_are_left_to_the_caller() {
    let mut state = State::default();
    let mut reader = Reader::new(SourceId(0), "\\i x.sql\n");
    let Some(Segment::Meta(meta)) = reader.next(&mut state) else { panic!("a command") };
    assert_eq!(meta.action, Action::Include { relative: false });
    assert!(reader.next(&mut state).is_none());
}

#[test]
fn files_are_decoded() {
    let read = |bytes: &[u8]| read_bytes(Path::new("x.sql"), "x.sql", bytes.to_vec());
    let utf16: Vec<u8> = "\u{FEFF}select 'ä';".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(read(&utf16).unwrap().text(), "select 'ä';");
    assert_eq!(read(&utf16[2..]).unwrap().text(), "select 'ä';");
    let latin = read(b"select 'caf\xE9'; select 2;").unwrap();
    assert_eq!(latin.text(), "select 'café'; select 2;");
    assert_eq!(latin.notes().len(), 1);
    assert_eq!(latin.offset(latin.text().find("select 2").unwrap() as u32), 15);
    assert!(read(b"\x7FELF\0\0").unwrap_err().to_string().contains("x.sql: a program"));
    assert!(read(b"select \0 1").is_err());
    assert_eq!(read(b"").unwrap().text(), "");
}

#[test]
fn a_missing_file_is_named() {
    let error = read_file(Path::new("no/such.sql"), "x", &mut pgreckon::psql::CopySieve::new());
    assert_eq!(
        error.unwrap_err().to_string(),
        "no/such.sql: no such file or directory (check the path)"
    );
}

/// A large file's rows are not kept, and offsets and lines stay the file's.
#[test]
fn rows_of_large_files_are_left_out() {
    let row = "1\t\\N\tsome text; with 'quotes\n";
    let mut text = String::from("create table t (a int);\ncopy t from stdin;\n");
    text.push_str(&row.repeat(300_000));
    text.push_str("\\.\nselect 'é';\ncopy t from stdin;\n");
    text.push_str(&row.repeat(100));
    text.push_str("\\.\nselect 2;\n");
    let path = std::env::temp_dir().join(format!("pgreckon-rows-{}.sql", std::process::id()));
    std::fs::write(&path, &text).unwrap();
    let source = pgreckon::psql::read(&path, "big.sql");
    std::fs::remove_file(&path).unwrap();
    let source: Source = source.unwrap();
    assert!(source.text().len() < 1000, "{}", source.text().len());
    let mut state = State::default();
    let mut reader = Reader::of(SourceId(0), &source);
    let mut rows = Vec::new();
    let mut places = Vec::new();
    while let Some(segment) = reader.next(&mut state) {
        match segment {
            Segment::CopyData(data) => rows.push((data.rows, data.bytes, data.terminated)),
            Segment::Statement(s) => places.push((
                s.text().to_string(),
                source.offset(s.span.start),
                source.line_col(s.span.start).line,
            )),
            Segment::Meta(_) | Segment::Note(_) => panic!("{segment:?}"),
        }
    }
    let length = row.len() as u64;
    assert_eq!(rows, [(300_000, 300_000 * length, true), (100, 100 * length, true)]);
    let at = |needle: &str| text.find(needle).unwrap() as u64;
    let line = |needle: &str| text[..at(needle) as usize].matches('\n').count() as u64 + 1;
    assert_eq!(places[2], ("select 'é'".to_string(), at("select 'é'"), line("select 'é'")));
    assert_eq!(places[4], ("select 2".to_string(), at("select 2"), line("select 2")));
}

/// A fixed sequence of numbers that look random.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below as u64) as usize
    }
}

const PIECES: [&str; 40] = [
    "select 1",
    ";",
    "'",
    "''",
    "\"",
    "$$",
    "$a$",
    "(",
    ")",
    "\\",
    "\\;",
    "--",
    "\n",
    "/*",
    "*/",
    ":a",
    ":'a'",
    ":\"a\"",
    ":{?a}",
    "\\set a b;'\n",
    "\\if 1\n",
    "\\if 0\n",
    "\\else\n",
    "\\elif 1\n",
    "\\endif\n",
    "create function f() begin atomic ",
    "end",
    "case",
    "copy t from stdin",
    "\\.\n",
    "\\gset\n",
    "\\g",
    "E'",
    "é",
    "\r\n",
    " ",
    "\\copy t from stdin\n",
    "\\q",
    "set standard_conforming_strings=off;",
    "x::y",
];

fn random_text(numbers: &mut Numbers) -> String {
    let count = numbers.next(40);
    (0..count).map(|_| PIECES[numbers.next(PIECES.len())]).collect()
}

/// Whatever the input, reading ends, nothing panics, and spans are in the text and in order.
#[test]
fn any_text_is_read() {
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    for _ in 0..30_000 {
        let text = random_text(&mut numbers);
        for recovering in [false, true] {
            let mut state = State::default();
            let mut reader = Reader::new(SourceId(0), &text);
            if recovering {
                reader = reader.recovering();
            }
            let mut last = 0;
            let mut count = 0;
            while let Some(segment) = reader.next(&mut state) {
                count += 1;
                assert!(count < 10_000, "{text:?}");
                if let Segment::Statement(s) = &segment {
                    assert!(
                        s.span.start <= s.span.end && s.span.end as usize <= text.len(),
                        "{text:?}"
                    );
                    if s.is_verbatim() {
                        let (start, end) = (s.span.start as usize, s.span.end as usize);
                        assert_eq!(s.text(), &text[start..end], "{text:?}");
                        assert!(start >= last, "{text:?}");
                        last = end;
                    }
                    for at in 0..=s.wire().len() {
                        assert!(s.source_offset(at as u32) as usize <= text.len() + 1, "{text:?}");
                    }
                }
            }
        }
    }
}

/// What is between the segments is blanks, comments, semicolons and the lines of `\.`.
#[test]
fn nothing_is_lost_between_segments() {
    let parts = ["select 1", "a 'x;y'", "(b;c)", "$$;$$", "/* c; */", "-- d;\n", "\"e;\"", "f"];
    let mut numbers = Numbers(42);
    for _ in 0..5_000 {
        let text: String = (0..numbers.next(12))
            .map(|_| {
                format!(
                    "{} {}",
                    parts[numbers.next(parts.len())],
                    [";", ";\n", " "][numbers.next(3)]
                )
            })
            .collect();
        let mut state = State::default();
        let mut rest = text.clone();
        for s in statements(&text, &mut state).iter().rev() {
            rest.replace_range(s.span.start as usize..s.span.end as usize, "");
        }
        let bare: String = rest.replace("/* c; */", "").replace("-- d;\n", "");
        assert!(bare.chars().all(|c| c == ';' || c.is_whitespace()), "{text:?} leaves {rest:?}");
    }
}

/// Random bytes are text or a clear refusal.
#[test]
fn any_bytes_are_read() {
    let mut numbers = Numbers(7);
    for _ in 0..2_000 {
        let length = numbers.next(300);
        let bytes: Vec<u8> = (0..length).map(|_| numbers.next(256) as u8).collect();
        let mut archive = b"PGDMP\x01\x10\x00\x04\x08\x01".to_vec();
        archive.extend_from_slice(&bytes);
        let gzip = [&[0x1F, 0x8B][..], &bytes].concat();
        for bytes in [bytes, archive, gzip] {
            if let Ok(source) = read_bytes(Path::new("x"), "x", bytes) {
                let _ = show(source.text());
            }
        }
    }
}

#[test]
fn the_sieve_agrees_with_the_reader() {
    let text = "copy a from stdin;\n1\n\\.\n'copy b from stdin;\n';\ncopy c from stdin;\n2\n";
    let mut sieve = pgreckon::psql::CopySieve::new();
    assert_eq!(sieve.look(text.as_bytes()), Look::DataAt(19));
    let without = text.replacen("1\n", "", 1);
    assert_eq!(sieve.look(without.as_bytes()), Look::DataAt(without.len() - 2));
}
