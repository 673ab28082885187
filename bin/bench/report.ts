import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { spreadOf, spreadText } from '../measure.ts';
import type { Figure } from './figure.ts';
import { largeTemplate, type Rights } from './large-template.ts';
import { secondsOf } from './synth.ts';

/** The compliance report from a cold process: of one environment, and of the largest template that CloudFormation takes, by what its roles may. */
export async function reportFigures(root: string, runs: number): Promise<Figure[]> {
  const folder = join(root, '.build/bench/report');
  await mkdir(folder, { recursive: true });
  const measure = async (name: string, promise: number, args: readonly string[]): Promise<Figure> => {
    const seconds: number[] = [];
    for (let i = 0; i < runs; i += 1) seconds.push(await secondsOf(root, ['report', ...args, '--out', join(folder, 'reports')]));
    const spread = spreadOf(seconds);
    return { name, value: spreadText(spread, 's', 2), promise: `${promise} s`, held: { measured: spread.median, limit: promise } };
  };
  const template = async (name: string, rights: Rights): Promise<Figure> => {
    const file = join(folder, `${rights}.json`);
    await writeFile(file, JSON.stringify(largeTemplate(rights)));
    return measure(name, 10, ['--template', file]);
  };
  return [
    await measure('report of one environment', 8, ['prod']),
    await template('report of 500 resources, rights by wildcards', 'wildcards'),
    await template('report of 500 resources, rights that stand elsewhere', 'elsewhere'),
  ];
}
