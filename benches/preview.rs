//! Times a preview of one site by courant and, where it is on `PATH`, of its twin by `hugo server`:
//! from the start to the first page, with and without what an earlier run left, and from the edit
//! of an article's body to its new page. The generators edit in turn, so that a machine whose
//! speed drifts treats both alike.
//!
//! ```console
//! $ cargo bench --bench preview -- SITES [EDITS]
//! ```
//!
//! `SITES` holds the folders `courant/` and `hugo/`, with the same articles below `content/`, such
//! as `compare -- write 10000 SITES` makes. `EDITS` is 20 if not given. Then courant alone starts
//! again and does ten times as many edits without a pause, and the memory that it holds after as
//! many and after all of them is compared. The articles are as they were in the end.

#![expect(
    clippy::disallowed_methods,
    reason = "a benchmark edits files on the disk"
)]

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use ureq::Agent;

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    let Some(sites) = arguments.first().map(PathBuf::from) else {
        println!("usage: cargo bench --bench preview -- SITES [EDITS]");
        return;
    };
    let edits = arguments.get(1).and_then(|word| word.parse().ok());
    let edits = edits.unwrap_or(20);
    let rivals = [courant(&sites.join("courant")), hugo(&sites.join("hugo"))];
    let mut previews: Vec<Preview> = Vec::new();
    for rival in rivals.into_iter().flatten() {
        previews.push(Preview::of(rival));
    }
    println!("| preview | first page, cold s | first page, warm s |\n|---|---|---|");
    for preview in &previews {
        let [cold, warm] = preview.starts;
        println!("| {} | {cold:.2} | {warm:.2} |", preview.rival.name);
    }
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); previews.len()];
    for number in 0..edits {
        for (preview, times) in previews.iter_mut().zip(&mut times) {
            times.push(preview.edit(number).as_secs_f64() * 1000.0);
        }
    }
    println!("\n| preview | edit to page ms, median | slowest |\n|---|---|---|");
    for (preview, times) in previews.iter().zip(&mut times) {
        times.sort_by(f64::total_cmp);
        let (median, slowest) = (times[times.len() / 2], times[times.len() - 1]);
        println!("| {} | {median:.0} | {slowest:.0} |", preview.rival.name);
    }
    drop(previews);
    memory(courant(&sites.join("courant")), edits);
}

/// How much more a preview holds after ten times as many edits. Memory swings from build to build,
/// so that what counts is the median after the last ten.
fn memory(rival: Option<Rival>, edits: usize) {
    let Some(rival) = rival else { return };
    let mut preview = Preview::of(rival);
    for number in 0..10 * edits {
        preview.edit(number);
    }
    let after = |edits: usize| {
        let mut last = preview.readings[edits.saturating_sub(10)..edits].to_vec();
        last.sort_by(f64::total_cmp);
        last[last.len() / 2]
    };
    let (before, after) = (after(edits), after(10 * edits));
    println!(
        "\n{} holds {before:.0} MB after {edits} edits and {after:.0} MB after {}: {:+.1} %",
        preview.rival.name,
        10 * edits,
        (after / before - 1.0) * 100.0
    );
}

/// A generator with its site.
struct Rival {
    name: String,
    program: PathBuf,
    arguments: Vec<String>,
    site: PathBuf,
    /// What a first run does not find.
    leftovers: Vec<PathBuf>,
}

fn courant(site: &Path) -> Option<Rival> {
    Some(Rival {
        name: format!("courant {}", env!("CARGO_PKG_VERSION")),
        program: env!("CARGO_BIN_EXE_courant").into(),
        arguments: words(&["-C", text(site), "serve", "--watch", "--quiet", "--port"]),
        leftovers: vec![site.join(".courant")],
        site: site.to_owned(),
    })
}

