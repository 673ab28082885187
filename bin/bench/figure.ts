/** A measured figure. */
export interface Figure {
  readonly name: string;
  readonly value: string;
  /** What was promised, when something was. */
  readonly promise?: string;
}

/** Figures as a table of text. */
export function figureTable(figures: readonly Figure[]): string {
  const width = Math.max(...figures.map(({ name }) => name.length));
  return figures.map(({ name, value, promise }) => `${name.padEnd(width)}  ${value}${promise ? `   [${promise}]` : ''}`).join('\n');
}
