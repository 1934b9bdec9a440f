//! PNG and JPEG: decoded, turned upright, made smaller, and encoded without anything but the picture.
//!
//! In: the bytes of a file and the widths wanted. Out: its size, or its renditions.

use std::io::{Cursor, ErrorKind};

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType as RowFilter, PngEncoder};
use image::imageops::{FilterType, resize, thumbnail};
use image::metadata::Orientation;
use image::{
    DynamicImage, ImageBuffer, ImageDecoder, ImageError, ImageFormat, ImageReader, ImageResult, Limits, Rgba, RgbaImage,
};

use super::{Format, MOST_PIXELS, PictureFault, Rendition, head, profile};

const JPEG_QUALITY: u8 = 85;

/// More bytes than anything has that stands in a file beside the pixels: a few could unpack to very many.
const MOST_BESIDE: u64 = 32 * 1024 * 1024;

/// Width and height once the picture stands upright, from the head of the file.
pub fn measure(bytes: &[u8], format: Format) -> Result<(u32, u32), PictureFault> {
    let mut decoder = open(bytes, format)?;
    let (width, height) = decoder.dimensions();
    match decoder.orientation()? {
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH => {
            Ok((height, width))
        }
        _ => Ok((width, height)),
    }
}

/// The picture in its sizes, smallest first, in the colours of screens and with no other data about it.
pub fn renditions(bytes: &[u8], format: Format, widths: &[u32]) -> Result<Vec<Rendition>, PictureFault> {
    let mut decoder = open(bytes, format)?;
    let orientation = decoder.orientation()?;
    let profile = decoder.icc_profile()?;
    let mut picture = eight_bits(DynamicImage::from_decoder(decoder)?);
    picture.apply_orientation(orientation);
    if let Some(converted) = profile.and_then(|profile| profile::in_srgb(&picture, &profile)) {
        picture = converted;
    }
    let sizes = chosen(widths, picture.width()).into_iter().map(|width| (width, height_at(width, &picture)));
    sizes
        .map(|(width, height)| {
            let bytes = encode(&scale(&picture, width, height), format)?;
            Ok(Rendition { width, height, bytes })
        })
        .collect()
}

/// Reads the head of the file, and refuses what could not be decoded safely and wholly.
fn open(bytes: &[u8], format: Format) -> Result<impl ImageDecoder, PictureFault> {
    let is_jpeg = format == Format::Jpeg;
    if is_jpeg && head::is_cut_off(bytes) {
        return Err(PictureFault::CutOff);
    }
    if is_jpeg && head::has_inks(bytes) {
        return Err(PictureFault::Inks);
    }
    let codec = if is_jpeg { ImageFormat::Jpeg } else { ImageFormat::Png };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), codec);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_BESIDE);
    reader.limits(limits);
    let decoder = reader.into_decoder()?;
    match decoder.dimensions() {
        (0, _) | (_, 0) => Err(PictureFault::Damaged),
        (width, height) if u64::from(width) * u64::from(height) > MOST_PIXELS => {
            Err(PictureFault::TooLarge { width, height })
        }
        _ => Ok(decoder),
    }
}

/// The picture with eight bits for each channel; grey stays grey, and what is transparent stays so.
fn eight_bits(picture: DynamicImage) -> DynamicImage {
    if picture.color().has_alpha() {
        picture.into_rgba8().into()
    } else if picture.color().has_color() {
        picture.into_rgb8().into()
    } else {
        picture.into_luma8().into()
    }
}

/// The widths that are smaller than the picture's own, and the largest it can be shown at.
pub fn chosen(widths: &[u32], own: u32) -> Vec<u32> {
    let largest = widths.iter().copied().max().filter(|width| *width > 0).unwrap_or(own).min(own);
    let mut chosen: Vec<u32> = widths.iter().copied().filter(|width| (1..largest).contains(width)).collect();
    chosen.push(largest);
    chosen.sort_unstable();
    chosen.dedup();
    chosen
}

