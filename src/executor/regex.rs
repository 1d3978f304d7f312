//! Regular expressions as guards use them: a backtracking matcher of the common part of PostgreSQL's advanced regular
//! expressions (PostgreSQL: regex/regexec.c). What it does not know is not matched at all.

/// One place in a pattern.
#[derive(Debug, Clone, PartialEq)]
enum Node {
    Char(char),
    Any,
    Set {
        negated: bool,
        items: Vec<Item>,
    },
    Start,
    End,
    /// `\y`, and with true `\m`, with false `\M`.
    Word(Option<bool>),
    Group(Vec<Vec<Piece>>, Option<usize>),
}

#[derive(Debug, Clone, PartialEq)]
enum Item {
    Range(char, char),
    Class(char),
}

/// A node and how often it stands there.
#[derive(Debug, Clone, PartialEq)]
struct Piece {
    node: Node,
    least: usize,
    most: usize,
    greedy: bool,
}

/// A pattern that is understood.
#[derive(Debug, Clone)]
pub(super) struct Regex {
    ways: Vec<Vec<Piece>>,
    groups: usize,
    fold: bool,
    /// Whether which of several matches counts may differ from PostgreSQL's choice.
    pub ambiguous: bool,
}

/// Where a match and its groups stand, in characters.
pub(super) type Match = Vec<Option<(usize, usize)>>;

const STEPS: usize = 200_000;

struct Parser<'p> {
    chars: std::iter::Peekable<std::str::Chars<'p>>,
    groups: usize,
    ambiguous: bool,
    depth: usize,
}

impl Regex {
    /// None where the pattern has what is not known here.
    pub fn new(pattern: &str, flags: &str) -> Option<Regex> {
        if pattern.starts_with("***") || pattern.starts_with("(?") && !pattern.starts_with("(?:") {
            return None;
        }
        if flags.chars().any(|flag| !matches!(flag, 'i' | 'g' | 'c')) {
            return None;
        }
        let chars = pattern.chars().peekable();
        let mut parser = Parser { chars, groups: 0, ambiguous: false, depth: 0 };
        let ways = parser.ways()?;
        if parser.chars.next().is_some() {
            return None;
        }
        let fold = flags.contains('i');
        Some(Regex { ways, groups: parser.groups, fold, ambiguous: parser.ambiguous })
    }

    /// The first match at or behind a place; Err where it takes too long.
    pub fn find(&self, text: &[char], from: usize) -> Result<Option<Match>, ()> {
        let mut run =
            Run { text, fold: self.fold, steps: STEPS, groups: vec![None; self.groups + 1] };
        for start in from..=text.len() {
            run.groups.iter_mut().for_each(|group| *group = None);
            let mut end = None;
            let found = run.ways(&self.ways, start, &mut |_, at| {
                end = Some(at);
                true
            });
            if run.steps == 0 {
                return Err(());
            }
            if found {
                run.groups[0] = end.map(|end| (start, end));
                return Ok(Some(run.groups));
            }
        }
        Ok(None)
    }

    pub fn is_match(&self, text: &str) -> Result<bool, ()> {
        let text: Vec<char> = text.chars().collect();
        self.find(&text, 0).map(|found| found.is_some())
    }

    pub fn groups(&self) -> usize {
        self.groups
    }
}

