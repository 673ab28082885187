/** Red, green and blue, 0-255. */
export type Rgb = readonly [number, number, number];

/** Parses `#rgb` or `#rrggbb`; undefined for anything else. */
export function parseHexColour(text: string): Rgb | undefined {
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim())?.[1];
  if (hex === undefined) return undefined;
  const full = hex.length === 3 ? hex.replaceAll(/./g, '$&$&') : hex;
  const channel = (at: number): number => Number.parseInt(full.slice(at, at + 2), 16);
  return [channel(0), channel(2), channel(4)];
}

/** Linear share of a channel (sRGB, IEC 61966-2-1). */
function linear(channel: number): number {
  const share = channel / 255;
  return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

function luminance(colour: Rgb): number {
  return 0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2]);
}

/** Contrast ratio of two colours, 1-21 (WCAG 2.2, relative luminance). */
export function contrast(one: Rgb, other: Rgb): number {
  const first = luminance(one) + 0.05;
  const second = luminance(other) + 0.05;
  return Math.max(first, second) / Math.min(first, second);
}

/** Black or white, whichever reads better on the colour: at least 4.58 to 1 on any. */
export function textOn(background: Rgb): '#000000' | '#ffffff' {
  return contrast(background, [255, 255, 255]) >= contrast(background, [0, 0, 0]) ? '#ffffff' : '#000000';
}
