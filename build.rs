//! Templates and assets are embedded: a new file in them makes a new program.
fn main() {
    println!("cargo::rerun-if-changed=templates");
    println!("cargo::rerun-if-changed=assets");
}
