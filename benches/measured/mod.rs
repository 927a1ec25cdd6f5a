//! Runs programs and reads what the kernel counted of them.

use std::os::unix::process::ExitStatusExt;
use std::process::{Command, ExitStatus, Stdio};
use std::time::Instant;

/// What one run of a program took.
#[derive(Clone, Copy)]
pub struct Figures {
    /// Seconds.
    pub wall: f64,
    /// Seconds, user and system.
    pub cpu: f64,
    /// Megabytes.
    pub peak: f64,
}

/// Runs a command that must succeed; nobody reads what it prints.
#[expect(
    clippy::zombie_processes,
    reason = "`wait` waits itself, to read what the kernel counted"
)]
pub fn run(command: &mut Command) -> Figures {
    let started = Instant::now();
    let child = command
        .stdout(Stdio::null())
        .stderr(Stdio::inherit())
        .spawn()
        .expect("the program starts");
    let (status, cpu, peak) = wait(child.id());
    assert!(status.success(), "{command:?} failed: {status}");
    Figures {
        wall: started.elapsed().as_secs_f64(),
        cpu,
        peak,
    }
}

/// Waits for a process; its CPU seconds and peak megabytes as the kernel counted them.
fn wait(process: u32) -> (ExitStatus, f64, f64) {
    let mut status = 0;
    // SAFETY: `rusage` is plain numbers, for which all zeroes are a value.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    let process = libc::pid_t::try_from(process).expect("a process id");
    // SAFETY: both pointers are to live values of the right types.
    let waited = unsafe { libc::wait4(process, &mut status, 0, &mut usage) };
    assert_eq!(waited, process, "the process can be waited for");
    let seconds = |time: libc::timeval| time.tv_sec as f64 + time.tv_usec as f64 / 1e6;
    let cpu = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    (
        ExitStatus::from_raw(status),
        cpu,
        usage.ru_maxrss as f64 / 1024.0,
    )
}

/// The value in the middle.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
