//! What leaves the program through pipes that a transcript cannot show: long scripts, colours,
//! and readers who go away.

use std::process::{Command, Output};

fn courant(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_courant"));
    command.args(arguments).env_clear();
    command
}

fn output(arguments: &[&str]) -> Output {
    courant(arguments).output().expect("the program runs")
}

#[test]
fn every_shell_gets_a_script_with_every_command() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = output(&["completions", shell]);
        let script = String::from_utf8(output.stdout).expect("a script is text");
        assert_eq!(
            (output.status.code(), output.stderr.len()),
            (Some(0), 0),
            "{shell}"
        );
        for word in [
            "build",
            "serve",
            "new",
            "init",
            "why",
            "rollback",
            "clean",
            "completions",
            "message-format",
        ] {
            assert!(script.contains(word), "{shell} knows `{word}`");
        }
    }
}

#[test]
fn a_reader_who_has_gone_away_is_no_error() {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let output = courant(&["completions", "zsh"])
        .stdout(writer)
        .output()
        .expect("the program runs");
    assert_eq!((output.status.code(), &*output.stderr), (Some(0), &b""[..]));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_standard_output_is_an_error() {
    let full = std::fs::File::options()
        .write(true)
        .open("/dev/full")
        .expect("Linux has it");
    let output = courant(&["completions", "zsh"])
        .stdout(full)
        .output()
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "error: cannot write to standard output: No space left on device\n |\n \
         = help: Make room on the disk, then run the command again.\n"
    );
}

#[test]
fn colours_go_to_terminals_unless_they_are_asked_for() {
    for arguments in [
        &["build", "-C", "/no-such-folder"][..],
        &["build", "--no-such-option"],
    ] {
        let is_coloured =
            |color: &[&str]| output(&[arguments, color].concat()).stderr.contains(&0x1b);
        assert!(!is_coloured(&[]), "{arguments:?}");
        assert!(!is_coloured(&["--color", "never"]), "{arguments:?}");
        assert!(is_coloured(&["--color=always"]), "{arguments:?}");
    }
}
