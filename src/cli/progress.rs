//! How far a long build is: one line that is drawn over and over on a terminal, and one plain
//! line for each phase elsewhere.

use std::io::{self, Write as _};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::build::Progress;

use crate::message::{Tongue, say};

use super::summary::{padded, phase};

/// A build that is done sooner draws nothing.
const PATIENCE: Duration = Duration::from_millis(500);
const REDRAW: Duration = Duration::from_millis(100);
const BAR: usize = 24;

/// Where progress is shown; the drawn line is wiped when this goes out of scope.
pub(super) struct Line {
    style: Style,
    tongue: Tongue,
    started: Instant,
    done: AtomicUsize,
    drawn: Mutex<Drawn>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Silent,
    Brief,
    Plain,
    Drawn,
}

struct Drawn {
    phase: &'static str,
    total: usize,
    last: Instant,
    width: usize,
}

impl Line {
    pub(super) fn silent() -> Self {
        Self::new(Style::Silent, Tongue::English)
    }

    /// Nothing but why nothing happens.
    pub(super) fn brief(tongue: Tongue) -> Self {
        Self::new(Style::Brief, tongue)
    }

    /// A line of text for each phase.
    pub(super) fn plain(tongue: Tongue) -> Self {
        Self::new(Style::Plain, tongue)
    }

    /// A line that is drawn over.
    pub(super) fn drawn(tongue: Tongue) -> Self {
        Self::new(Style::Drawn, tongue)
    }

    fn new(style: Style, tongue: Tongue) -> Self {
        let started = Instant::now();
        let drawn = Drawn {
            phase: "",
            total: 0,
            last: started,
            width: 0,
        };
        Self {
            style,
            tongue,
            started,
            done: AtomicUsize::new(0),
            drawn: Mutex::new(drawn),
        }
    }

    fn draw(&self, drawn: &mut Drawn) {
        if self.started.elapsed() < PATIENCE {
            return;
        }
        let phase = phase(drawn.phase).say(self.tongue);
        let text = bar(&phase, self.done.load(Ordering::Relaxed), drawn.total);
        show(&format!("\r{text:width$}", width = drawn.width));
        drawn.width = text.len();
        drawn.last = Instant::now();
    }
}

impl Progress for Line {
    fn phase(&self, name: &'static str, total: usize) {
        if self.style == Style::Plain {
            show(&plain(&phase(name).say(self.tongue), total));
        }
        self.done.store(0, Ordering::Relaxed);
        if self.style == Style::Drawn
            && let Ok(mut drawn) = self.drawn.lock()
        {
            (drawn.phase, drawn.total) = (name, total);
            self.draw(&mut drawn);
        }
    }

    fn step(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
        // Whoever finds the line busy need not wait: the next step draws it.
        if self.style == Style::Drawn
            && let Ok(mut drawn) = self.drawn.try_lock()
            && drawn.last.elapsed() >= REDRAW
        {
            self.draw(&mut drawn);
        }
    }

    fn wait(&self) {
        if self.style == Style::Silent {
            return;
        }
        let Ok(mut drawn) = self.drawn.lock() else {
            return;
        };
        // The line is drawn over, and must not stand before the words.
        show(&wiped(drawn.width));
        drawn.width = 0;
        show(&format!("{}\n", say::waiting().say(self.tongue)));
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if let Ok(drawn) = self.drawn.get_mut() {
            show(&wiped(drawn.width));
        }
    }
}

fn wiped(width: usize) -> String {
    match width {
        0 => String::new(),
        _ => format!("\r{:width$}\r", ""),
    }
}

fn plain(phase: &str, total: usize) -> String {
    match total {
        0 => format!("{phase}\n"),
        _ => format!("{phase} ({total})\n"),
    }
}

fn bar(phase: &str, done: usize, total: usize) -> String {
    if total == 0 {
        return format!("{phase} ...");
    }
    let done = done.min(total);
    let filled = BAR * done / total;
    let phase = padded(phase, 8);
    format!("{phase} [{:<BAR$}] {done}/{total}", "=".repeat(filled))
}

/// Progress that cannot be shown is no reason to stop.
fn show(text: &str) {
    let mut stderr = io::stderr().lock();
    let _ = stderr
        .write_all(text.as_bytes())
        .and_then(|()| stderr.flush());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_grows_with_the_work() {
        assert_eq!(
            bar("render", 0, 8),
            "render   [                        ] 0/8"
        );
        assert_eq!(
            bar("render", 2, 8),
            "render   [======                  ] 2/8"
        );
        assert_eq!(
            bar("render", 9, 8),
            "render   [========================] 8/8"
        );
        assert_eq!(bar("read", 0, 0), "read ...");
    }

    #[test]
    fn plain_lines_name_the_phase_and_how_much_there_is_to_do() {
        assert_eq!(plain("read", 0), "read\n");
        assert_eq!(plain("render", 143), "render (143)\n");
    }
}
