//! Textures of the layers' pictures: uploaded once a picture, kept until the next.

use crate::base::RgbaImage;
use crate::layer::LayerId;
use egui::{ColorImage, Context, TextureHandle, TextureOptions};
use std::collections::BTreeMap;

/// One texture a layer.
#[derive(Default)]
pub(super) struct TextureCache {
    textures: BTreeMap<LayerId, (u64, TextureHandle)>,
}

impl TextureCache {
    /// The texture of a layer's picture; `serial` says which picture it is.
    pub(super) fn texture(
        &mut self,
        ctx: &Context,
        layer: LayerId,
        serial: u64,
        image: &RgbaImage,
    ) -> TextureHandle {
        if let Some((known, texture)) = self.textures.get(&layer)
            && *known == serial
        {
            return texture.clone();
        }
        let size = [image.width_px as usize, image.height_px as usize];
        let pixels = ColorImage::from_rgba_premultiplied(size, &image.pixels);
        let texture =
            ctx.load_texture(format!("layer {}", layer.0), pixels, TextureOptions::LINEAR);
        self.textures.insert(layer, (serial, texture.clone()));
        texture
    }

    /// Lets go of layers that are no more.
    pub(super) fn keep(&mut self, is_there: impl Fn(LayerId) -> bool) {
        self.textures.retain(|layer, _| is_there(*layer));
    }
}
