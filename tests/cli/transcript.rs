//! The form of `cmd.txt`:
//!
//! ```text
//! # what the case shows
//!
//! $ courant build
//! exit 1
//! stderr:
//!   error: …
//! stdout:
//!   {"reason": …
//! ```
//!
//! `exit` is left out for 0, and a stream that stays empty is left out. `$ cd DIR` changes the
//! folder for what follows, and `NAME=value` before `courant` sets a variable. `[..]` stands for
//! what differs from run to run: times, and the folder in which the case runs.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Plays the commands of a transcript in a folder; returns the transcript of what happened.
pub fn play(text: &str, root: &Path) -> String {
    let comment: Vec<&str> = text
        .lines()
        .take_while(|line| line.starts_with('#'))
        .collect();
    let commands = text.lines().filter_map(|line| line.strip_prefix("$ "));
    let mut folder = root.to_owned();
    let steps: String = commands
        .map(|command| play_one(command, &mut folder, root))
        .collect();
    format!("{}\n{steps}", comment.join("\n"))
}

fn play_one(command: &str, folder: &mut PathBuf, root: &Path) -> String {
    if let Some(typed) = command.strip_prefix("cd ") {
        folder.push(typed);
        assert!(folder.is_dir(), "{} is no folder", folder.display());
        return format!("\n$ {command}\n");
    }
    let output = run(command, folder);
    let exit = match output.status.code().expect("the program ends by itself") {
        0 => String::new(),
        code => format!("exit {code}\n"),
    };
    let streams = [("stderr", output.stderr), ("stdout", output.stdout)]
        .into_iter()
        .filter(|(_, bytes)| !bytes.is_empty())
        .map(|(name, bytes)| format!("{name}:\n{}", indented(&steady(&bytes, root))));
    format!("\n$ {command}\n{exit}{}", streams.collect::<String>())
}

fn run(command: &str, folder: &Path) -> Output {
    let (variables, arguments) = words(command);
    Command::new(env!("CARGO_BIN_EXE_courant"))
        .args(&arguments)
        .current_dir(folder)
        .env_clear()
        // 2021-03-05 10:00 in Shanghai
        .env("SOURCE_DATE_EPOCH", "1614909600")
        .envs(variables)
        .stdin(Stdio::null())
        .output()
        .expect("the program runs")
}

/// Variables and arguments around the word `courant`; quotes keep words together.
fn words(command: &str) -> (Vec<(String, String)>, Vec<String>) {
    let mut words = Vec::new();
    for (index, part) in command.split('"').enumerate() {
        match index % 2 {
            0 => words.extend(part.split_whitespace().map(str::to_owned)),
            _ => words.push(part.to_owned()),
        }
    }
    let program = words
        .iter()
        .position(|word| word == "courant")
        .expect("a command of courant");
    let arguments = words.split_off(program + 1);
    words.truncate(program);
    let variables = words
        .iter()
        .map(|word| word.split_once('=').expect("NAME=value"));
    (
        variables
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        arguments,
    )
}

/// The text without what differs from run to run.
fn steady(bytes: &[u8], root: &Path) -> String {
    let text = String::from_utf8(bytes.to_vec()).expect("messages are UTF-8");
    let text = text.replace(root.to_str().expect("a plain name"), "[..]");
    text.split_inclusive('\n')
        .map(|line| without_milliseconds(&without_seconds(line)))
        .collect()
}

/// `in 0.21 s:` → `in [..] s:`, `用时 0.21 秒` → `用时 [..] 秒`
fn without_seconds(line: &str) -> String {
    let is_time = |word: &str| word.contains('.') && word.parse::<f64>().is_ok();
    let mut words: Vec<&str> = line.split(' ').collect();
    for at in 1..words.len() {
        let is_unit =
            words[at].trim_end().trim_end_matches(':') == "s" || words[at].starts_with('秒');
        if is_unit && is_time(words[at - 1]) {
            words[at - 1] = "[..]";
        }
    }
    words.join(" ")
}

/// `"duration_ms":12,"phases":{"read":3}` → `"duration_ms":[..],"phases":{"read":[..]}`
fn without_milliseconds(line: &str) -> String {
    let Some((before, after)) = line.split_once("\"duration_ms\":") else {
        return line.to_owned();
    };
    let mut out = format!("{before}\"duration_ms\":");
    let mut rest = after;
    while let Some(at) = rest.find(|char: char| char.is_ascii_digit()) {
        out += &rest[..at];
        out += "[..]";
        rest = rest[at..].trim_start_matches(|char: char| char.is_ascii_digit());
    }
    out + rest
}

fn indented(text: &str) -> String {
    let lines = text.split_inclusive('\n').map(|line| match line {
        "\n" => "\n".to_owned(),
        line => format!("  {line}"),
    });
    let text: String = lines.collect();
    match text.ends_with('\n') {
        true => text,
        false => format!("{text}[no line break]\n"),
    }
}
