//! Contrast of the colours of every theme: text on its backgrounds, and graphical markers.
//!
//! Minimum ratios are those of WCAG 2.2, success criteria 1.4.3 (4.5 for text) and 1.4.11 (3 for graphics).

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;

const TOKENS: &str = include_str!("../src/app/styles/tokens.css");

/// Foreground colours, their backgrounds, and the minimum contrast ratio.
const PAIRS: &[(&[&str], &[&str], f64)] = &[
    (&["ink", "ink-2", "ink-3", "accent"], &["desk", "paper", "wash"], 4.5),
    (&["ink", "ink-2"], &["match", "pencil"], 4.5),
    (&["on-ink"], &["ink"], 4.5),
    (&["on-accent"], &["accent"], 4.5),
    (&["control", "pencil-line"], &["desk", "paper"], 3.0),
    (&["accent"], &["match", "pencil"], 3.0),
];

/// Colours of each theme by name. As in the style sheet, missing colours are inherited from the first theme.
fn themes() -> BTreeMap<&'static str, BTreeMap<&'static str, u32>> {
    let mut themes: BTreeMap<&str, BTreeMap<&str, u32>> = BTreeMap::new();
    for block in TOKENS.split("[data-theme=\"").skip(1) {
        let (theme, rest) = block.split_once('"').unwrap();
        let body = rest.split('}').next().unwrap();
        let mut colours = themes.get("light").cloned().unwrap_or_default();
        for part in body.split("--").skip(1) {
            let Some((name, value)) = part.split_once(':') else { continue };
            if let Some(hex) = value.trim().strip_prefix('#') {
                colours.insert(name, u32::from_str_radix(&hex[..6], 16).unwrap());
            }
        }
        themes.insert(theme, colours);
    }
    themes
}

/// Relative luminance as defined by WCAG.
fn luminance(colour: u32) -> f64 {
    let part = |shift: u32| {
        let share = f64::from(colour >> shift & 255) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(16) + 0.7152 * part(8) + 0.0722 * part(0)
}

fn ratio(one: u32, other: u32) -> f64 {
    let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
    if one > other { one / other } else { other / one }
}

#[test]
fn contrast_ratio_agrees_with_wcag() {
    assert!((ratio(0, 0xFF_FF_FF) - 21.0).abs() < 1e-9);
    assert!((ratio(0x77_77_77, 0xFF_FF_FF) - 4.478).abs() < 1e-3);
}

#[test]
fn dark_theme_without_scripts_has_the_same_colours() {
    let of = |selector: &str| {
        let (_, rest) = TOKENS.split_once(&format!("{selector} {{")).unwrap();
        rest.split('}').next().unwrap().split_whitespace().collect::<Vec<_>>()
    };
    assert_eq!(of(":root:not([data-theme])"), of("[data-theme=\"dark\"]"));
}

#[test]
fn every_colour_pair_has_sufficient_contrast() {
    let themes = themes();
    assert_eq!(themes.keys().copied().collect::<Vec<_>>(), ["black", "dark", "light", "sepia"]);
    let mut weak = Vec::new();
    let mut pairs = 0;
    for (theme, colours) in &themes {
        for (written, grounds, least) in PAIRS {
            for (text, ground) in
                written.iter().flat_map(|text| grounds.iter().map(move |ground| (text, ground)))
            {
                let reached = ratio(colours[text], colours[ground]);
                pairs += 1;
                if reached < *least {
                    weak.push(format!("{theme}: --{text} on --{ground} {reached:.2} of {least}"));
                }
            }
        }
    }
    assert!(pairs > 80, "only {pairs} pairs of colours were compared");
    assert!(weak.is_empty(), "{weak:#?}");
}
