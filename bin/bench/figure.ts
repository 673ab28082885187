/** A measured figure. */
export interface Figure {
  readonly name: string;
  readonly value: string;
  /** What was promised, when something was. */
  readonly promise?: string;
  /** The promise as numbers, for `--hold`. @default - it is only shown */
  readonly held?: Held;
}

/** A promise as numbers. */
export interface Held {
  readonly measured: number;
  /** It is kept when no more than this was measured. */
  readonly limit: number;
  /** A time, which grows with the machine: it is compared as it would be where the promises were made. @default false */
  readonly scales?: boolean;
}

/** Milliseconds that the toolkit's default bundle of four SDK clients takes to load where the promises were made. */
export const REFERENCE_MILLISECONDS = 85;

/** How many times slower this machine is than that one; at least 1, so that a faster machine gives nothing away. @param reference milliseconds that the comparison took here */
export function machineFactor(reference: number): number {
  return Math.max(1, reference / REFERENCE_MILLISECONDS);
}

/** Whether a figure keeps its promise; undefined when it has none as numbers. */
export function isKept({ held }: Figure, factor: number): boolean | undefined {
  return held && held.measured / (held.scales === true ? factor : 1) <= held.limit;
}

/** Figures as a table of text. @param factor of this machine; with it each promise is judged @default - nothing is judged */
export function figureTable(figures: readonly Figure[], factor?: number): string {
  const width = Math.max(...figures.map(({ name }) => name.length));
  return figures.map((figure) => `${figure.name.padEnd(width)}  ${figure.value}${figure.promise ? `   [${figure.promise}]` : ''}${factor === undefined ? '' : verdict(figure, factor)}`).join('\n');
}

function verdict(figure: Figure, factor: number): string {
  const kept = isKept(figure, factor);
  if (kept === undefined) return '';
  const scaled = figure.held?.scales === true && factor > 1 ? ` at ${(figure.held.measured / factor).toFixed(1)} by comparison` : '';
  return kept ? `  kept${scaled}` : `  NOT KEPT${scaled}`;
}
