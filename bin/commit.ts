import { execFileSync } from 'node:child_process';

/** The commit that is synthesized and judged: its time is the only one that anything depends on, so that the same commit gives the same bytes. */
export interface Commit {
  /** Hex. @default - not from a repository */
  readonly id?: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** The commit of a checkout; the beginning of 1970 where git has none. */
export function commitOf(root: string): Commit {
  try {
    const [id = '', seconds = ''] = execFileSync('git', ['log', '-1', '--format=%H %ct'], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim().split(' ');
    return { id, at: new Date(Number(seconds) * 1000).toISOString() };
  } catch {
    return { at: new Date(0).toISOString() };
  }
}

/** Day of the commit of a checkout, `YYYY-MM-DD`: accepted risks expire by it, so that the same commit always gives the same synth. */
export function dayOf(root: string): string {
  return commitOf(root).at.slice(0, 10);
}
