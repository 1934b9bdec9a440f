//! Templates and assets are embedded: a new file in them makes a new program.
#[allow(clippy::disallowed_macros, reason = "cargo reads what a build script prints")]
fn main() {
    println!("cargo::rerun-if-changed=templates");
    println!("cargo::rerun-if-changed=assets");
}
