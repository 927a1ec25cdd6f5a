//! The `courant` program: everything it does is in the library.

mod allocator;

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: allocator::Mimalloc = allocator::Mimalloc;

fn main() -> ExitCode {
    #[cfg(target_os = "linux")]
    use_small_pages();
    courant::cli::run(std::env::args_os()).into()
}

/// The allocator asks for pages of 2 MB, of which it then leaves much unused; on a site of 10,000
/// articles that is a sixth of all memory, and no time is won. A kernel that cannot refuse them
/// costs memory and nothing else.
#[cfg(target_os = "linux")]
fn use_small_pages() {
    let _ = rustix::thread::disable_transparent_huge_pages(true);
}
