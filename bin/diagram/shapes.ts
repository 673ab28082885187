/** Width of a character at 12 px, in a system font of the wider kind. */
const CHARACTER = 6.5;

/** Text as XML takes it. */
export function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** Names as one attribute, separated by spaces. */
export function attribute(names: readonly string[]): string {
  return escape(names.join(' '));
}

/** A text of 12 px that fits a width, cut with an ellipsis where it does not. */
export function fitted(text: string, width: number): string {
  const room = Math.floor(width / CHARACTER);
  return text.length <= room ? text : `${text.slice(0, room - 1)}…`;
}

/** The mark of alarms: a triangle and their number, ending at x. */
export function alarmMark(x: number, baseline: number, count: string): string {
  const left = x - 8 * count.length - 12;
  return `<g class="mark"><path d="M${left},${baseline} l4.5,-9 l4.5,9 z"/><text x="${x}" y="${baseline}" text-anchor="end">${escape(count)}</text></g>`;
}

/** The mark of a customer key: a padlock of 9 by 11 px. */
export function lockMark(x: number, y: number): string {
  return `<g class="mark"><path fill-rule="evenodd" d="M${x},${y + 4.5} h1.2 v-1.2 a3.3,3.3 0 0 1 6.6,0 v1.2 h1.2 v6.5 h-9 z M${x + 2.7},${y + 4.5} h3.6 v-1.2 a1.8,1.8 0 0 0 -3.6,0 z"/></g>`;
}
