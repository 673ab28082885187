import type { Boundary } from './boxes.ts';

/** Colours of one scheme. */
interface Palette {
  readonly background: string;
  readonly box: string;
  readonly text: string;
  readonly soft: string;
  readonly line: string;
  readonly path: string;
  /** Tint and accent of each boundary. */
  readonly boundaries: Readonly<Record<Boundary, readonly [tint: string, accent: string]>>;
}

const LIGHT: Palette = {
  background: '#ffffff',
  box: '#ffffff',
  text: '#1f2328',
  soft: '#57606a',
  line: '#7d8590',
  path: '#c2410c',
  boundaries: {
    internet: ['#f6f8fa', '#6e7781'],
    edge: ['#fff8ea', '#b7791f'],
    functions: ['#eef5ff', '#2f6fd0'],
    model: ['#f6f0ff', '#7c4fd0'],
    data: ['#ecf8f0', '#2a8a4f'],
    operations: ['#f4f5f7', '#68737d'],
  },
};

const DARK: Palette = {
  background: '#0d1117',
  box: '#161b22',
  text: '#e6edf3',
  soft: '#9aa4ae',
  line: '#7d8793',
  path: '#ff9a5c',
  boundaries: {
    internet: ['#12171e', '#8b949e'],
    edge: ['#1d1a12', '#c99a3b'],
    functions: ['#101a2a', '#5b9bf8'],
    model: ['#1a1428', '#a57cf0'],
    data: ['#0f1f17', '#4bb374'],
    operations: ['#14181d', '#8b949e'],
  },
};

/** Fonts that the reader's system has: nothing is fetched. */
const FONT = "-apple-system, BlinkMacSystemFont, 'Segoe UI', 'Noto Sans', Helvetica, Arial, sans-serif";

function rules(palette: Palette): string[] {
  const boundaries = Object.entries(palette.boundaries).flatMap(([name, [tint, accent]]) => [
    `.boundary-${name} > rect { fill: ${tint}; stroke: ${accent} }`,
    `.boundary-${name} > text { fill: ${accent} }`,
    `.in-${name} > rect { stroke: ${accent} }`,
  ]);
  return [
    `.background { fill: ${palette.background} }`,
    `.box > rect { fill: ${palette.box} }`,
    `.title, .name { fill: ${palette.text} }`,
    `.fact, .mark text, .legend text { fill: ${palette.soft} }`,
    `.mark path { fill: ${palette.soft} }`,
    `.edge path.line { stroke: ${palette.line} }`,
    `.halo { stroke: ${palette.background} }`,
    `.edge text { fill: ${palette.soft} }`,
    `.head { fill: ${palette.line} }`,
    `.bold path.line { stroke: ${palette.path} }`,
    `.bold text { fill: ${palette.path} }`,
    `.bold-head { fill: ${palette.path} }`,
    ...boundaries,
  ];
}

const SHAPES = [
  `text { font: 12px ${FONT} }`,
  `.title { font-size: 17px; font-weight: 600 }`,
  `.name { font-size: 14px; font-weight: 600 }`,
  `.boundary text { font-weight: 600 }`,
  `.boundary > rect { stroke-dasharray: 5 4; stroke-opacity: .7 }`,
  `.box > rect { stroke-width: 1.4 }`,
  `.edge path { fill: none }`,
  `.edge path.line { stroke-width: 1.4 }`,
  `.halo { fill: none; stroke-width: 5; stroke-opacity: .9 }`,
  `.bold path.line { stroke-width: 3.2 }`,
  `.halo.wide { stroke-width: 7 }`,
  `.bold text { font-weight: 600 }`,
  `.recorded path.line { stroke-dasharray: 2 4; stroke-linecap: round; stroke-width: 2 }`,
];

/** The style sheet: light, and dark where the reader's system asks for it. */
export function styleSheet(): string {
  const indented = (lines: readonly string[], by: string): string => lines.map((line) => `${by}${line}`).join('\n');
  return `${indented([...SHAPES, ...rules(LIGHT)], '    ')}\n    @media (prefers-color-scheme: dark) {\n${indented(rules(DARK), '      ')}\n    }`;
}
