import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { spreadOf, spreadText, type Spread } from '../measure.ts';
import type { Figure } from './figure.ts';

/** Synth from a cold process: everything validated, one environment, and the inner loop. */
export async function synthFigures(root: string, runs: number): Promise<Figure[]> {
  const measure = async (args: readonly string[]): Promise<Spread> => {
    const seconds: number[] = [];
    for (let i = 0; i < runs; i += 1) seconds.push(await secondsOf(root, args));
    return spreadOf(seconds);
  };
  const out = join(root, '.build/bench/cdk.out');
  const [all, one, inner] = [await measure(['synth', '--out', out]), await measure(['synth', 'prod', '--out', out]), await measure(['synth', 'dev', '--fast', '--out', out])];
  return [
    { name: 'synth, three environments, all packs, validated', value: spreadText(all, 's', 2), promise: 'P1: 8 s', held: { measured: all.median, limit: 8 } },
    { name: 'synth, one environment, all packs, validated', value: spreadText(one, 's', 2) },
    { name: 'synth, one environment, inner loop', value: spreadText(inner, 's', 2), promise: 'P1: 1.5 s', held: { measured: inner.median, limit: 1.5 } },
  ];
}

/** Seconds of one run of a command of ours. @throws Error when it fails */
export function secondsOf(root: string, args: readonly string[]): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, [join(root, 'bin/run.mjs'), ...args], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => (code === 0 ? resolve((performance.now() - started) / 1_000) : reject(new Error(`npm run ${args.join(' ')} failed:\n${errors}`))));
  });
}
