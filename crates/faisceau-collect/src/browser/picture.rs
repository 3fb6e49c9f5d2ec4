//! The page as a picture and as a document to print.
//!
//! In: a page that has settled. Out: PNG in tiles, PDF. Refused: a page beyond the number of tiles
//! (it is cut, and said to be), bytes beyond the limits.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::Clock;

use super::record::Tile;
use super::session::{CallError, Session, To};
use super::value::{number, text};

/// The height of a tile in pixels of the device: what Chromium draws in one piece is 16,384 high.
const TILE: u64 = 16_000;
/// The widest that is drawn, in pixels of the device.
const WIDEST: u64 = 16_000;
/// Tiles.
const TILES: u64 = 10;
/// How long one tile or the print may take.
const DRAWS: Duration = Duration::from_secs(40);
/// Bytes of all tiles, and of the print.
const PICTURE: usize = 256 << 20;
const PRINT: usize = 128 << 20;

/// A picture, and what is missing of it.
#[derive(Default)]
pub(super) struct Picture {
    pub(super) png: Vec<Vec<u8>>,
    pub(super) tiles: Vec<Tile>,
    pub(super) size: Option<(u64, u64)>,
    pub(super) missing: Vec<String>,
}

/// Draws the page from its top.
pub(super) fn draw(session: &mut Session, scale: u32, clock: &Clock<'_>) -> Picture {
    let mut picture = Picture::default();
    let scale = u64::from(scale.max(1));
    let size = session.call(To::Page, "Page.getLayoutMetrics", json!({}), DRAWS).map(|metrics| {
        let of = |pointer| number(&metrics, pointer).unwrap_or_default();
        (of("/cssContentSize/width"), of("/cssContentSize/height"))
    });
    let (width, height) = match size {
        Ok(size) => size,
        Err(error) => {
            picture.missing.push(format!("no picture: {error}"));
            return picture;
        }
    };
    picture.size = Some((width, height));
    if width * scale > WIDEST {
        picture.missing.push(format!("the picture is cut: the page is {width} pixels wide"));
    }
    let (width, step) = (width.min(WIDEST / scale).max(1), TILE / scale);
    let mut top = 0;
    while top < height.max(1) {
        if picture.tiles.len() as u64 >= TILES {
            picture.missing.push(format!("the picture is cut at {top} of {height} pixels"));
            break;
        }
        let tile = Tile { top, width, height: step.min(height.max(1) - top), at: clock() };
        match shoot(session, &tile) {
            Ok(png) if picture.png.iter().map(Vec::len).sum::<usize>() + png.len() <= PICTURE => {
                picture.png.push(png);
                picture.tiles.push(tile);
            }
            Ok(_) => {
                let why = format!("the picture is cut at {top} of {height} pixels: too many bytes");
                picture.missing.push(why);
                break;
            }
            Err(error) => {
                let why = format!("the picture is cut at {top} of {height} pixels: {error}");
                picture.missing.push(why);
                break;
            }
        }
        top += step;
    }
    picture
}

fn shoot(session: &mut Session, tile: &Tile) -> Result<Vec<u8>, CallError> {
    let clip = json!({
        "x": 0, "y": tile.top, "width": tile.width, "height": tile.height, "scale": 1,
    });
    let params = json!({"format": "png", "captureBeyondViewport": true, "clip": clip});
    let answer = session.call(To::Page, "Page.captureScreenshot", params, DRAWS)?;
    decode(text(&answer, "/data"))
}

fn decode(data: &str) -> Result<Vec<u8>, CallError> {
    let bytes = STANDARD.decode(data).unwrap_or_default();
    if bytes.is_empty() {
        return Err(CallError::Fault("an empty answer".to_owned()));
    }
    Ok(bytes)
}

/// Prints the page on A4, backgrounds included.
pub(super) fn print(session: &mut Session) -> Result<Vec<u8>, CallError> {
    let params = json!({
        "printBackground": true,
        "paperWidth": 8.27,
        "paperHeight": 11.69,
        "transferMode": "ReturnAsStream",
    });
    let answer = session.call(To::Page, "Page.printToPDF", params, DRAWS)?;
    let handle = text(&answer, "/stream").to_owned();
    let bytes = read(session, &handle);
    // The browser ends soon: what it does not free now it frees then.
    let _ = session.call(To::Page, "IO.close", json!({"handle": handle}), DRAWS);
    bytes
}

fn read(session: &mut Session, handle: &str) -> Result<Vec<u8>, CallError> {
    let mut bytes = Vec::new();
    loop {
        let params = json!({"handle": handle, "size": 1 << 20});
        let piece = session.call(To::Page, "IO.read", params, DRAWS)?;
        let data = text(&piece, "/data");
        let eof = piece.pointer("/eof").and_then(Value::as_bool).unwrap_or(true);
        if data.is_empty() && !eof {
            return Err(CallError::Fault("an empty answer".to_owned()));
        }
        bytes.extend(STANDARD.decode(data).map_err(|e| CallError::Fault(e.to_string()))?);
        if bytes.len() > PRINT {
            return Err(CallError::Fault(format!("a print of more than {PRINT} bytes")));
        }
        if eof {
            return if bytes.is_empty() { decode("") } else { Ok(bytes) };
        }
    }
}
