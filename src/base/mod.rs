//! Floor 0: what the standard library could have had. No word of the domain.

pub mod atomic_file;
pub mod digits;
pub mod generation;
pub mod local_time;
pub mod progress;
pub mod quietly;
pub mod rgba_image;
pub mod stopwatch;

pub use atomic_file::AtomicFile;
pub use generation::Generation;
pub use local_time::{local_day, local_minute};
pub use progress::{Cancelled, Progress};
pub use quietly::{Broken, quietly};
pub use rgba_image::RgbaImage;
pub use stopwatch::Stopwatch;
