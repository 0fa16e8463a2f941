//! The floors of the house and the homes of the crates: the table of `ARCHITECTURE.md`.

/// A folder of `src`, or one file beside them.
pub(super) struct Floor {
    /// Its name, as in `crate::name`.
    pub(super) name: &'static str,
    /// The floors that its files may name.
    pub(super) may_name: &'static [&'static str],
}

/// A third-party crate.
pub(super) struct Home {
    /// Its name in paths.
    pub(super) name: &'static str,
    /// The floors that may name it.
    pub(super) floors: &'static [&'static str],
}

const fn floor(name: &'static str, may_name: &'static [&'static str]) -> Floor {
    Floor { name, may_name }
}

const fn home(name: &'static str, floors: &'static [&'static str]) -> Home {
    Home { name, floors }
}

/// From the ground up; a floor stands behind everything that it may name.
pub(super) const FLOORS: &[Floor] = &[
    // 0
    floor("base", &[]),
    // 1
    floor("words", &["base"]),
    floor("model", &["base", "words"]),
    floor("datum", &["base", "model"]),
    // 2: blind to each other; `jobs` joins them.
    floor("read", &["base", "words", "model", "datum"]),
    floor("write", &["base", "words", "model", "datum"]),
    floor("store", &["base", "words", "model"]),
    floor("snapshot", &["base", "words", "model", "datum"]),
    floor("town", &["base", "words", "model", "datum"]),
    // 3
    floor("query", &["base", "words", "model", "datum", "snapshot"]),
    // 4
    floor(
        "analysis",
        &["base", "words", "model", "datum", "snapshot", "query"],
    ),
    // 5
    floor(
        "layer",
        &[
            "base", "words", "model", "datum", "snapshot", "query", "analysis",
        ],
    ),
    // 6
    floor(
        "jobs",
        &[
            "base", "words", "model", "datum", "read", "write", "store", "snapshot", "town",
            "query", "analysis", "layer",
        ],
    ),
    // 7
    floor(
        "session",
        &[
            "base", "words", "model", "datum", "snapshot", "query", "analysis", "layer", "jobs",
        ],
    ),
    // 8: `cli` and `map` are blind to each other.
    floor(
        "cli",
        &[
            "base", "words", "model", "datum", "read", "write", "snapshot", "query", "analysis",
            "layer", "jobs", "session",
        ],
    ),
    floor(
        "map",
        &[
            "base", "words", "model", "datum", "snapshot", "query", "analysis", "layer", "jobs",
            "session",
        ],
    ),
    // 9
    floor(
        "ui",
        &[
            "base", "words", "model", "datum", "snapshot", "query", "analysis", "layer", "jobs",
            "session", "map",
        ],
    ),
    // 10
    floor("gui", &["words", "model", "jobs", "session", "map", "ui"]),
    // The binary.
    floor("main", &["words", "cli", "gui"]),
];

/// Where each dependency of `Cargo.toml` lives.
pub(super) const CRATES: &[Home] = &[
    home("ahash", &["store"]),
    home("anyhow", &["cli"]),
    home("calamine", &["read"]),
    home("chardetng", &["read"]),
    home("clap", &["cli"]),
    home("csv", &["read", "write"]),
    home("directories", &["jobs", "session", "cli"]),
    home("eframe", &["gui"]),
    home("egui", &["map", "ui", "gui"]),
    home("encoding_rs", &["read", "write"]),
    home("geo", &["analysis"]),
    home(
        "geo_types",
        &[
            "model", "datum", "read", "write", "store", "snapshot", "town", "query", "analysis",
            "layer", "jobs", "session", "cli", "map", "ui",
        ],
    ),
    home("geojson", &["read", "write"]),
    home("jiff", &["base", "model"]),
    home("memchr", &["read"]),
    home("microlp", &["analysis"]),
    home("mimalloc", &["main"]),
    home("mvt", &["write"]),
    home("mvt_reader", &["read"]),
    home("pmtiles", &["read", "write"]),
    home("png", &["write"]),
    home("pollster", &["read"]),
    home("proj4rs", &["datum"]),
    home("quick_xml", &["read"]),
    home("rand", &["town"]),
    // Permutations of a stated seed are the same on every machine.
    home("rand_chacha", &["town", "analysis"]),
    home(
        "rayon",
        &["read", "snapshot", "query", "analysis", "layer", "jobs"],
    ),
    home("rfd", &["ui"]),
    home("robust", &["snapshot"]),
    home("rstar", &["snapshot"]),
    // A GeoPackage is an SQLite file: reading one is a format, not the workspace.
    home("rusqlite", &["store", "read"]),
    home("rust_xlsxwriter", &["write"]),
    home("serde", &["read", "session"]),
    home("serde_json", &["read", "write", "cli"]),
    home("simdutf8", &["read"]),
    home("skrifa", &["layer"]),
    home("strsim", &["analysis"]),
    home("sys_locale", &["words"]),
    home("tiny_skia", &["layer"]),
    home("toml", &["words", "read", "session"]),
    home("walkers", &["map", "gui"]),
    home("zip", &["read"]),
];
