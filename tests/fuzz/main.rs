//! Replays the corpus, and mutates it with a seeded generator: inputs that once broke something
//! are kept in `corpus/` and can never break it again.

mod targets;

use std::fs;
use std::path::Path;

use targets::TARGETS;

const MUTATIONS: u64 = 300;

#[test]
fn every_input_of_the_corpus_keeps_the_promises() {
    for (name, target) in TARGETS {
        let inputs = corpus(name);
        assert!(!inputs.is_empty(), "the corpus of {name} is empty");
        for (_, bytes) in inputs {
            target(&bytes);
        }
    }
}

#[test]
fn mutations_of_the_corpus_keep_the_promises() {
    for (name, target) in TARGETS {
        for (file, bytes) in corpus(name) {
            for seed in 0..MUTATIONS.min(40_000 / (bytes.len() as u64 + 1) + 1) {
                let mutated = mutate(&bytes, seed);
                let outcome = std::panic::catch_unwind(|| target(&mutated));
                assert!(
                    outcome.is_ok(),
                    "{name}/{file}, seed {seed}: {:?}",
                    String::from_utf8_lossy(&mutated)
                );
            }
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the corpus is a folder of files")]
fn corpus(name: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fuzz/corpus")
        .join(name);
    let mut inputs: Vec<(String, Vec<u8>)> = fs::read_dir(&folder)
        .expect("a corpus for every target")
        .map(|entry| entry.expect("an entry").path())
        .map(|path| {
            let name = path
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            (name, fs::read(&path).expect("a readable input"))
        })
        .collect();
    inputs.sort();
    inputs
}

/// A few bytes flipped, cut, doubled or replaced by something that has a meaning.
fn mutate(bytes: &[u8], seed: u64) -> Vec<u8> {
    const PIECES: &[&str] = &[
        "---", "\n", "：", "\"", "[", "](", "`", "<", "$", "\u{feff}", "\t", "../", "日", "\0",
        ": ", "|", "{", "~",
    ];
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ bytes.len() as u64;
    let mut next = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below.max(1)
    };
    let mut mutated = bytes.to_vec();
    for _ in 0..=next(4) {
        let at = next(mutated.len() + 1);
        match next(4) {
            0 if at < mutated.len() => mutated[at] ^= 1 << next(8),
            1 => mutated.truncate(at),
            2 => {
                let end = (at + next(16)).min(mutated.len());
                let copy = mutated[at..end].to_vec();
                mutated.splice(at..at, copy);
            }
            _ => {
                let piece = PIECES[next(PIECES.len())];
                mutated.splice(at..at, piece.bytes());
            }
        }
    }
    mutated
}
