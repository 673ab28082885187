/** Text of a rule as Markdown that shows it as it stands; what it has in backticks is code, as its author meant it. */
export function prose(text: string): string {
  return text
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .split(/(`[^`]+`)/)
    .map((piece, index) => (index % 2 === 1 ? piece : escaped(piece)))
    .join('');
}

/** Text as code. Backticks in it would end it, and become apostrophes. */
export function code(text: string): string {
  return `\`${text.replaceAll(/\s+/gu, ' ').trim().replaceAll('`', "'")}\``;
}

/** A table, of Markdown in its cells; a bar in one does not end it. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`).join('\n');
}

/** What renders as markup, a link, a formula or an entity. Underscores inside a word are none of it, and stay readable. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*[\]~$]|\b_|_\b/g, String.raw`\$&`)
    .replaceAll('://', ':&#8203;//');
}
