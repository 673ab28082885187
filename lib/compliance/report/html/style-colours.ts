/** Colours of the page by name, light and dark. Text on its ground has a contrast of 4.5 at least (WCAG 2.2, 1.4.3). */
export const PALETTE = {
  light: {
    page: '#f7f8fa', card: '#ffffff', text: '#1a2028', muted: '#56606b', line: '#d8dde3', link: '#0a56a6', focus: '#0a56a6',
    'pass-ground': '#e2f4e8', pass: '#12602d', 'fail-ground': '#fde6e8', fail: '#a10e25', 'accepted-ground': '#fff0d2', accepted: '#744700',
    'unknown-ground': '#ebe9ff', unknown: '#4a3d9c', 'manual-ground': '#dff2f7', manual: '#0b5870', 'none-ground': '#eceff2', none: '#505a65',
    'error-ground': '#8f1023', error: '#ffffff',
  },
  dark: {
    page: '#10141a', card: '#181e26', text: '#e6eaef', muted: '#a5afba', line: '#323c47', link: '#84bdf8', focus: '#84bdf8',
    'pass-ground': '#12351f', pass: '#83e2a4', 'fail-ground': '#4a151d', fail: '#ff9ea9', 'accepted-ground': '#3d2d0d', accepted: '#f4c873',
    'unknown-ground': '#2b2754', unknown: '#c2baff', 'manual-ground': '#10353f', manual: '#8bd9ec', 'none-ground': '#262e37', none: '#aab4bf',
    'error-ground': '#ffb0b9', error: '#3b060e',
  },
} as const;

/** The colours as custom properties, by the scheme that the reader prefers. */
export const COLOURS = `:root{color-scheme:light dark;${properties(PALETTE.light)}}
@media (prefers-color-scheme:dark){:root{${properties(PALETTE.dark)}}}
`;

function properties(colours: Readonly<Record<string, string>>): string {
  return Object.entries(colours).map(([name, value]) => `--${name}:${value}`).join(';');
}
