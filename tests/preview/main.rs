//! The preview, asked from outside: the program runs on a port of its own, and the tests edit a
//! site and look at what is shown. They wait for what the program says or answers, never for time
//! to pass; what does not come within half a minute will not come. Those in a browser need what the
//! tests of the built site need, and are left out where it is missing.

#![cfg(unix)]
#![expect(
    clippy::disallowed_methods,
    reason = "a test reads and writes its folders itself"
)]

mod browser;
mod bursts;
mod crowd;
mod edits;
mod ends;
mod events;
mod guard;
mod http;
mod marks;
mod mistakes;
mod process;
#[path = "../browser/requirements.rs"]
#[allow(dead_code, reason = "some of it is for checks of what is built")]
mod requirements;
mod serving;
mod site;
mod steady;
#[path = "../browser/webdriver.rs"]
#[allow(dead_code, reason = "some of it is for checks of what is built")]
mod webdriver;
