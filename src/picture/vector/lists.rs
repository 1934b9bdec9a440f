//! What may stay in a drawing: what browsers and the PDF understand alike, and nothing that runs or loads.

/// Elements that are written out again.
pub const ELEMENTS: &str = "\
    a circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer feComposite feDropShadow \
    feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feOffset filter g line \
    linearGradient marker mask path pattern polygon polyline radialGradient rect stop svg switch symbol text \
    textPath title tspan use";

/// Elements that paint something where they stand.
pub const PAINTING: &str = "circle ellipse line path polygon polyline rect text use";

/// Elements whose content is painted only where something refers to them.
pub const REFERRED: &str = "clipPath defs filter linearGradient marker mask pattern radialGradient symbol";

/// Elements that show nothing; they go without a word, as the data of editors do.
pub const SILENT: &str = "metadata style";

/// Elements that run, move or load; what stays shows the drawing as it is at rest.
pub const ACTIVE: &str = "\
    animate animateColor animateMotion animateTransform cursor discard font font-face handler listener mpath \
    prefetch script set view";

/// Elements whose text is shown or read out, and those of them that hold nothing but text.
pub const WITH_TEXT: &str = "text title desc";
pub const TEXT_ALONE: &str = "title desc";

/// Attributes that only describe, and so may have any value.
pub const ATTRIBUTES: &str = "\
    class clipPathUnits d exponent filterUnits gradientUnits id in in2 lang lengthAdjust markerUnits \
    maskContentUnits maskUnits method mode operator orient patternContentUnits patternUnits points \
    preserveAspectRatio primitiveUnits result role side spacing spreadMethod tableValues type values version \
    viewBox";

/// Attributes that measure: numbers, shares and lengths.
pub const MEASURES: &str = "\
    amplitude cx cy dx dy fr fx fy height intercept k1 k2 k3 k4 markerHeight markerWidth offset pathLength r \
    radius refX refY rotate rx ry slope startOffset stdDeviation textLength width x x1 x2 y y1 y2";

/// Attributes that move and turn.
pub const TRANSFORMS: &str = "gradientTransform patternTransform transform";

/// Attributes that change nothing once the parts that they are about are gone.
pub const SILENT_ATTRIBUTES: &str = "\
    baseProfile contentScriptType contentStyleType enable-background requiredExtensions requiredFeatures x-height \
    zoomAndPan";

/// Properties of style that browsers and the PDF understand alike.
pub const PROPERTIES: &str = "\
    alignment-baseline baseline-shift clip-path clip-rule color color-interpolation-filters display \
    dominant-baseline fill fill-opacity fill-rule filter flood-color flood-opacity font font-family font-kerning \
    font-size font-stretch font-style font-variant font-weight image-rendering isolation letter-spacing marker \
    marker-end marker-mid marker-start mask mask-type mix-blend-mode opacity overflow paint-order shape-rendering \
    stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin \
    stroke-miterlimit stroke-opacity stroke-width text-anchor text-decoration text-rendering transform visibility \
    word-spacing writing-mode";

/// Properties that are understood in the attribute `style` alone.
pub const STYLE_ALONE: &str = "font font-kerning image-rendering isolation marker mask-type mix-blend-mode";

/// Properties whose value is a colour; `fill` and `stroke` may also be painted with a pattern.
pub const COLOURS: &str = "color fill flood-color stop-color stroke";

/// Properties that are understood in one of the formats only, with the values by which they change nothing.
pub const AT_REST: &[(&str, &str)] = &[
    ("background", "none transparent"),
    ("background-color", "none transparent"),
    ("clip", "auto"),
    ("color-interpolation", "auto srgb"),
    ("direction", "ltr"),
    ("text-decoration-line", "none"),
    ("text-orientation", "mixed"),
    ("text-transform", "none"),
    ("transform-box", "view-box"),
    ("transform-origin", "0 0px"),
    ("unicode-bidi", "normal"),
    ("vector-effect", "none"),
    ("white-space", "normal nowrap"),
];

/// Properties that change nothing in a drawing that is shown as a picture.
pub const WITHOUT_EFFECT: &str = "\
    border border-radius bottom box-sizing color-rendering color-scheme cursor enable-background float \
    font-feature-settings font-optical-sizing font-size-adjust font-synthesis font-variant-alternates \
    font-variant-caps font-variant-east-asian font-variant-ligatures font-variant-numeric font-variant-position \
    font-variation-settings glyph-orientation-horizontal glyph-orientation-vertical inline-size left line-height \
    margin margin-bottom margin-left margin-right margin-top max-height max-width min-height min-width outline \
    padding pointer-events position right shape-inside shape-margin shape-padding solid-color solid-opacity \
    text-align text-align-last text-decoration-color text-decoration-style text-decoration-thickness text-indent \
    text-overflow top touch-action user-select will-change z-index";

/// Functions of CSS that load nothing and are understood alike; of `url`, the address is looked at.
pub const FUNCTIONS: &str = "\
    blur brightness contrast drop-shadow grayscale hue-rotate invert matrix opacity rotate saturate scale scalex \
    scaley sepia skewx skewy translate translatex translatey url";

/// Units that are understood alike.
pub const UNITS: &str = "% cm deg em ex in mm pc pt px";

/// Whether a list names something.
pub fn has(list: &str, name: &str) -> bool {
    list.split_ascii_whitespace().any(|listed| listed == name)
}
