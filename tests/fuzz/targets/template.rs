//! A template of columns. What is read and written is the same when it is read again.

#![no_main]

use livelihood_map::read::{FileChoice, Template, read_template};
use livelihood_map_fuzz::{Files, answered};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let files = Files::of(&[("list.toml", bytes)]);
    let path = files.path("list.toml");
    match read_template(&path) {
        Ok(template) => {
            let text = template.to_toml();
            let again = Template::parse(&text, &path).map(|again| again.to_toml());
            assert_eq!(again.ok().as_ref(), Some(&text), "written and read again");
            template.apply(&mut FileChoice::of(path));
        }
        Err(fault) => answered(Err(fault)),
    }
});
