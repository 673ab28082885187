/** A Markdown table. Cells are in one line, and a bar in them does not end them. */
export function markdownTable(head: readonly string[], cells: readonly (readonly string[])[]): string {
  return [tableRow(head), tableRow(head.map(() => '---')), ...cells.map(tableRow)].join('\n');
}

function tableRow(texts: readonly string[]): string {
  return `| ${texts.map((text) => text.replaceAll('|', String.raw`\|`).replaceAll('\n', ' ')).join(' | ')} |`;
}

/** A document with its tables made anew: each stands between `<!-- <name>:begin -->` and `<!-- <name>:end -->`. Names that nobody makes stay as they are. */
export function renewTables(document: string, makers: Readonly<Record<string, () => string>>): string {
  return document.replaceAll(/(<!-- ([\w-]+):begin -->\n)[\s\S]*?(<!-- \2:end -->)/g, (all: string, begin: string, name: string, end: string) => {
    const make = makers[name];
    return make ? `${begin}${make()}\n${end}` : all;
  });
}
