//! Prints the table of `docs/sign-ins.md`.

#![allow(clippy::print_stdout, reason = "that is what it is for")]
#![allow(dead_code, reason = "shared with a test that reads the rates themselves")]

#[path = "../tests/sign_ins_world/mod.rs"]
mod sign_ins_world;

fn main() {
    print!("{}", sign_ins_world::table());
}
