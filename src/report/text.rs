//! Findings as text for a person: miette's frames over a line table of our own, every untrusted character cleaned.

use std::borrow::Cow;
use std::fmt;

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError,
    MietteSpanContents, Severity, SourceCode, SourceSpan, SpanContents,
};

use crate::findings::{Finding, Level};
use crate::source::{Source, Sources, Span};

/// How text is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    pub color: bool,
    pub unicode: bool,
    pub width: usize,
}

/// Draws one finding with its source frames.
pub fn finding(sources: &Sources, finding: &Finding, style: Style) -> String {
    let theme = match (style.color, style.unicode) {
        (true, true) => GraphicalTheme::unicode(),
        (false, true) => GraphicalTheme::unicode_nocolor(),
        (true, false) => GraphicalTheme::ascii(),
        (false, false) => GraphicalTheme::none(),
    };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(style.width)
        .with_context_lines(1)
        .with_links(false);
    let report = Report::new(sources, finding);
    let mut out = String::new();
    if handler.render_report(&mut out, &report).is_err() {
        // A frame that cannot be drawn must not lose the finding.
        out = format!("{}: {}\n", finding.level.as_str(), clean(&finding.message));
    }
    out
}

/// One line: `file:line:column: level[rule] message`.
pub fn short(sources: &Sources, finding: &Finding) -> String {
    let place = place(sources, finding);
    let state = finding.sqlstate.as_deref().map_or(String::new(), |state| format!(" {state}"));
    let (level, rule) = (finding.level.as_str(), finding.rule.0);
    format!("{place}: {level}[{rule}]{state} {}", clean(&finding.message))
}

/// `file:line:column`, or the path that the finding is about.
pub fn place(sources: &Sources, finding: &Finding) -> String {
    match &finding.place {
        Some(label) => span_place(sources, label.span),
        None => clean(finding.path.as_deref().unwrap_or("")),
    }
}

/// `file:line:column` of a span's start.
pub fn span_place(sources: &Sources, span: Span) -> String {
    let at = sources.line_col(span);
    format!("{}:{}:{}", clean(sources.get(span.source).name()), at.line, at.column)
}

/// Untrusted text without control characters and without those that turn the direction of writing.
pub fn clean(text: &str) -> String {
    text.chars().map(clean_char).collect()
}

fn clean_char(c: char) -> char {
    match c {
        '\n' | '\t' => c,
        '\u{202A}'..='\u{202E}'
        | '\u{2066}'..='\u{2069}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{061C}' => '\u{FFFD}',
        _ if c.is_control() => '\u{FFFD}',
        _ => c, // ordinary text
    }
}

/// A finding as miette sees it. Places in another file than the finding's own are drawn as related diagnostics.
#[derive(Debug)]
struct Report<'a> {
    message: String,
    code: Option<String>,
    level: Level,
    help: Option<String>,
    excerpt: Option<Excerpt<'a>>,
    labels: Vec<(Span, String)>,
    related: Vec<Report<'a>>,
}

impl<'a> Report<'a> {
    fn new(sources: &'a Sources, finding: &Finding) -> Report<'a> {
        let source = finding.place.as_ref().map(|label| label.span.source);
        let mut labels: Vec<(Span, String)> = Vec::new();
        let mut related = Vec::new();
        labels.extend(finding.place.iter().map(|label| (label.span, clean(&label.text))));
        for label in &finding.related {
            let near = Some(label.span.source) == source
                && distance(sources, labels.first(), label.span) < 12;
            if near {
                labels.push((label.span, clean(&label.text)));
            } else {
                related.push(Report::place(sources, label.span, &label.text));
            }
        }
        let code = match &finding.sqlstate {
            Some(state) => format!("{} {state}", finding.rule.0),
            None => finding.rule.0.to_string(),
        };
        let mut help: Vec<String> = finding.notes.iter().map(|note| clean(note)).collect();
        help.extend(finding.help.iter().map(|text| clean(text)));
        let message = match (&finding.place, &finding.path) {
            (None, Some(path)) => format!("{}: {}", clean(path), clean(&finding.message)),
            _ => clean(&finding.message), // the frame names the file
        };
        Report {
            message,
            code: Some(code),
            level: finding.level,
            help: (!help.is_empty()).then(|| help.join("\n")),
            excerpt: source.map(|id| Excerpt::new(sources.get(id), &labels)),
            labels,
            related,
        }
    }

    fn place(sources: &'a Sources, span: Span, text: &str) -> Report<'a> {
        Report {
            message: clean(text),
            code: None,
            level: Level::Note,
            help: None,
            excerpt: Some(Excerpt::new(sources.get(span.source), &[(span, String::new())])),
            labels: vec![(span, String::new())],
            related: Vec::new(),
        }
    }
}

/// How many lines lie between a label and a span.
fn distance(sources: &Sources, from: Option<&(Span, String)>, to: Span) -> usize {
    from.map_or(0, |(from, _)| {
        let (a, b) = (sources.line_col(*from).line as usize, sources.line_col(to).line as usize);
        a.abs_diff(b)
    })
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Report<'_> {}

impl Diagnostic for Report<'_> {
    fn code<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        self.code.as_ref().map(|code| Box::new(code) as Box<dyn fmt::Display>)
    }

    fn severity(&self) -> Option<Severity> {
        Some(match self.level {
            Level::Error => Severity::Error,
            Level::Warning => Severity::Warning,
            Level::Note => Severity::Advice,
        })
    }

    fn help<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.excerpt.as_ref().map(|excerpt| excerpt as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        if self.labels.is_empty() {
            return None;
        }
        Some(Box::new(self.labels.iter().map(|(span, text)| {
            let label = (!text.is_empty()).then(|| text.clone());
            LabeledSpan::new(label, span.start as usize, (span.len() as usize).min(LABEL_LIMIT))
        })))
    }

    fn related<'b>(&'b self) -> Option<Box<dyn Iterator<Item = &'b dyn Diagnostic> + 'b>> {
        if self.related.is_empty() {
            return None;
        }
        Some(Box::new(self.related.iter().map(|report| report as &dyn Diagnostic)))
    }
}