/// The height that keeps the picture's shape: at most its own, since the width is.
fn height_at(width: u32, picture: &DynamicImage) -> u32 {
    let height = f64::from(picture.height()) * f64::from(width) / f64::from(picture.width());
    (height.round() as u32).max(1)
}

fn scale(picture: &DynamicImage, width: u32, height: u32) -> DynamicImage {
    match picture {
        _ if picture.width() == width => picture.clone(),
        DynamicImage::ImageRgba8(transparent) => scale_transparent(transparent, width, height).into(),
        _ if is_far(picture.width(), width) => {
            picture.thumbnail_exact(2 * width, 2 * height).resize_exact(width, height, FilterType::Lanczos3)
        }
        _ => picture.resize_exact(width, height, FilterType::Lanczos3),
    }
}

/// Whether a picture is so much larger than it shall be that it is first made twice as large as that, by averages: the
/// filter would take many seconds over it, and nobody sees a difference.
fn is_far(own: u32, wanted: u32) -> bool {
    own / 4 > wanted
}

/// Weighs every colour by how much of it is seen, or else unseen ones would leave a rim where the picture ends.
fn scale_transparent(picture: &RgbaImage, width: u32, height: u32) -> RgbaImage {
    // Halved, since the filter goes beyond the brightest value at sharp edges and must find room there.
    let weighed = ImageBuffer::from_fn(picture.width(), picture.height(), |x, y| {
        let [red, green, blue, alpha] = picture.get_pixel(x, y).0.map(u16::from);
        Rgba([red, green, blue, 255].map(|colour| colour * alpha / 2))
    });
    let near = is_far(picture.width(), width).then(|| thumbnail(&weighed, 2 * width, 2 * height));
    let scaled = resize(&near.unwrap_or(weighed), width, height, FilterType::Lanczos3);
    ImageBuffer::from_fn(width, height, |x, y| {
        let [red, green, blue, alpha] = scaled.get_pixel(x, y).0.map(f32::from);
        // A cast to a byte keeps to its bounds, also for the 0 / 0 of a pixel that is not seen at all.
        let seen = |colour: f32| (colour / alpha * 255.0).round() as u8;
        Rgba([seen(red), seen(green), seen(blue), (alpha / 127.5).round() as u8])
    })
}

/// The bytes of a file that holds the picture alone. The same picture always gives the same bytes.
fn encode(picture: &DynamicImage, format: Format) -> ImageResult<Vec<u8>> {
    let mut bytes = Vec::new();
    if format == Format::Jpeg {
        picture.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY))?;
    } else {
        let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Best, RowFilter::Adaptive);
        picture.write_with_encoder(encoder)?;
    }
    Ok(bytes)
}

impl From<ImageError> for PictureFault {
    fn from(error: ImageError) -> Self {
        match error {
            ImageError::Unsupported(_) => PictureFault::RareKind,
            ImageError::IoError(error) if error.kind() == ErrorKind::UnexpectedEof => PictureFault::CutOff,
            _ => PictureFault::Damaged,
        }
    }
}

#[cfg(test)]
mod tests {
    use image::{GrayImage, ImageEncoder, RgbImage};

    use super::*;

    /// A picture that is red on its left and blue on its right half.
    fn halves(width: u32, height: u32) -> DynamicImage {
        RgbImage::from_fn(width, height, |x, _| image::Rgb(if x < width / 2 { [220, 0, 0] } else { [0, 0, 220] }))
            .into()
    }

    /// A colour profile as far as it is looked at: its colours are named after sixteen bytes.
    fn profile(colours: &[u8; 4]) -> Vec<u8> {
        [&[0; 16], &colours[..], &[7; 200]].concat()
    }

