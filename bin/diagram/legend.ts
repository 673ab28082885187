import { LEGEND } from './layout.ts';
import type { Picture } from './picture.ts';
import { alarmMark, escape, lockMark } from './shapes.ts';

interface Row {
  /** Draws the sample, its middle at a height. */
  readonly sample: (y: number) => string;
  readonly text: string;
}

const line = (classes: string, head: string) => (y: number): string => `<g class="edge ${classes}"><path class="line" d="M${LEGEND.x},${y} H${LEGEND.x + 34}" marker-end="url(#${head})"/></g>`;

/** What the lines and marks mean; only those that the picture has. */
export function legendOf({ boxes, edges }: Picture): string {
  const rows: (Row | false)[] = [
    edges.some(({ bold }) => bold) && { sample: line('bold', 'bold-head'), text: "a conversation's path" },
    { sample: line('', 'head'), text: 'may call, read or write' },
    edges.some(({ links }) => links.some(({ via }) => via === 'trail')) && { sample: line('recorded', 'head'), text: 'every access is recorded' },
    boxes.some(({ alarms }) => alarms > 0) && { sample: (y) => alarmMark(LEGEND.x + 26, y + 4, '3'), text: 'alarms that watch it' },
    boxes.some(({ underKey }) => underKey) && { sample: (y) => lockMark(LEGEND.x + 11, y - 6), text: 'stored under a customer key' },
  ];
  const drawn = rows.filter((row) => row !== false).map(({ sample, text }, index) => {
    const y = LEGEND.y + index * 21;
    return `${sample(y)}<text x="${LEGEND.x + 46}" y="${y + 4}">${escape(text)}</text>`;
  });
  const below = LEGEND.y + drawn.length * 21 + 8;
  const notes = ['Drawn from the synthesized templates.', 'Not drawn: logs, traces, deployments.'].map((text, index) => `<text x="${LEGEND.x}" y="${below + index * 17}">${text}</text>`);
  return `  <g class="legend">${[...drawn, ...notes].join('')}</g>`;
}
