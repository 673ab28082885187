import { beforeAll, describe, expect, it } from 'vitest';
import { readTemplates } from '../../../bin/assembly.ts';
import type { Template } from '../../../bin/assembly.ts';
import { estateOf } from '../../../bin/diagram/estate.ts';
import { PLACES, SIZE } from '../../../bin/diagram/layout.ts';
import type { Point, Rect } from '../../../bin/diagram/layout.ts';
import { pictureOf } from '../../../bin/diagram/picture.ts';
import type { Picture } from '../../../bin/diagram/picture.ts';
import { cornersOf } from '../../../bin/diagram/routes.ts';
import { fitted } from '../../../bin/diagram/shapes.ts';
import { svgOf } from '../../../bin/diagram/svg.ts';
import { ASSEMBLY, ENVIRONMENTS } from '../../support/paths.ts';

/** Boxes or arrows of an SVG with the resources that they stand for. */
function drawn(svg: string, what: 'box' | 'edge'): { readonly name: string; readonly resources: readonly string[] }[] {
  return [...svg.matchAll(new RegExp(`data-${what}="([^"]+)" data-resources="([^"]*)"`, 'g'))].map(([, name = '', resources = '']) => ({ name: name.replaceAll('&gt;', '>'), resources: resources.split(' ') }));
}

/** Whether an upright or level line enters a rectangle, its edge not counted. */
function enters(a: Point, b: Point, { x, y, width, height }: Rect): boolean {
  return Math.max(a.x, b.x) > x && Math.min(a.x, b.x) < x + width && Math.max(a.y, b.y) > y && Math.min(a.y, b.y) < y + height;
}

describe.each(ENVIRONMENTS)('the drawing of %s', (environment) => {
  let templates: ReadonlyMap<string, Template>;
  let picture: Picture;
  let svg: string;
  beforeAll(async () => {
    templates = await readTemplates(ASSEMBLY, environment);
    picture = pictureOf(environment, templates);
    svg = svgOf(picture);
  });

  it('is the same each time', () => {
    expect(svgOf(pictureOf(environment, templates))).toBe(svg);
  });

  it('has the resources of each box and arrow in the templates', () => {
    const keys = new Set(estateOf(templates).resources.map(({ key }) => key));
    const all = [...drawn(svg, 'box'), ...drawn(svg, 'edge')];
    expect(all.filter(({ resources }) => resources.length === 0 || resources.some((key) => !keys.has(key)))).toEqual([]);
    expect(drawn(svg, 'box').map(({ name }) => name)).toEqual(picture.boxes.map(({ kind }) => kind.id));
    expect(new Set(drawn(svg, 'edge').map(({ name }) => name))).toEqual(new Set(picture.edges.map(({ from, to }) => `${from}>${to}`)));
  });

  it('runs no arrow through a box', () => {
    const rects = picture.boxes.map(({ kind }) => PLACES[kind.id] as Rect);
    const through = picture.edges.filter(({ from, to }) => {
      const points = cornersOf(from, to);
      return points.some((point, index) => index > 0 && rects.some((rect) => enters(points[index - 1] as Point, point, rect)));
    });
    expect(through.map(({ from, to }) => `${from}>${to}`)).toEqual([]);
  });

  it('lays no two arrows of different sources on each other', () => {
    const segments = picture.edges.flatMap(({ from, to }) => cornersOf(from, to).slice(1).map((end, index) => ({ from, a: cornersOf(from, to)[index] as Point, b: end })));
    const along = segments.flatMap((one) => segments.filter((other) => other.from !== one.from && overlap(one, other)).map((other) => `${one.from} and ${other.from}`));
    expect(along).toEqual([]);
  });

  it('starts and ends every arrow at its boxes, within the picture', () => {
    for (const { from, to } of picture.edges) {
      const points = cornersOf(from, to);
      expect(touches(points[0] as Point, PLACES[from] as Rect), `${from}>${to}`).toBe(true);
      expect(touches(points.at(-1) as Point, PLACES[to] as Rect), `${from}>${to}`).toBe(true);
      expect(points.every(({ x, y }) => x > 0 && y > 0 && x < SIZE.width && y < SIZE.height)).toBe(true);
    }
  });

  it('cuts no text short', () => {
    expect(svg).not.toContain('…');
  });

  it('needs nothing from outside, runs nothing, and tells who cannot see it', () => {
    expect(svg).not.toMatch(/<script|<image|<foreignObject|@import|@font-face|\son\w+=|url\((?!#)/);
    expect(svg.match(/https?:\/\/[^"' ]+/g)).toEqual(['http://www.w3.org/2000/svg']);
    expect(svg).toContain('prefers-color-scheme: dark');
    expect(svg).toMatch(/<desc id="description">[^<]*A conversation runs Customer to /);
  });
});

describe('the drawing', () => {
  it('escapes what it is given', async () => {
    const svg = svgOf({ ...pictureOf('prod', await readTemplates(ASSEMBLY, 'prod')), environment: '<script>alert("&")</script>' });
    expect(svg).not.toContain('<script');
    expect(svg).toContain('&lt;script&gt;alert(&quot;&amp;&quot;)&lt;/script&gt;');
  });

  it('says where to lay an arrow that it does not know', () => {
    expect(() => cornersOf('pages', 'conversations')).toThrow('lets pages reach conversations, and the picture has no way between them: lay one in bin/diagram/routes.ts');
  });

  it('cuts what does not fit', () => {
    expect(fitted('a name that goes on and on', 65)).toBe('a name th…');
    expect(fitted('short', 65)).toBe('short');
  });
});

/** Whether a point lies on the edge of a rectangle. */
function touches({ x, y }: Point, rect: Rect): boolean {
  const [right, bottom] = [rect.x + rect.width, rect.y + rect.height];
  const onSide = (x === rect.x || x === right) && y > rect.y && y < bottom;
  return onSide || ((y === rect.y || y === bottom) && x > rect.x && x < right);
}

interface Segment {
  readonly a: Point;
  readonly b: Point;
}

/** Whether two lines run within three pixels of each other for some way. */
function overlap(one: Segment, other: Segment): boolean {
  const along = (axis: 'x' | 'y'): boolean => {
    const across = axis === 'x' ? 'y' : 'x';
    if (one.a[across] !== one.b[across] || other.a[across] !== other.b[across] || Math.abs(one.a[across] - other.a[across]) > 3) return false;
    return Math.min(Math.max(one.a[axis], one.b[axis]), Math.max(other.a[axis], other.b[axis])) > Math.max(Math.min(one.a[axis], one.b[axis]), Math.min(other.a[axis], other.b[axis]));
  };
  return along('x') || along('y');
}