    fn with_profile(picture: &DynamicImage, format: Format, profile: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        if format == Format::Jpeg {
            let mut encoder = JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY);
            encoder.set_icc_profile(profile.to_vec()).unwrap();
            picture.write_with_encoder(encoder).unwrap();
        } else {
            let mut encoder = PngEncoder::new(&mut bytes);
            encoder.set_icc_profile(profile.to_vec()).unwrap();
            picture.write_with_encoder(encoder).unwrap();
        }
        bytes
    }

    /// A file with a profile and all the data that cameras and editors add; turned once to the right.
    fn with_everything(picture: &DynamicImage, format: Format, profile: &[u8]) -> Vec<u8> {
        let plain = with_profile(picture, format, profile);
        let xmp = b"<x:xmpmeta>Creator: J. Smith</x:xmpmeta>";
        if format == Format::Jpeg {
            let segment = |mark: u8, data: &[u8]| {
                let length = (data.len() as u16 + 2).to_be_bytes();
                [&[0xff, mark], &length[..], data].concat()
            };
            let exif = segment(0xe1, &[b"Exif\0\0", &exif()[..]].concat());
            let xmp = segment(0xe1, &[b"http://ns.adobe.com/xap/1.0/\0", &xmp[..]].concat());
            let comment = segment(0xfe, b"Creator: J. Smith");
            [&plain[..2], &exif, &xmp, &comment, &plain[2..], b"Creator: J. Smith"].concat()
        } else {
            let text = chunk(b"tEXt", b"Author\0Creator: J. Smith");
            let xmp = chunk(b"iTXt", &[b"XML:com.adobe.xmp\0\0\0\0\0", &xmp[..]].concat());
            let exif = chunk(b"eXIf", &exif());
            let time = chunk(b"tIME", &[7, 224, 6, 23, 12, 0, 0]);
            // The first chunk ends at 33.
            [&plain[..33], &text, &xmp, &exif, &time, &plain[33..]].concat()
        }
    }

    /// EXIF data that say "turned right" and "taken north of the equator", and name the camera.
    fn exif() -> Vec<u8> {
        let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
            [&tag.to_be_bytes()[..], &kind.to_be_bytes(), &count.to_be_bytes(), &value].concat()
        };
        let orientation = entry(0x112, 3, 1, [0, 6, 0, 0]);
        let camera = entry(0x10f, 2, 4, *b"GPS\0");
        let place = entry(0x8825, 4, 1, [0, 0, 0, 50]);
        let north = entry(1, 2, 2, *b"N\0\0\0");
        let no_more = [0; 4];
        [b"MM\0\x2a\0\0\0\x08\0\x03", &orientation[..], &camera, &place, &no_more, b"\0\x01", &north, &no_more].concat()
    }

    /// The checksum of PNG (CRC-32).
    fn checksum(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0, |sum, byte| {
            (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 })
        })
    }

    fn holds(bytes: &[u8], text: &[u8]) -> bool {
        bytes.windows(text.len()).any(|part| part == text)
    }

    fn decoded(rendition: &Rendition) -> DynamicImage {
        image::load_from_memory(&rendition.bytes).unwrap()
    }

    #[test]
    fn a_picture_is_turned_upright_and_keeps_no_data() {
        const TELLING: [&[u8]; 7] = [b"Exif", b"eXIf", b"GPS", b"xmp", b"Smith", b"tEXt", b"tIME"];
        for format in [Format::Jpeg, Format::Png] {
            let file = with_everything(&halves(80, 40), format, &profile(b"RGB "));
            assert!(TELLING[2..5].iter().all(|text| holds(&file, text)));
            assert_eq!(measure(&file, format), Ok((40, 80)));

            let made = renditions(&file, format, &[20, 1000]).unwrap();
            assert_eq!(made.iter().map(|one| (one.width, one.height)).collect::<Vec<_>>(), [(20, 40), (40, 80)]);
            for one in &made {
                assert!(TELLING.iter().all(|text| !holds(&one.bytes, text)), "{format:?}");
                let picture = decoded(one).into_rgb8();
                let (top, bottom) = (picture.get_pixel(10, 4), picture.get_pixel(10, one.height - 4));
                assert!(top[0] > 200 && bottom[2] > 200, "what was left is above: {top:?} {bottom:?}");
                assert_eq!(open(&one.bytes, format).unwrap().icc_profile().unwrap(), None);
            }
        }
    }

    /// A wide gamut comes out in the colours of screens; a profile that cannot be read changes nothing.
    #[test]
    fn colours_come_out_as_the_profile_means_them() {
        let wide = moxcms::ColorProfile::new_display_p3().encode().unwrap();
        for format in [Format::Png, Format::Jpeg] {
            let file = with_profile(&halves(8, 8), format, &wide);
            let made = decoded(&renditions(&file, format, &[]).unwrap()[0]).into_rgb8();
            let plain =
                decoded(&renditions(&encode(&halves(8, 8), format).unwrap(), format, &[]).unwrap()[0]).into_rgb8();
            assert!(made.get_pixel(0, 0)[0] > plain.get_pixel(0, 0)[0] + 5, "the red of a wide gamut is brighter");
            for broken in [&wide[..200], &[0; 400], &profile(b"CMYK"), &profile(b"RGB ")] {
                let made = renditions(&with_profile(&halves(8, 8), format, broken), format, &[]).unwrap();
                assert_eq!(decoded(&made[0]).into_rgb8(), plain, "{format:?}");
                assert!(!holds(&made[0].bytes, b"ICC_PROFILE") && !holds(&made[0].bytes, b"iCCP"));
            }
        }
        let grey: DynamicImage = GrayImage::new(8, 8).into();
        let made = renditions(&with_profile(&grey, Format::Jpeg, &profile(b"GRAY")), Format::Jpeg, &[]).unwrap();
        assert_eq!(decoded(&made[0]).color(), image::ColorType::L8);
    }

    /// 500 MB of noughts are half a megabyte of a file.
    #[test]
    fn a_profile_that_unpacks_without_end_is_not_unpacked() {
        let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        let block = vec![0; 1 << 20];
        (0..500).for_each(|_| std::io::Write::write_all(&mut packer, &block).unwrap());
        let plain = encode(&halves(8, 8), Format::Png).unwrap();
        let named = [b"iCCPa\0\0", &packer.finish().unwrap()[..]].concat();
        let chunk = [&(named.len() as u32 - 4).to_be_bytes()[..], &named, &checksum(&named).to_be_bytes()].concat();
        let file = [&plain[..33], &chunk, &plain[33..]].concat();
        // Whether the rest of the file is still read is the decoder's business.
        if let Ok(made) = renditions(&file, Format::Png, &[]) {
            assert_eq!(decoded(&made[0]), halves(8, 8));
        }
    }

    #[test]
    fn a_picture_comes_at_the_smaller_widths_and_its_own_but_never_enlarged() {
        let file = encode(&halves(90, 30), Format::Png).unwrap();
        for (widths, sizes) in [
            (&[30, 60, 120][..], &[(30, 10), (60, 20), (90, 30)][..]),
            (&[60, 30, 30], &[(30, 10), (60, 20)]),
            (&[90], &[(90, 30)]),
            (&[1], &[(1, 1)]),
            (&[], &[(90, 30)]),
            (&[0], &[(90, 30)]),
        ] {
            let made = renditions(&file, Format::Png, widths).unwrap();
            assert_eq!(made.iter().map(|one| (one.width, one.height)).collect::<Vec<_>>(), sizes, "{widths:?}");
            assert!(made.iter().all(|one| (decoded(one).width(), decoded(one).height()) == (one.width, one.height)));
        }
    }

    #[test]
    fn what_is_transparent_stays_so_and_leaves_no_rim() {
        // An orange disc; what is transparent around it is black, as most programs write it.
        let disc = RgbaImage::from_fn(64, 64, |x, y| {
            let is_inside = x.abs_diff(32).pow(2) + y.abs_diff(32).pow(2) < 600;
            Rgba(if is_inside { [230, 120, 20, 255] } else { [0; 4] })
        });
        let file = encode(&disc.clone().into(), Format::Png).unwrap();
        let made = renditions(&file, Format::Png, &[16, 64]).unwrap();
        let small = decoded(&made[0]).into_rgba8();
        assert_eq!(small.get_pixel(0, 0), &Rgba([0; 4]));
        assert_eq!(small.get_pixel(8, 8), &Rgba([230, 120, 20, 255]));
        for pixel in small.pixels().filter(|pixel| pixel[3] > 16) {
            assert!(pixel[0].abs_diff(230) < 12 && pixel[1].abs_diff(120) < 12, "{pixel:?}");
        }
        assert_eq!(decoded(&made[1]).into_rgba8(), disc, "a PNG loses nothing at its own width");
    }

    /// What is far larger is made smaller in two steps, which come to the same as one.
    #[test]
    fn a_picture_that_is_much_too_large_looks_the_same() {
        let is_inside = |x: u32, y: u32| x.abs_diff(200).pow(2) + y.abs_diff(150).pow(2) < 9_000;
        let pixel = |x, y| if is_inside(x, y) { [230, 120, 20, 255] } else { [0; 4] };
        let transparent = DynamicImage::from(RgbaImage::from_fn(400, 300, |x, y| Rgba(pixel(x, y))));
        let solid = DynamicImage::from(transparent.to_rgb8());
        let meant = solid.resize_exact(40, 30, FilterType::Lanczos3).into_rgb8();
        let (transparent, solid) = (scale(&transparent, 40, 30).into_rgba8(), scale(&solid, 40, 30).into_rgb8());
        for ((meant, solid), seen) in meant.pixels().zip(solid.pixels()).zip(transparent.pixels()) {
            let seen = [0, 1, 2].map(|at| (u16::from(seen[at]) * u16::from(seen[3]) / 255) as u8);
            let is_near = |colours: [u8; 3]| colours.iter().zip(meant.0).all(|(one, other)| one.abs_diff(other) < 40);
            assert!(is_near(solid.0) && is_near(seen), "{meant:?}: {solid:?}, {seen:?}");
        }
    }

    #[test]
    fn sixteen_bits_become_eight() {
        let deep = DynamicImage::from(halves(8, 8).into_rgb16());
        let made = renditions(&encode(&deep, Format::Png).unwrap(), Format::Png, &[]).unwrap();
        assert_eq!(decoded(&made[0]), halves(8, 8));
    }

    #[test]
    fn a_small_file_that_pretends_to_be_vast_is_refused_before_it_is_decoded() {
        let mut png = encode(&halves(8, 8), Format::Png).unwrap();
        png[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
        let sum = checksum(&png[12..29]).to_be_bytes();
        png[29..33].copy_from_slice(&sum);
        let fault = PictureFault::TooLarge { width: 65_536, height: 65_536 };
        assert_eq!(measure(&png, Format::Png), Err(fault.clone()));
        assert_eq!(renditions(&png, Format::Png, &[8]), Err(fault));
    }

    #[test]
    fn a_preview_with_an_end_of_its_own_does_not_hide_that_the_picture_has_none() {
        let jpeg = encode(&halves(8, 8), Format::Jpeg).unwrap();
        let preview = [&[0xff, 0xe1], &(jpeg.len() as u16 + 2).to_be_bytes()[..], &jpeg].concat();
        let file = [&jpeg[..2], &preview, &jpeg[2..]].concat();
        assert_eq!(measure(&file, Format::Jpeg), Ok((8, 8)));
        assert_eq!(measure(&file[..file.len() - 2], Format::Jpeg), Err(PictureFault::CutOff));
    }

    fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
        let named = [name, data].concat();
        [&(data.len() as u32).to_be_bytes()[..], &named, &checksum(&named).to_be_bytes()].concat()
    }

    /// A PNG of four by four pixels, of its header's last five bytes, chunks of its own, and its rows as they are packed.
    fn png(kind: [u8; 5], own: &[u8], rows: &[u8]) -> Vec<u8> {
        let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut packer, rows).unwrap();
        let head = chunk(b"IHDR", &[&[0, 0, 0, 4, 0, 0, 0, 4], &kind[..]].concat());
        let data = chunk(b"IDAT", &packer.finish().unwrap());
        [b"\x89PNG\r\n\x1a\n", &head[..], own, &data, &chunk(b"IEND", &[])].concat()
    }

    /// Orange in the two columns on the left, and what is transparent in the others, in the ways in which PNG can say it.
    #[test]
    fn every_kind_of_png_shows_what_it_says() {
        let palette = [chunk(b"PLTE", &[230, 120, 20, 0, 0, 0]), chunk(b"tRNS", &[255, 0])].concat();
        let orange = [230, 230, 120, 120, 20, 20];
        let deep = [&[0][..], &[&orange[..], &[255; 2], &orange[..], &[255; 2], &[0; 16]].concat()].concat().repeat(4);
        // An interlaced picture of this size comes in five passes: two pixels of its first row, two of its third, the
        // pixels between these, and the other two rows.
        let woven = [&[0, 0][..], &[0, 1], &[0, 0, 1], &[0, 0, 1].repeat(2), &[0, 0, 0, 1, 1].repeat(2)].concat();
        for (kind, own, rows) in [
            ([8, 3, 0, 0, 0], &palette, [0, 0, 0, 1, 1].repeat(4)),
            ([1, 3, 0, 0, 0], &palette, [0, 0b0011_0000].repeat(4)),
            ([16, 6, 0, 0, 0], &Vec::new(), deep),
            ([8, 3, 0, 0, 1], &palette, woven),
        ] {
            let made = renditions(&png(kind, own, &rows), Format::Png, &[]).unwrap();
            let picture = decoded(&made[0]).into_rgba8();
            for (x, y, pixel) in picture.enumerate_pixels() {
                let meant = if x < 2 { [230, 120, 20, 255] } else { [0; 4] };
                assert_eq!(pixel.0, meant, "{kind:?} at {x} {y}");
            }
        }
        let grey =
            renditions(&png([16, 0, 0, 0, 0], &[], &[0, 255, 255, 255, 255, 0, 0, 0, 0].repeat(4)), Format::Png, &[]);
        assert_eq!(decoded(&grey.unwrap()[0]).into_luma8().into_raw(), [255, 255, 0, 0].repeat(4));
    }

    /// A photograph in four inks would come out as its negative, or in garish colours.
    #[test]
    fn a_picture_in_printing_inks_is_refused() {
        let jpeg = encode(&halves(8, 8), Format::Jpeg).unwrap();
        let frame = jpeg.windows(2).position(|mark| mark == [0xff, 0xc0]).unwrap();
        // A frame of four colours, as Adobe's programs mark it and as others leave it.
        let inks =
            [&[0xff, 0xc0, 0, 20, 8, 0, 8, 0, 8, 4], &[1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0][..]].concat();
        let plain = [&jpeg[..frame], &inks, &jpeg[frame + 19..]].concat();
        let adobe = [&plain[..2], b"\xff\xee\0\x0eAdobe\0\x64\0\0\0\0\x02", &plain[2..]].concat();
        for file in [plain, adobe] {
            assert_eq!(measure(&file, Format::Jpeg), Err(PictureFault::Inks));
            assert_eq!(renditions(&file, Format::Jpeg, &[8]), Err(PictureFault::Inks));
        }
    }

    #[test]
    fn a_png_says_whether_it_moves() {
        let still = encode(&halves(8, 8), Format::Png).unwrap();
        let control = chunk(b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0]);
        let moving = [&still[..33], &control, &still[33..]].concat();
        assert!(head::moves(&moving) && !head::moves(&still));
        assert_eq!(renditions(&moving, Format::Png, &[]), renditions(&still, Format::Png, &[]));
        let behind = [&still[..still.len() - 12], &control, &still[still.len() - 12..]].concat();
        assert!(!head::moves(&behind), "what stands behind the picture makes it no animation");
    }
}