/// A source seen through its line table: only the lines of a label are ever touched.
#[derive(Debug)]
struct Excerpt<'a> {
    source: &'a Source,
    /// The cleaned text around the labels, byte for byte as long as the source's, and where it starts.
    window: Cow<'a, str>,
    start: usize,
}

impl<'a> Excerpt<'a> {
    fn new(source: &'a Source, labels: &[(Span, String)]) -> Excerpt<'a> {
        let text = source.text();
        let first = labels.iter().map(|(span, _)| span.start as usize).min().unwrap_or(0);
        let last =
            labels.iter().map(|(span, _)| span.start as usize + LABEL_LIMIT).max().unwrap_or(0);
        let start = char_start(text, first.saturating_sub(2 * LINE_LIMIT));
        let end = char_end(text, last + 2 * LINE_LIMIT);
        let window = &text[start..end];
        let window = match window.chars().any(|c| clean_char(c) != c || c == '\r') {
            true => Cow::Owned(window.chars().flat_map(same_length).collect()),
            false => Cow::Borrowed(window),
        };
        Excerpt { source, window, start }
    }
}

/// The nearest edge of a character at or before the byte.
fn char_start(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// The nearest edge of a character at or after the byte.
fn char_end(text: &str, at: usize) -> usize {
    (at..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

/// The character, or where it must not be printed as many `?` as it has bytes.
fn same_length(c: char) -> impl Iterator<Item = char> {
    let (shown, count) = match c {
        '\r' => (' ', 1),
        _ if clean_char(c) == c => (c, 1),
        _ => ('?', c.len_utf8()), // control characters and those that turn the direction of writing
    };
    std::iter::repeat_n(shown, count)
}

/// The longest line that is drawn; of a longer one the part around the label.
const LINE_LIMIT: usize = 400;

/// The longest part of a statement that is underlined, in bytes.
const LABEL_LIMIT: usize = 160;

impl SourceCode for Excerpt<'_> {
    fn read_span<'b>(
        &'b self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'b> + 'b>, MietteError> {
        let text = self.source.text();
        let start = span.offset().min(text.len());
        let end = (start + span.len()).min(text.len());
        let (mut low, _) = self.source.line_range(start as u32);
        for _ in 0..before {
            if low == 0 {
                break;
            }
            low = self.source.line_range(low - 1).0;
        }
        let (_, mut high) = self.source.line_range(end as u32);
        for _ in 0..after {
            if high as usize >= text.len() {
                break;
            }
            high = self.source.line_range(high + 1).1;
        }
        let low = (low as usize).max(start.saturating_sub(LINE_LIMIT));
        let high = (high as usize).min(end + LINE_LIMIT).min(text.len());
        let (low, high) = (char_start(text, low), char_end(text, high));
        let low = low.max(self.start);
        let high = high.min(self.start + self.window.len()).max(low);
        let at = self.source.line_col(low as u32);
        let name = clean(self.source.name());
        let shown = &self.window[low - self.start..high - self.start];
        let lines = shown.matches('\n').count();
        Ok(Box::new(MietteSpanContents::new_named(
            name,
            shown.as_bytes(),
            (low, high - low).into(),
            (at.line as usize).saturating_sub(1),
            (at.column as usize).saturating_sub(1),
            lines,
        )))
    }
}
