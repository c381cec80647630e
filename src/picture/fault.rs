//! What can be wrong with a picture file.

use crate::diagnostic::{Message, say};

/// The most samples of a picture: a page of A4 at 600 dpi in colour, or at 1,200 dpi in grey.
pub(super) const MOST_SAMPLES: u64 = 150_000_000;

/// What is wrong with a picture file, and what to do about it.
pub type FileFault = (Message, Message);

pub(super) fn damaged() -> FileFault {
    (say!("已损坏，或者没有存完", "is damaged, or was not saved to its end"), say!("重新导出一次", "export it again"))
}

/// Checks the size of a picture before any of it is decoded.
///
/// # Errors
/// A picture without pixels is damaged; one of more samples than anyone prints is too large.
pub(super) fn check_size(width: u32, height: u32, channels: u8) -> Result<(), FileFault> {
    if width == 0 || height == 0 {
        return Err(damaged());
    }
    if u64::from(width).saturating_mul(u64::from(height)).saturating_mul(channels.into()) > MOST_SAMPLES {
        return Err((
            say!("有 {width}×{height} 个像素，太大了", "has {width}×{height} pixels, which is too large"),
            say!(
                "缩小到印刷要用的大小（每英寸 300 至 600 像素）",
                "scale it to what print needs (300 to 600 pixels an inch)"
            ),
        ));
    }
    Ok(())
}
