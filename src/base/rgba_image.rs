//! A plain picture in memory.

/// Pixels in rows from the top left, four bytes each: red, green, blue, alpha.
/// Colours are sRGB; alpha is premultiplied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RgbaImage {
    /// Width in pixels.
    pub width_px: u32,
    /// Height in pixels.
    pub height_px: u32,
    /// `width_px * height_px * 4` bytes.
    pub pixels: Vec<u8>,
}

impl RgbaImage {
    /// A wholly transparent picture.
    pub fn transparent(width_px: u32, height_px: u32) -> Self {
        Self {
            width_px,
            height_px,
            pixels: vec![0; width_px as usize * height_px as usize * 4],
        }
    }

    /// The four bytes at (x, y), or `None` outside the picture.
    pub fn get(&self, x_px: u32, y_px: u32) -> Option<[u8; 4]> {
        if x_px >= self.width_px {
            return None;
        }
        let at = (y_px as usize * self.width_px as usize + x_px as usize) * 4;
        self.pixels.get(at..at + 4)?.try_into().ok()
    }
}