fn hugo(site: &Path) -> Option<Rival> {
    let version = Command::new("hugo").arg("version").output().ok()?;
    let version = String::from_utf8_lossy(&version.stdout).into_owned();
    let number = version
        .split_whitespace()
        .find(|word| word.starts_with('v') && word.contains('.'))?;
    Some(Rival {
        name: format!("hugo server {}", number.split('-').next().unwrap_or(number)),
        program: "hugo".into(),
        arguments: words(&["server", "--quiet", "-s", text(site), "--port"]),
        leftovers: vec![site.join("resources"), site.join(".hugo_build.lock")],
        site: site.to_owned(),
    })
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// A running preview; it ends when it is dropped, and its articles are put back.
struct Preview {
    rival: Rival,
    agent: Agent,
    running: Running,
    /// Seconds to the first page, without and with what an earlier run left.
    starts: [f64; 2],
    /// Article and address.
    articles: Vec<(PathBuf, String)>,
    originals: Vec<(PathBuf, Vec<u8>)>,
    /// Megabytes that it held after each edit.
    readings: Vec<f64>,
}

struct Running {
    process: Child,
    port: u16,
}

impl Preview {
    fn of(rival: Rival) -> Self {
        for leftover in &rival.leftovers {
            let _ = fs::remove_dir_all(leftover);
            let _ = fs::remove_file(leftover);
        }
        let agent: Agent = Agent::config_builder()
            .http_status_as_error(false)
            .proxy(None)
            .build()
            .into();
        let articles = articles(&rival.site.join("content"));
        let first = &articles[0].1;
        // Addresses in the pages hold the port, so a second run keeps it.
        let port = free_port();
        let mut starts = [0.0; 2];
        let mut running = None;
        for seconds in &mut starts {
            // The one before it must have ended.
            drop(running.take());
            let started = Instant::now();
            let now = running.insert(Running::start(&rival, port));
            now.wait_for(&agent, first, "");
            *seconds = started.elapsed().as_secs_f64();
        }
        Self {
            running: running.expect("it was started"),
            rival,
            agent,
            starts,
            articles,
            originals: Vec::new(),
            readings: Vec::new(),
        }
    }

    /// How long the edit of an article takes to be seen.
    fn edit(&mut self, number: usize) -> Duration {
        // Far from each other, so that no two share a list.
        const STRIDE: usize = 487;
        let (file, address) = &self.articles[number * STRIDE % self.articles.len()];
        let mut article = fs::read(file).expect("an article");
        if self.originals.iter().all(|(known, _)| known != file) {
            self.originals.push((file.clone(), article.clone()));
        }
        let words = format!("Revision {number} of this text.");
        article.extend_from_slice(format!("\n\n{words}\n").as_bytes());
        fs::write(file, article).expect("an edited article");
        let started = Instant::now();
        self.running.wait_for(&self.agent, address, &words);
        let elapsed = started.elapsed();
        self.readings.push(self.megabytes());
        elapsed
    }

    /// The memory that it holds now.
    fn megabytes(&self) -> f64 {
        let status = format!("/proc/{}/status", self.running.process.id());
        let status = fs::read_to_string(status).expect("Linux tells");
        let line = status.lines().find(|line| line.starts_with("VmRSS:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
        kilobytes.map_or(f64::NAN, |kilobytes: f64| kilobytes / 1024.0)
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        for (file, bytes) in &self.originals {
            let _ = fs::write(file, bytes);
        }
    }
}

impl Running {
    fn start(rival: &Rival, port: u16) -> Self {
        let process = Command::new(&rival.program)
            .args(&rival.arguments)
            .arg(port.to_string())
            .stdout(Stdio::null())
            .stderr(Stdio::inherit())
            // A launcher may have started the program itself.
            .process_group(0)
            .spawn()
            .expect("the program starts");
        Self { process, port }
    }

    /// Asks for a page until it is there and holds some words.
    fn wait_for(&self, agent: &Agent, address: &str, words: &str) {
        const PAUSE: Duration = Duration::from_millis(2);
        let url = format!("http://127.0.0.1:{}{address}", self.port);
        loop {
            let is_open = TcpStream::connect(("127.0.0.1", self.port)).is_ok();
            if is_open && let Ok(mut answer) = agent.get(&url).call() {
                let page = answer.body_mut().read_to_string().unwrap_or_default();
                if answer.status() == 200 && page.contains(words) {
                    return;
                }
            }
            thread::sleep(PAUSE);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let group = -libc::pid_t::try_from(self.process.id()).expect("a process id");
        // SAFETY: it takes no pointers, and the group is that of a child not waited for.
        unsafe { libc::kill(group, libc::SIGINT) };
        let _ = self.process.wait();
    }
}

fn free_port() -> u16 {
    let free = TcpListener::bind("127.0.0.1:0").expect("a port");
    free.local_addr().expect("an address").port()
}

/// Every article whose address follows from its name, by path.
fn articles(content: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![content.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let below = text(path.strip_prefix(content).expect("below it")).to_owned();
            let name = below.strip_suffix(".md");
            let is_plain = |name: &&str| !name.contains(['.', '_']) && name.is_ascii();
            if path.is_dir() {
                folders.push(path);
            } else if let Some(name) = name.filter(is_plain) {
                found.push((path.clone(), format!("/{name}/")));
            }
        }
    }
    found.sort();
    found
}
