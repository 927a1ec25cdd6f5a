//! `cargo fuzz run front_matter -- ../corpus/front_matter`, from this folder, with a nightly compiler.
#![no_main]
#![allow(dead_code)]

#[path = "../targets.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::front_matter(bytes));
