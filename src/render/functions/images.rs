//! Sizes of images, and smaller copies of them.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::webp::WebPEncoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Rgb, RgbImage};
use tera::Value;

use crate::digest::Digest;
use crate::message::{Argument, Message, say};
use crate::path::{OutputPath, SourcePath};

use super::super::arguments::{Arguments, Refusal};
use super::super::scope::Scope;
use super::super::shapes::Record;
use super::links::{File, file};

/// Endings of images, what they are called and what browsers are told they are.
const FORMATS: &[(&str, &str, &str)] = &[
    ("avif", "avif", "image/avif"),
    ("gif", "gif", "image/gif"),
    ("jpeg", "jpg", "image/jpeg"),
    ("jpg", "jpg", "image/jpeg"),
    ("png", "png", "image/png"),
    ("svg", "svg", "image/svg+xml"),
    ("webp", "webp", "image/webp"),
];

pub(super) fn get_image_metadata(
    arguments: &Arguments<'_>,
    scope: &Scope,
) -> Result<Value, Refusal> {
    let source = file(scope, arguments.text("path")?)?.source;
    let bytes = scope.reader.bytes(&source)?;
    let (width, height) = match Original::read(&bytes) {
        Ok(original) => original.size,
        Err(_) => {
            let size = imagesize::blob_size(&bytes).map_err(|_| say::size_unreadable(&source))?;
            (pixels(size.width), pixels(size.height))
        }
    };
    let extension = source.extension();
    let known = FORMATS.iter().find(|(ending, _, _)| *ending == extension);
    let mut shape = Record::with_room(4);
    shape.set("width", width);
    shape.set("height", height);
    shape.set(
        "format",
        known.map_or(extension.as_str(), |(_, format, _)| format),
    );
    shape.set("mime", known.map(|(_, _, mime)| *mime));
    Ok(shape.into())
}

