//! The allocator of the program: mimalloc. Its crate for Rust asks for an alignment with every
//! block, which takes longer than to ask for one as every block is aligned; and a build asks for a
//! thousand blocks for each article.

use std::alloc::{GlobalAlloc, Layout};

use libmimalloc_sys::{
    mi_free, mi_malloc, mi_malloc_aligned, mi_realloc, mi_realloc_aligned, mi_zalloc_aligned,
};

/// How every block is aligned, whatever its size.
const EVERY: usize = size_of::<usize>();

/// Mimalloc.
pub struct Mimalloc;

// SAFETY: blocks are at least as large and aligned as asked for, for mimalloc aligns every block to
// a word and others as it is told; it knows the blocks that it gave, and does not unwind.
unsafe impl GlobalAlloc for Mimalloc {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: an alignment is a power of two.
        unsafe {
            match layout.align() <= EVERY {
                true => mi_malloc(layout.size()).cast(),
                false => mi_malloc_aligned(layout.size(), layout.align()).cast(),
            }
        }
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: an alignment is a power of two.
        unsafe { mi_zalloc_aligned(layout.size(), layout.align()).cast() }
    }

    #[inline]
    unsafe fn dealloc(&self, block: *mut u8, _: Layout) {
        // SAFETY: whoever calls this promises that it is a block of this allocator.
        unsafe { mi_free(block.cast()) }
    }

    #[inline]
    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the same, and an alignment is a power of two.
        unsafe {
            match layout.align() <= EVERY {
                true => mi_realloc(block.cast(), size).cast(),
                false => mi_realloc_aligned(block.cast(), size, layout.align()).cast(),
            }
        }
    }
}
