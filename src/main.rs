//! The binary.
fn main() {
    let demo = std::env::args().any(|a| a == "demo");
    let lang = std::env::args().find_map(|a| livelihood_map::words::Lang::from_code(&a));
    let start = livelihood_map::gui::Start { demo, workspace: None, lang, as_of: None };
    if let Err(e) = livelihood_map::gui::run(start) { eprintln!("{}", e.0) }
}
