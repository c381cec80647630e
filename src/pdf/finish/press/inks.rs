//! From the colours of pictures to the inks of a press, by its profile.

use crate::pdf::PdfError;
use moxcms::{ColorProfile, DataColorSpace, Layout, ProfileClass, Transform8BitExecutor, TransformOptions};
use std::sync::Arc;

/// Offset on white uncoated paper.
const UNCOATED: &[u8] = include_bytes!("../../profiles/uncoated-fogra29.icc");
/// What that is called where output conditions are registered.
const CONDITION: &str = "FOGRA29";

/// The inks of a press.
pub(in crate::pdf::finish) struct PressInks {
    /// Its profile.
    pub(in crate::pdf::finish) icc: Vec<u8>,
    /// What its output condition is called: by the register, or as its profile describes it.
    pub(in crate::pdf::finish) condition: String,
    /// True where the register has that name.
    pub(in crate::pdf::finish) registered: bool,
    transform: Arc<Transform8BitExecutor>,
}

impl PressInks {
    /// Of a profile; None: that of the program.
    ///
    /// # Errors
    /// A file that is no profile, or none of a press of four inks (ISO 15930-7 6.4.2.1).
    pub(in crate::pdf::finish) fn new(icc: Option<&[u8]>) -> Result<Self, PdfError> {
        let bytes = icc.unwrap_or(UNCOATED);
        let fault = |cause: &str| PdfError::Profile { cause: cause.to_owned() };
        let profile = ColorProfile::new_from_slice(bytes).map_err(|cause| fault(&cause.to_string()))?;
        if profile.color_space != DataColorSpace::Cmyk {
            return Err(fault("not CMYK"));
        }
        if profile.profile_class != ProfileClass::OutputDevice {
            return Err(fault("class is not prtr"));
        }
        // Four samples a pixel, whatever they are called.
        let transform = ColorProfile::new_srgb()
            .create_transform_8bit(Layout::Rgb, &profile, Layout::Rgba, TransformOptions::default())
            .map_err(|cause| fault(&cause.to_string()))?;
        let registered = icc.is_none();
        let condition = if registered { CONDITION.to_owned() } else { "Custom".to_owned() };
        Ok(Self { icc: bytes.to_vec(), condition, registered, transform })
    }

    /// The inks of pixels, from red, green and blue, a byte each, to cyan, magenta, yellow and black.
    pub(in crate::pdf::finish) fn pixels(&self, rgb: &[u8]) -> Result<Vec<u8>, PdfError> {
        let mut inks = vec![0; rgb.len() / 3 * 4];
        self.transform.transform(rgb, &mut inks).map_err(|cause| PdfError::Profile { cause: cause.to_string() })?;
        Ok(inks)
    }

    /// The inks of one colour, each from 0 to 1. A grey is black alone.
    pub(in crate::pdf::finish) fn color(&self, [r, g, b]: [f32; 3]) -> Result<[f32; 4], PdfError> {
        let byte = |light: f32| (light.clamp(0.0, 1.0) * 255.0).round() as u8;
        let rgb = [byte(r), byte(g), byte(b)];
        if rgb[0] == rgb[1] && rgb[1] == rgb[2] {
            return Ok([0.0, 0.0, 0.0, 1.0 - f32::from(rgb[0]) / 255.0]);
        }
        let inks = self.pixels(&rgb)?;
        let mut parts = [0.0; 4];
        for (part, ink) in parts.iter_mut().zip(inks) {
            *part = f32::from(ink) / 255.0;
        }
        Ok(parts)
    }
}
