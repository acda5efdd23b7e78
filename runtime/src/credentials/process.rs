//! Keys that another program prints, as the mode `External` of Alibaba Cloud's CLI has it.

use std::fmt;
use std::io::{self, Read as _};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use zeroize::Zeroizing;

use super::failure::failed;
use super::keys::{self, Names};
use super::{Credentials, CredentialsError, CredentialsSource};
use crate::future::BoxFuture;
use crate::secret::Secret;
use crate::value::Json;

/// How long the program may take.
const TIMEOUT: Duration = Duration::from_secs(10);

/// How often it is looked whether a program that has printed everything has ended.
const POLL: Duration = Duration::from_millis(5);

/// The most that it may print.
const OUTPUT_LIMIT: usize = 64 << 10;

const KEYS: Names = Names {
    id: "access_key_id",
    secret: "access_key_secret",
    token: "sts_token",
};

/// A program that prints keys as JSON and ends: `access_key_id`, `access_key_secret`, and for
/// temporary keys `sts_token` and `expiration` (RFC 3339). A `mode` is `AK` or `StsToken`.
///
/// There is no shell: the command is split at spaces, and quotes and backslashes keep an
/// argument together as a POSIX shell would. What the program says on its standard error goes
/// to that of this process. Put the source into a [`Cached`](super::Cached).
#[derive(Clone)]
pub struct ExternalProcess {
    /// Its arguments may hold a key.
    command: Secret,
    timeout: Duration,
}

impl ExternalProcess {
    /// The program and its arguments.
    pub fn new(command: impl Into<Secret>) -> Self {
        Self {
            command: command.into(),
            timeout: TIMEOUT,
        }
    }

    /// Sets how long the program may take; then it is ended. 10 seconds by default.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    async fn get(&self) -> Result<Credentials, String> {
        let arguments = split(self.command.expose())?;
        let timeout = self.timeout;
        let output = tokio::task::spawn_blocking(move || run(&arguments, timeout));
        let output = output.await.map_err(|_| "was cut off")??;
        let mut json = keys::parse(&output).map_err(|why| format!("prints {why}"))?;
        read(&mut json).map_err(|why| format!("prints what does not fit: {why}"))
    }
}

impl CredentialsSource for ExternalProcess {
    fn credentials(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(async {
            self.get()
                .await
                .map_err(|why| failed("external process", why))
        })
    }
}

impl fmt::Debug for ExternalProcess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExternalProcess")
            .field("command", &self.command)
            .field("timeout", &self.timeout)
            .finish()
    }
}

fn read(json: &mut Json) -> Result<Credentials, String> {
    let expires_at = keys::expiry(json, "expiration")?;
    let mode = keys::text(json, "mode")?;
    let mut credentials = match mode.as_deref() {
        Some("StsToken") => KEYS.temporary(json, "external"),
        None | Some("AK") => KEYS.any(json, "external"),
        Some(_) => Err("mode is neither AK nor StsToken".to_owned()),
    }?;
    credentials.expires_at = expires_at;
    Ok(credentials)
}

/// Runs a program to its end and brings back what it printed.
fn run(arguments: &[String], timeout: Duration) -> Result<Zeroizing<Vec<u8>>, String> {
    let deadline = Instant::now() + timeout;
    let (program, arguments) = arguments.split_first().ok_or("the command is empty")?;
    let child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn();
    let mut running = Running(child.map_err(|error| format!("{program:?}: {error}"))?);
    let stdout = running.0.stdout.take().ok_or("has no output")?;
    let (sender, receiver) = mpsc::channel();
    // A thread of its own: a program that the child started may keep the pipe open.
    thread::spawn(move || {
        let mut output = Zeroizing::new(Vec::with_capacity(OUTPUT_LIMIT + 1));
        let read = stdout
            .take(OUTPUT_LIMIT as u64 + 1)
            .read_to_end(&mut output);
        let _ = sender.send(read.map(|_| output));
    });
    let late = || format!("took longer than {timeout:?}");
    let output = receiver.recv_timeout(timeout).map_err(|_| late())?;
    let output = output.map_err(|error| format!("its output cannot be read: {error}"))?;
    if output.len() > OUTPUT_LIMIT {
        return Err(format!("prints more than {OUTPUT_LIMIT} bytes"));
    }
    let ended = running.wait(deadline).map_err(|error| error.to_string())?;
    match ended.ok_or_else(late)? {
        status if status.success() => Ok(output),
        status => Err(format!("{program:?} failed: {status}")),
    }
}

/// A program that is ended, and waited for, when nobody needs it any more.
struct Running(Child);

impl Running {
    /// How it ended; nothing where it did not by then.
    fn wait(
        &mut self,
        deadline: Instant,
    ) -> io::Result<Option<std::process::ExitStatus>> {
        loop {
            let ended = self.0.try_wait()?;
            if ended.is_some() || Instant::now() >= deadline {
                return Ok(ended);
            }
            thread::sleep(POLL);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if matches!(self.0.try_wait(), Ok(None)) {
            let _ = self.0.kill();
            let _ = self.0.wait();
        }
    }
}

/// Splits a command as a POSIX shell would, without doing anything else that a shell does.
/// On Windows a backslash is part of a path, but before a double quote.
fn split(command: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut rest = command.chars().peekable();
    while let Some(c) = rest.next() {
        let escaped = match (c, quote, rest.peek()) {
            ('\\', Some('"'), Some(next)) if cfg!(windows) => *next == '"',
            ('\\', Some('"'), Some(next)) => {
                matches!(next, '"' | '\\' | '$' | '`' | '\n')
            }
            ('\\', None, Some(_)) => cfg!(not(windows)),
            ('\\', None, None) if cfg!(not(windows)) => {
                return Err("the command ends in a backslash".to_owned());
            }
            _ => false,
        };
        match (c, quote) {
            _ if escaped => word.get_or_insert_default().extend(rest.next()),
            (c, Some(open)) if c == open => quote = None,
            ('"' | '\'', None) => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (c, None) if c.is_whitespace() => words.extend(word.take()),
            (c, _) => word.get_or_insert_default().push(c),
        }
    }
    if quote.is_some() {
        return Err("a quote in the command stays open".to_owned());
    }
    words.extend(word);
    if words.first().is_none_or(String::is_empty) {
        return Err("the command is empty".to_owned());
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::split;

    #[cfg(unix)]
    #[test]
    fn splits_as_a_shell_does() {
        let cases: [(&str, &[&str]); 12] = [
            ("a", &["a"]),
            ("  a\tb \n c  ", &["a", "b", "c"]),
            (r#""/opt/my tool" x"#, &["/opt/my tool", "x"]),
            ("'a b'c\"d e\"", &["a bcd e"]),
            (r"a\ b", &["a b"]),
            (r#"a "" ''"#, &["a", "", ""]),
            (r#""a\"b\\c\d""#, &["a\"b\\c\\d"]),
            (r"'a\b'", &["a\\b"]),
            (r#""$HOME" `id` ; |"#, &["$HOME", "`id`", ";", "|"]),
            ("a 'b\nc'", &["a", "b\nc"]),
            ("a --k='v w'", &["a", "--k=v w"]),
            ("中 文", &["中", "文"]),
        ];
        for (command, expected) in cases {
            let words = split(command).expect("a command");
            assert_eq!(words, expected, "{command:?}");
        }
        for command in ["", "  ", "'a", "a \"b", "a\\", "''", "'' a"] {
            assert!(split(command).is_err(), "{command:?}");
        }
    }
}
