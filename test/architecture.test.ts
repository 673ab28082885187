import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './support/paths.ts';

/** A rule of a room: what its files may import of ours, and what must not stand in them. */
interface Room {
  readonly name: string;
  readonly files: RegExp;
  /** Files of ours that it may import. */
  readonly ours: RegExp;
  /** Packages that it must not import. */
  readonly notPackages: RegExp;
  /** What must not stand in its text. */
  readonly notText?: RegExp;
}

const AWS_SDK = /^@(aws-sdk|smithy)\//;
const CDK = /^(aws-cdk-lib|constructs|cdk-nag)/;
const ENVIRONMENT = /process\.env/;

const ROOMS: readonly Room[] = [
  { name: 'config', files: /^config\//, ours: /^config\//, notPackages: /^(?!zod$)/, notText: /process\.env|node:fs/ },
  { name: 'lambda/contracts', files: /^lambda\/contracts\//, ours: /^lambda\/contracts\//, notPackages: /^(?!zod)/ },
  { name: 'lambda/domain', files: /^lambda\/domain\//, ours: /^lambda\/(domain|contracts)\//, notPackages: AWS_SDK, notText: /process\.env|Date\.now|new Date\(\)|Math\.random|console\./ },
  { name: 'lambda/adapters', files: /^lambda\/adapters\//, ours: /^lambda\/(adapters|domain|contracts)\//, notPackages: CDK, notText: ENVIRONMENT },
  { name: 'lambda/runtime', files: /^lambda\/runtime\//, ours: /^lambda\/(runtime|adapters|domain|contracts)\//, notPackages: CDK },
  { name: 'lambda/handlers', files: /^lambda\/handlers\//, ours: /^lambda\/(handlers|runtime|domain|contracts)\//, notPackages: AWS_SDK, notText: ENVIRONMENT },
  { name: 'lib/compliance', files: /^lib\/compliance\//, ours: /^lib\/compliance\//, notPackages: AWS_SDK, notText: ENVIRONMENT },
  { name: 'lib/<capability>', files: /^lib\/(?!stacks\/|compliance\/|chatbot-stage)/, ours: /^(lib\/(?!stacks\/|chatbot-stage)|lambda\/contracts\/|config\/schema\/)/, notPackages: AWS_SDK, notText: /process\.env|'(dev|staging|prod)'|tryGetContext/ },
  { name: 'lib/stacks and the stage', files: /^lib\/(stacks\/|chatbot-stage)/, ours: /^(lib\/|config\/schema\/)/, notPackages: AWS_SDK, notText: /process\.env|'(dev|staging|prod)'|tryGetContext|new Cfn/ },
  { name: 'local', files: /^local\//, ours: /^(local\/|lambda\/contracts\/)/, notPackages: CDK },
];

/** The places where the environment is read. */
const READS_ENVIRONMENT = /^(bin\/|local\/(main|runtime\/worker)\.ts$|lambda\/runtime\/(compose\.ts|compose\/|pages\/environment\.ts))/;

interface Import {
  readonly from: string;
  readonly to: string;
  readonly ours: boolean;
}

const sources = ['bin', 'config', 'lib', 'lambda', 'local', 'pages'].flatMap((room) => files(join(ROOT, room)));
const texts = new Map(sources.map((file) => [relative(ROOT, file), readFileSync(file, 'utf8')]));
const imports = [...texts].flatMap(([file, text]) => importsOf(file, text));

describe('rooms', () => {
  it.each(ROOMS)('$name holds to its row', (room) => {
    const mine = imports.filter(({ from }) => room.files.test(from));
    const wrong = mine.filter(({ to, ours }) => (ours ? !room.ours.test(to) : room.notPackages.test(to) && !to.startsWith('node:'))).map(({ from, to }) => `${from} imports ${to}`);
    const text = [...texts].filter(([file, content]) => room.files.test(file) && room.notText?.test(withoutComments(content))).map(([file]) => `${file} holds what ${room.notText} forbids`);
    expect([...wrong, ...text]).toEqual([]);
    expect([...texts.keys()].filter((file) => room.files.test(file)).length).toBeGreaterThan(0);
  });

  it('adapters do not know each other', () => {
    const folder = (file: string): string => file.split('/')[2] as string;
    const shared = new Set(['aws', 'streams']);
    const wrong = imports.filter(({ from, to }) => from.startsWith('lambda/adapters/') && to.startsWith('lambda/adapters/') && folder(from) !== folder(to) && !shared.has(folder(to)));
    expect(wrong).toEqual([]);
  });

  it('a capability is entered by its public face', () => {
    const folder = (file: string): string => file.split('/')[1] as string;
    const wrong = imports.filter(({ from, to }) => from.startsWith('lib/') && to.startsWith('lib/') && to.split('/').length > 2 && folder(from) !== folder(to) && !to.endsWith('/index.ts'));
    expect(wrong).toEqual([]);
  });

  it('reads the environment in one place per world', () => {
    const readers = [...texts].filter(([file, text]) => ENVIRONMENT.test(withoutComments(text)) && !READS_ENVIRONMENT.test(file)).map(([file]) => file);
    expect(readers).toEqual([]);
  });

  it('has no import cycle, type imports included', () => {
    expect(cycle(imports)).toBeUndefined();
  });

  it('keeps every file under 300 lines', () => {
    const long = [...texts].filter(([, text]) => text.split('\n').length > 300).map(([file]) => file);
    expect(long).toEqual([]);
  });
});

describe('the checker itself', () => {
  it('sees imports of every form', () => {
    const text = "import { a } from './a.ts';\nimport type { B } from './b.ts';\nexport * from './c.ts';\nconst d = await import('./d.ts');\nimport './e.ts';\nlet f: import('./f.ts').F;";
    expect(importsOf('lib/x/y.ts', text).map(({ to }) => to)).toEqual(['lib/x/a.ts', 'lib/x/b.ts', 'lib/x/c.ts', 'lib/x/e.ts', 'lib/x/d.ts', 'lib/x/f.ts']);
  });

  it('sees a cycle', () => {
    const edge = (from: string, to: string): Import => ({ from, to, ours: true });
    expect(cycle([edge('a', 'b'), edge('b', 'c'), edge('c', 'a')])).toEqual(['a', 'b', 'c', 'a']);
    expect(cycle([edge('a', 'b'), edge('a', 'c'), edge('b', 'c')])).toBeUndefined();
  });
});

function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}

function importsOf(file: string, text: string): Import[] {
  const found = [...text.matchAll(/^(?:import|export)\b(?:[^;'"`=]*?\bfrom\s+|\s+)['"]([^'"]+)['"]/gm), ...text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)];
  return found.map(([, specifier]) => {
    const name = specifier as string;
    return name.startsWith('.') ? { from: file, to: relative(ROOT, resolve(ROOT, dirname(file), name)), ours: true } : { from: file, to: name, ours: false };
  });
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '$1');
}

function cycle(edges: readonly Import[]): string[] | undefined {
  const next = grouped(edges);
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const { to } of next.get(file) ?? []) {
      const found = visit(to, [...path, file]);
      if (found) return found;
    }
    done.add(file);
    return undefined;
  };
  for (const file of next.keys()) {
    const found = visit(file, []);
    if (found) return found;
  }
  return undefined;
}

function grouped(edges: readonly Import[]): Map<string, Import[]> {
  const groups = new Map<string, Import[]>();
  for (const edge of edges.filter(({ ours }) => ours)) groups.set(edge.from, [...(groups.get(edge.from) ?? []), edge]);
  return groups;
}