fn pixels(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

pub(super) fn resize_image(arguments: &Arguments<'_>, scope: &Scope) -> Result<Value, Refusal> {
    let File { source, url } = file(scope, arguments.text("path")?)?;
    let bytes = scope.reader.bytes(&source)?;
    let original = Original::read(&bytes).map_err(|reason| {
        Refusal::new(say::cannot_resize(&source, reason), say::use_image_format())
    })?;
    let wanted = (arguments.count("width")?, arguments.count("height")?);
    let plan = plan(
        Op::of(arguments.optional_text("op")?, wanted)?,
        wanted,
        original.size,
    )?;
    let format = output_format(
        arguments.optional_text("format")?.unwrap_or("auto"),
        original.format,
    )?;
    let quality = arguments.count("quality")?.unwrap_or(75).clamp(1, 100) as u8;
    let stays = plan.size == original.size
        && format == original.format
        && original.orientation == Orientation::NoTransforms;
    let url = match stays {
        true => scope.reader.config().href(&url),
        false => derive(scope, &source, bytes, &plan, format, quality)?,
    };
    let mut shape = Record::with_room(5);
    shape.set("url", url);
    shape.set("width", plan.size.0);
    shape.set("height", plan.size.1);
    shape.set("orig_width", original.size.0);
    shape.set("orig_height", original.size.1);
    Ok(shape.into())
}

/// Makes the copy an output of its own, named by what it is made of.
fn derive(
    scope: &Scope,
    source: &SourcePath,
    bytes: Vec<u8>,
    plan: &Plan,
    format: ImageFormat,
    quality: u8,
) -> Result<String, Refusal> {
    const DIGITS: usize = 16;
    let recipe = format!("{} {plan:?} {format:?} {quality}", Digest::of(&bytes));
    let digest = Digest::of(recipe.as_bytes()).to_string();
    let name = source.name();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let extension = format.extensions_str().first().copied().unwrap_or("bin");
    let output = OutputPath::checked(&format!("resized/{stem}-{}.{extension}", &digest[..DIGITS]))?;
    let url = scope.reader.config().href(&output.url());
    let plan = *plan;
    scope.reader.derive(output, move || {
        resized(&bytes, &plan, format, quality)
            .map_err(|error| say::resizing_failed(Argument::Foreign(error.to_string())))
    })?;
    Ok(url)
}

/// What an image's header says. Cameras store some pictures turned; `size` is as they are seen.
struct Original {
    format: ImageFormat,
    orientation: Orientation,
    size: (u32, u32),
}

impl Original {
    fn read(bytes: &[u8]) -> Result<Self, Argument> {
        let reader = ImageReader::new(Cursor::new(bytes))
            .with_guessed_format()
            .map_err(|error| Argument::Foreign(error.to_string()))?;
        let format = reader.format().ok_or_else(say::no_image)?;
        let mut decoder = reader
            .into_decoder()
            .map_err(|error| Argument::Foreign(error.to_string()))?;
        let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
        let (width, height) = decoder.dimensions();
        let is_turned = matches!(
            orientation,
            Orientation::Rotate90
                | Orientation::Rotate270
                | Orientation::Rotate90FlipH
                | Orientation::Rotate270FlipH
        );
        let size = if is_turned {
            (height, width)
        } else {
            (width, height)
        };
        Ok(Self {
            format,
            orientation,
            size,
        })
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Op {
    Fill,
    Fit,
    FitWidth,
    FitHeight,
    Scale,
}

impl Op {
    const ALL: &[(&str, Self)] = &[
        ("fill", Self::Fill),
        ("fit", Self::Fit),
        ("fit_width", Self::FitWidth),
        ("fit_height", Self::FitHeight),
        ("scale", Self::Scale),
    ];

    /// Without a name, what the given sizes allow.
    fn of(name: Option<&str>, wanted: (Option<u32>, Option<u32>)) -> Result<Self, Refusal> {
        let Some(name) = name else {
            return Ok(match wanted {
                (Some(_), None) => Self::FitWidth,
                (None, Some(_)) => Self::FitHeight,
                _ => Self::Fill,
            });
        };
        let found = Self::ALL.iter().find(|(known, _)| *known == name);
        found.map(|(_, op)| *op).ok_or_else(|| {
            let names = Self::ALL.iter().map(|(name, _)| name);
            Refusal::new(
                say::cannot_be("op", name),
                say::write_one_of(Argument::quoted(names)),
            )
        })
    }
}

/// What is cut out of an image, and how large the cut becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Plan {
    /// Left, top, width and height of what is kept; everything without it.
    crop: Option<(u32, u32, u32, u32)>,
    size: (u32, u32),
}

/// No operation makes an image larger than it is: that adds bytes and no detail.
fn plan(op: Op, wanted: (Option<u32>, Option<u32>), original: (u32, u32)) -> Result<Plan, Message> {
    let needed = |value: Option<u32>, name: &str| match value {
        Some(0) => Err(say::cannot_be_zero(name)),
        Some(value) => Ok(value),
        None => Err(say::needed_for_op(name)),
    };
    let width = || needed(wanted.0, "width");
    let height = || needed(wanted.1, "height");
    let (have_width, have_height) = original;
    let whole = |size| Plan { crop: None, size };
    Ok(match op {
        Op::Scale => whole((width()?.min(have_width), height()?.min(have_height))),
        Op::FitWidth => whole(to_width(original, width()?)),
        Op::FitHeight => whole(to_height(original, height()?)),
        Op::Fit => {
            let (width, height) = (width()?, height()?);
            let by_width = to_width(original, width);
            whole(if by_width.1 <= height {
                by_width
            } else {
                to_height(original, height)
            })
        }
        Op::Fill => {
            let (width, height) = (width()?, height()?);
            let (cut_width, cut_height) = cut(original, (width, height));
            let size = if width <= cut_width {
                (width, height)
            } else {
                (cut_width, cut_height)
            };
            let crop = (
                (have_width - cut_width) / 2,
                (have_height - cut_height) / 2,
                cut_width,
                cut_height,
            );
            Plan {
                crop: (original != (cut_width, cut_height)).then_some(crop),
                size,
            }
        }
    })
}

fn to_width((have_width, have_height): (u32, u32), width: u32) -> (u32, u32) {
    let width = width.min(have_width);
    (width, ratio(width, have_height, have_width))
}

fn to_height((have_width, have_height): (u32, u32), height: u32) -> (u32, u32) {
    let height = height.min(have_height);
    (ratio(height, have_width, have_height), height)
}

/// The largest part of an image that has the proportions of `wanted`.
fn cut((have_width, have_height): (u32, u32), (width, height): (u32, u32)) -> (u32, u32) {
    let is_wider =
        u64::from(have_width) * u64::from(height) > u64::from(have_height) * u64::from(width);
    match is_wider {
        true => (
            ratio(have_height, width, height).min(have_width),
            have_height,
        ),
        false => (
            have_width,
            ratio(have_width, height, width).min(have_height),
        ),
    }
}

/// `a · b / c`, rounded, at least 1.
fn ratio(a: u32, b: u32, c: u32) -> u32 {
    let c = u64::from(c.max(1));
    let rounded = (u64::from(a) * u64::from(b) + c / 2) / c;
    u32::try_from(rounded).unwrap_or(u32::MAX).max(1)
}

fn output_format(name: &str, original: ImageFormat) -> Result<ImageFormat, Refusal> {
    match name {
        "auto" => Ok(original),
        "jpg" | "jpeg" => Ok(ImageFormat::Jpeg),
        "png" => Ok(ImageFormat::Png),
        "webp" => Ok(ImageFormat::WebP),
        other => Err(Refusal::new(
            say::cannot_be("format", other),
            say::write_one_of(Argument::quoted(["auto", "jpg", "png", "webp"])),
        )),
    }
}

fn resized(
    bytes: &[u8],
    plan: &Plan,
    format: ImageFormat,
    quality: u8,
) -> image::ImageResult<Vec<u8>> {
    let mut decoder = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()?
        .into_decoder()?;
    let orientation = decoder.orientation()?;
    let mut image = DynamicImage::from_decoder(decoder)?;
    image.apply_orientation(orientation);
    if let Some((left, top, width, height)) = plan.crop {
        image = image.crop_imm(left, top, width, height);
    }
    let (width, height) = plan.size;
    if (image.width(), image.height()) != plan.size {
        image = image.resize_exact(width, height, FilterType::Lanczos3);
    }
    let mut out = Vec::new();
    match format {
        ImageFormat::Jpeg => {
            JpegEncoder::new_with_quality(&mut out, quality).encode_image(&on_white(&image))?
        }
        ImageFormat::WebP => {
            let image = DynamicImage::ImageRgba8(image.to_rgba8());
            image.write_with_encoder(WebPEncoder::new_lossless(&mut out))?;
        }
        _ => image.write_to(&mut Cursor::new(&mut out), format)?,
    }
    Ok(out)
}

/// JPEG has no transparency: what can be seen through becomes paper.
fn on_white(image: &DynamicImage) -> RgbImage {
    if !image.color().has_alpha() {
        return image.to_rgb8();
    }
    let image = image.to_rgba8();
    RgbImage::from_fn(image.width(), image.height(), |x, y| {
        let [red, green, blue, alpha] = image.get_pixel(x, y).0.map(u32::from);
        let over = |colour: u32| ((colour * alpha + 255 * (255 - alpha) + 127) / 255) as u8;
        Rgb([over(red), over(green), over(blue)])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(op: Op, wanted: (u32, u32), original: (u32, u32)) -> (u32, u32) {
        let plan =
            plan(op, (Some(wanted.0), Some(wanted.1)), original).expect("both sizes are given");
        plan.size
    }

    #[test]
    fn every_operation_keeps_its_promise_and_enlarges_nothing() {
        for (op, wanted, original, becomes) in [
            (Op::Scale, (100, 50), (400, 400), (100, 50)),
            (Op::Scale, (800, 50), (400, 400), (400, 50)),
            (Op::FitWidth, (100, 1), (400, 300), (100, 75)),
            (Op::FitHeight, (1, 150), (400, 300), (200, 150)),
            (Op::Fit, (100, 100), (400, 300), (100, 75)),
            (Op::Fit, (100, 30), (400, 300), (40, 30)),
            (Op::Fit, (900, 900), (400, 300), (400, 300)),
            (Op::Fill, (100, 100), (400, 300), (100, 100)),
            (Op::Fill, (800, 800), (400, 300), (300, 300)),
            (Op::Fit, (10, 10), (10_000, 3), (10, 1)),
        ] {
            assert_eq!(
                size(op, wanted, original),
                becomes,
                "{op:?} {wanted:?} of {original:?}"
            );
        }
    }

    #[test]
    fn fill_cuts_the_middle() {
        let plan =
            plan(Op::Fill, (Some(100), Some(100)), (400, 300)).expect("both sizes are given");
        assert_eq!(plan.crop, Some((50, 0, 300, 300)));
    }

    #[test]
    fn what_is_missing_is_named() {
        assert_eq!(
            plan(Op::Fill, (Some(1), None), (4, 3)),
            Err(say::needed_for_op("height"))
        );
        assert_eq!(
            plan(Op::FitWidth, (Some(0), None), (4, 3)),
            Err(say::cannot_be_zero("width"))
        );
        assert_eq!(Op::of(None, (Some(1), None)), Ok(Op::FitWidth));
        assert_eq!(
            Op::of(Some("crop"), (None, None)),
            Err(Refusal::new(
                say::cannot_be("op", "crop"),
                say::write_one_of(Argument::quoted([
                    "fill",
                    "fit",
                    "fit_width",
                    "fit_height",
                    "scale"
                ]))
            ))
        );
    }

    #[test]
    fn a_copy_has_the_planned_size_in_every_format() {
        let image = DynamicImage::ImageRgba8(image::RgbaImage::from_pixel(
            8,
            6,
            image::Rgba([255, 0, 0, 0]),
        ));
        let mut png = Vec::new();
        image
            .write_to(&mut Cursor::new(&mut png), ImageFormat::Png)
            .expect("encodes");
        let plan = Plan {
            crop: Some((1, 0, 6, 6)),
            size: (3, 3),
        };
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
            let copy = resized(&png, &plan, format, 90).expect("resizes");
            let original = Original::read(&copy).expect("is an image");
            assert_eq!((original.format, original.size), (format, (3, 3)));
        }
        assert_eq!(on_white(&image).get_pixel(0, 0).0, [255, 255, 255]);
    }
}
