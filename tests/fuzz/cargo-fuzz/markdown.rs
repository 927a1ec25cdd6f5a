//! `cargo fuzz run markdown -- ../corpus/markdown`, from this folder, with a nightly compiler.
#![no_main]
#![allow(dead_code)]

#[path = "../targets.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::markdown_bodies(bytes));
