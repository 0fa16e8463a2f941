//! Pictures as PNG.

use super::output;
use crate::base::RgbaImage;
use crate::words::Fault;
use std::path::Path;

/// Writes a picture. PNG knows no premultiplied alpha, so the colours are divided by it.
pub fn write_png(path: &Path, image: &RgbaImage) -> Result<(), Fault> {
    let failed = || output::failed::<png::EncodingError>(path);
    let mut file = output::open(path)?;
    let mut encoder = png::Encoder::new(&mut file, image.width_px, image.height_px);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().map_err(failed())?;
    writer
        .write_image_data(&straight(&image.pixels))
        .map_err(failed())?;
    writer.finish().map_err(failed())?;
    output::finish(path, file)
}

/// Premultiplied → straight alpha.
fn straight(pixels: &[u8]) -> Vec<u8> {
    let mut out = pixels.to_vec();
    let (pixels, _) = out.as_chunks_mut::<4>();
    for [red, green, blue, alpha] in pixels {
        let alpha = u32::from(*alpha);
        if alpha == 0 || alpha == 255 {
            continue;
        }
        for colour in [red, green, blue] {
            *colour = ((u32::from(*colour) * 255 + alpha / 2) / alpha).min(255) as u8;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_reads_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("地图.png");
        let image = RgbaImage {
            width_px: 2,
            height_px: 1,
            pixels: vec![10, 20, 30, 255, 64, 0, 128, 128],
        };
        write_png(&path, &image).unwrap();
        let decoder =
            png::Decoder::new(std::io::BufReader::new(std::fs::File::open(&path).unwrap()));
        let mut reader = decoder.read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut pixels).unwrap();
        assert_eq!(pixels, [10, 20, 30, 255, 128, 0, 255, 128]);
    }

    #[test]
    fn a_picture_of_the_wrong_length_is_a_fault_and_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.png");
        let mut image = RgbaImage::transparent(2, 2);
        image.pixels.pop();
        assert!(write_png(&path, &image).is_err());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
