//! Asks live servers (RECORD=1) and writes their answers: a few lines of PostgreSQL's protocol, so that the errors'
//! fields are exact. Servers stand at 127.0.0.1, port PGRECKON_PORTS (default 5400) plus the major version; they
//! must trust the user postgres.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;

use crate::VERSIONS;
use crate::statements::{self, Answer};

/// The database that is made and dropped; PGRECKON_DATABASE names another, for two recorders at a time.
fn database() -> String {
    std::env::var("PGRECKON_DATABASE").unwrap_or_else(|_| "pgreckon_record".to_string())
}

pub struct Connection {
    stream: TcpStream,
}

impl Connection {
    fn open(port: u16, database: &str) -> Connection {
        let stream =
            TcpStream::connect(("127.0.0.1", port)).expect("a server answers; see CONTRIBUTING.md");
        let mut connection = Connection { stream };
        let mut body = 196_608u32.to_be_bytes().to_vec(); // protocol 3.0
        for text in ["user", "postgres", "database", database, ""] {
            body.extend(text.as_bytes());
            body.push(0);
        }
        connection.send(None, &body);
        connection.answer();
        connection
    }

    fn send(&mut self, kind: Option<u8>, body: &[u8]) {
        let mut message: Vec<u8> = kind.into_iter().collect();
        message.extend((body.len() as u32 + 4).to_be_bytes());
        message.extend(body);
        self.stream.write_all(&message).expect("the server listens");
    }

    /// A new database.
    pub fn fresh(version: u32, database: &str) -> Connection {
        let mut admin = Connection::open(port(version), "postgres");
        drop_subscriptions(version, database);
        admin.query(&format!("DROP DATABASE IF EXISTS {database} WITH (FORCE)"));
        let made = admin.query(&format!("CREATE DATABASE {database} TEMPLATE template0"));
        assert_eq!(made, Answer::Ok, "a database can be made");
        Connection::open(port(version), database)
    }

    /// Runs one message of SQL.
    pub fn query(&mut self, sql: &str) -> Answer {
        let mut body = sql.as_bytes().to_vec();
        body.push(0);
        self.send(Some(b'Q'), &body);
        self.answer()
    }

    /// Reads up to ReadyForQuery; the first error is the answer.
    fn answer(&mut self) -> Answer {
        let mut answer = Answer::Ok;
        loop {
            let mut head = [0; 5];
            self.stream.read_exact(&mut head).expect("the server answers");
            let length = u32::from_be_bytes([head[1], head[2], head[3], head[4]]) as usize - 4;
            let mut body = vec![0; length];
            self.stream.read_exact(&mut body).expect("the server answers");
            match head[0] {
                b'E' if answer == Answer::Ok => answer = error(&body),
                b'G' => self.send(Some(b'f'), b"no data\0"), // COPY FROM stdin is refused
                b'Z' => return answer,
                _ => {} // rows, notices and settings are not recorded
            }
        }
    }
}

fn error(body: &[u8]) -> Answer {
    let (mut sqlstate, mut position, mut message) = (String::new(), None, String::new());
    for field in body.split(|byte| *byte == 0).filter(|field| !field.is_empty()) {
        let value = String::from_utf8_lossy(&field[1..]).into_owned();
        match field[0] {
            b'C' => sqlstate = value,
            b'M' => message = value,
            b'P' => position = value.parse().ok(),
            _ => {} // the other fields are not recorded
        }
    }
    Answer::Error { sqlstate, position, message }
}

/// Where that version's server listens.
pub fn port(version: u32) -> u16 {
    let base: u32 =
        std::env::var("PGRECKON_PORTS").ok().and_then(|port| port.parse().ok()).unwrap_or(5400);
    u16::try_from(base + version).expect("a port")
}

/// Drops what recording made.
pub fn clean_up(version: u32, databases: &[&str], roles: &[&str]) {
    let mut admin = Connection::open(port(version), "postgres");
    for database in databases {
        drop_subscriptions(version, database);
        admin.query(&format!("DROP DATABASE IF EXISTS {database} WITH (FORCE)"));
    }
    for role in roles {
        admin.query(&format!("DROP ROLE IF EXISTS {role}"));
    }
    admin.query("DROP TABLESPACE IF EXISTS pgreckon_t");
}

/// A database with subscriptions cannot be dropped.
fn drop_subscriptions(version: u32, database: &str) {
    const DROP: &str = "DO $$ DECLARE s name; BEGIN
        FOR s IN SELECT subname FROM pg_subscription, pg_database d WHERE subdbid = d.oid AND datname = current_database()
        LOOP
            EXECUTE format('ALTER SUBSCRIPTION %I DISABLE', s);
            EXECUTE format('ALTER SUBSCRIPTION %I SET (slot_name = NONE)', s);
            EXECUTE format('DROP SUBSCRIPTION %I', s);
        END LOOP; END $$";
    let mut admin = Connection::open(port(version), "postgres");
    // It is there only where a recording stands or was broken off.
    if admin.query(&format!("ALTER DATABASE {database} CONNECTION LIMIT -1")) == Answer::Ok {
        Connection::open(port(version), database).query(DROP);
    }
}

/// Asks every version for its answers to a file and writes them into it.
pub fn record(path: &Path) {
    let text = fs::read_to_string(path).expect("tests are UTF-8");
    let mut items = statements::read(&text);
    for item in &mut items {
        item.answers.clear();
    }
    let database = database();
    let first = *VERSIONS.start();
    let last = *VERSIONS.end();
    for version in VERSIONS {
        let mut connection = Connection::fresh(version, &database);
        for item in &mut items {
            let answer = connection.query(&item.wire);
            let low = if version == first { 0 } else { version };
            let high = if version == last { 99 } else { version };
            match item.answers.last_mut() {
                Some((_, until, known)) if *known == answer => *until = high,
                _ => item.answers.push((low, high, answer)), // the first, or another than before
            }
        }
        drop(connection);
        let roles = ["pgreckon_a", "pgreckon_b", "pgreckon_c", "pgreckon_d"];
        clean_up(version, &[&database], &roles);
    }
    fs::write(path, statements::write(&text, &items)).expect("the test can be written");
    println!("recorded {} statements of {}", items.len(), crate::name(path));
}