impl Parser<'_> {
    fn ways(&mut self) -> Option<Vec<Vec<Piece>>> {
        self.depth += 1;
        if self.depth > 50 {
            return None;
        }
        let mut ways = vec![Vec::new()];
        while let Some(c) = self.chars.peek().copied() {
            match c {
                ')' if self.depth > 1 => break,
                '|' => {
                    self.chars.next();
                    self.ambiguous = true;
                    ways.push(Vec::new());
                }
                _ => {
                    let piece = self.piece()?;
                    ways.last_mut()?.push(piece);
                }
            }
        }
        self.depth -= 1;
        Some(ways)
    }

    fn piece(&mut self) -> Option<Piece> {
        let node = match self.chars.next()? {
            '.' => Node::Any,
            '^' => Node::Start,
            '$' => Node::End,
            '[' => self.set()?,
            '(' => {
                let number = if self.chars.next_if_eq(&'?').is_some() {
                    self.chars.next_if_eq(&':')?;
                    None
                } else {
                    self.groups += 1;
                    Some(self.groups)
                };
                let ways = self.ways()?;
                self.chars.next_if_eq(&')')?;
                Node::Group(ways, number)
            }
            '\\' => self.escape()?,
            '*' | '+' | '?' => return None, // nothing to repeat
            '{' if self.chars.peek().is_some_and(char::is_ascii_digit) => return None,
            c => Node::Char(c),
        };
        let (least, most) = match self.chars.peek() {
            Some('*') => (0, usize::MAX),
            Some('+') => (1, usize::MAX),
            Some('?') => (0, 1),
            Some('{') => {
                let mut inside = String::new();
                let mut ahead = self.chars.clone();
                ahead.next();
                for c in ahead.by_ref().take_while(|c| *c != '}') {
                    inside.push(c);
                }
                if !inside.starts_with(|c: char| c.is_ascii_digit()) {
                    return Some(Piece { node, least: 1, most: 1, greedy: true });
                }
                let (least, most) = match inside.split_once(',') {
                    None => (inside.parse().ok()?, inside.parse().ok()?),
                    Some((least, "")) => (least.parse().ok()?, usize::MAX),
                    Some((least, most)) => (least.parse().ok()?, most.parse().ok()?),
                };
                while self.chars.peek() != Some(&'}') {
                    self.chars.next()?;
                }
                (least, most)
            }
            _ => return Some(Piece { node, least: 1, most: 1, greedy: true }),
        };
        self.chars.next();
        let greedy = self.chars.next_if_eq(&'?').is_none();
        if !greedy {
            self.ambiguous = true; // PostgreSQL's preference is the whole expression's
        }
        Some(Piece { node, least, most, greedy })
    }

    fn set(&mut self) -> Option<Node> {
        let negated = self.chars.next_if_eq(&'^').is_some();
        let mut items = Vec::new();
        let mut first = true;
        loop {
            let c = self.chars.next()?;
            match c {
                ']' if !first => break,
                '[' if self.chars.peek() == Some(&':') => {
                    let mut name = String::new();
                    self.chars.next();
                    while self.chars.peek() != Some(&':') {
                        name.push(self.chars.next()?);
                    }
                    self.chars.next();
                    self.chars.next_if_eq(&']')?;
                    items.push(Item::Class(match name.as_str() {
                        "digit" => 'd',
                        "alnum" => 'a',
                        "alpha" => 'l',
                        "space" => 's',
                        "upper" => 'u',
                        "lower" => 'o',
                        _ => return None, // rarer classes
                    }));
                }
                '[' if matches!(self.chars.peek(), Some('.' | '=')) => return None,
                '\\' => match self.chars.next()? {
                    c @ ('d' | 's' | 'w') => items.push(Item::Class(c)),
                    'n' => items.push(Item::Range('\n', '\n')),
                    't' => items.push(Item::Range('\t', '\t')),
                    c if c.is_alphanumeric() => return None,
                    c => items.push(Item::Range(c, c)),
                },
                c => {
                    let mut ahead = self.chars.clone();
                    if ahead.next() == Some('-') && ahead.peek().is_some_and(|next| *next != ']') {
                        self.chars.next();
                        let last = self.chars.next()?;
                        if last == '\\' || last == '[' {
                            return None;
                        }
                        items.push(Item::Range(c, last));
                    } else {
                        items.push(Item::Range(c, c));
                    }
                }
            }
            first = false;
        }
        Some(Node::Set { negated, items })
    }

    fn escape(&mut self) -> Option<Node> {
        let class = |negated, class| Node::Set { negated, items: vec![Item::Class(class)] };
        Some(match self.chars.next()? {
            'd' => class(false, 'd'),
            'D' => class(true, 'd'),
            's' => class(false, 's'),
            'S' => class(true, 's'),
            'w' => class(false, 'w'),
            'W' => class(true, 'w'),
            'y' => Node::Word(None),
            'm' => Node::Word(Some(true)),
            'M' => Node::Word(Some(false)),
            'A' => Node::Start,
            'Z' => Node::End,
            'n' => Node::Char('\n'),
            't' => Node::Char('\t'),
            'r' => Node::Char('\r'),
            c if c.is_alphanumeric() => return None, // back references and rarer escapes
            c => Node::Char(c),
        })
    }
}

/// One attempt.
struct Run<'t> {
    text: &'t [char],
    fold: bool,
    steps: usize,
    groups: Match,
}

/// What follows: called with the run and a place, true where the rest fits there.
type Rest<'r> = dyn FnMut(&mut Run, usize) -> bool + 'r;

impl Run<'_> {
    fn ways(&mut self, ways: &[Vec<Piece>], at: usize, rest: &mut Rest) -> bool {
        ways.iter().any(|pieces| self.pieces(pieces, at, rest))
    }

    fn pieces(&mut self, pieces: &[Piece], at: usize, rest: &mut Rest) -> bool {
        match pieces.split_first() {
            None => rest(self, at),
            Some((piece, more)) => {
                self.repeat(piece, 0, at, &mut |run, at| run.pieces(more, at, rest))
            }
        }
    }

    fn repeat(&mut self, piece: &Piece, done: usize, at: usize, rest: &mut Rest) -> bool {
        if self.steps == 0 {
            return false;
        }
        self.steps -= 1;
        // One character after the other needs no recursion.
        if let Some(single) = self.run_of(piece, at) {
            let (least, most) = (piece.least, single);
            if most < least {
                return false;
            }
            if piece.greedy {
                return (least..=most).rev().any(|count| rest(self, at + count));
            }
            return (least..=most).any(|count| rest(self, at + count));
        }
        if done >= 200 {
            self.steps = 0;
            return false;
        }
        let more = |run: &mut Run, rest: &mut Rest| {
            done < piece.most
                && run.once(&piece.node, at, &mut |run, next| {
                    (next > at || done < piece.least) && run.repeat(piece, done + 1, next, rest)
                })
        };
        if !piece.greedy && done >= piece.least && rest(self, at) {
            return true;
        }
        if more(self, rest) {
            return true;
        }
        piece.greedy && done >= piece.least && rest(self, at)
    }

    /// How many characters from here on fit a node of one character; None for any other node.
    fn run_of(&self, piece: &Piece, at: usize) -> Option<usize> {
        if !matches!(piece.node, Node::Char(_) | Node::Any | Node::Set { .. }) {
            return None;
        }
        let rest = self.text.get(at..).unwrap_or_default();
        Some(rest.iter().take(piece.most).take_while(|c| self.fits(&piece.node, **c)).count())
    }

    fn fits(&self, node: &Node, c: char) -> bool {
        match node {
            Node::Any => true,
            Node::Char(wanted) => *wanted == c || self.fold && lower(*wanted) == lower(c),
            Node::Set { negated, items } => {
                let has = |c: char| items.iter().any(|item| item.has(c));
                let found = has(c) || self.fold && (has(lower(c)) || has(upper(c)));
                found != *negated
            }
            _ => false, // no node of one character
        }
    }

    fn once(&mut self, node: &Node, at: usize, rest: &mut Rest) -> bool {
        match node {
            Node::Char(_) | Node::Any | Node::Set { .. } => {
                self.text.get(at).is_some_and(|c| self.fits(node, *c)) && rest(self, at + 1)
            }
            Node::Start => at == 0 && rest(self, at),
            Node::End => at == self.text.len() && rest(self, at),
            Node::Word(which) => {
                let word = |at: Option<usize>| {
                    let c = at.and_then(|at| self.text.get(at));
                    c.is_some_and(|c| c.is_alphanumeric() || *c == '_')
                };
                let (before, here) = (word(at.checked_sub(1)), word(Some(at)));
                let holds = match which {
                    None => before != here,
                    Some(true) => !before && here,
                    Some(false) => before && !here,
                };
                holds && rest(self, at)
            }
            Node::Group(ways, number) => {
                let old = number.and_then(|number| self.groups[number]);
                let found = self.ways(ways, at, &mut |run, end| {
                    let before = number.and_then(|number| run.groups[number]);
                    if let Some(number) = number {
                        run.groups[*number] = Some((at, end));
                    }
                    let fits = rest(run, end);
                    if !fits && let Some(number) = number {
                        run.groups[*number] = before;
                    }
                    fits
                });
                if !found && let Some(number) = number {
                    self.groups[*number] = old;
                }
                found
            }
        }
    }
}

impl Item {
    fn has(&self, c: char) -> bool {
        match self {
            Item::Range(from, to) => (*from..=*to).contains(&c),
            Item::Class('d') => c.is_ascii_digit(),
            Item::Class('s') => c.is_whitespace(),
            Item::Class('w') => c.is_alphanumeric() || c == '_',
            Item::Class('a') => c.is_alphanumeric(),
            Item::Class('l') => c.is_alphabetic(),
            Item::Class('u') => c.is_uppercase(),
            Item::Class(_) => c.is_lowercase(),
        }
    }
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

fn upper(c: char) -> char {
    c.to_uppercase().next().unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::Regex;

    fn matches(pattern: &str, text: &str) -> Option<bool> {
        Regex::new(pattern, "")?.is_match(text).ok()
    }

    #[test]
    fn patterns_match_as_postgresql() {
        assert_eq!(matches("^p_[0-9]{4}_\\d\\d$", "p_2024_01"), Some(true));
        assert_eq!(matches("^p_[0-9]{4}$", "p_20245"), Some(false));
        assert_eq!(matches("(foo|ba+r)$", "xbaaar"), Some(true));
        assert_eq!(matches("\\mtable\\M", "a table b"), Some(true));
        assert_eq!(matches("a{2,3}b", "ab"), Some(false));
        assert_eq!(matches("(a)\\1", "aa"), None);
        assert_eq!(matches("[^[:alnum:]_]", "a_b"), Some(false));
    }
}
