import { afterEach, describe, expect, it, vi } from 'vitest';
import { mainOf, step, UsageError } from '../../bin/command.ts';
import type { CommandContext } from '../../bin/command.ts';
import { ConfigError } from '../../config/index.ts';
import { printedBy } from '../support/printed.ts';

const OPTIONS = { fast: { type: 'boolean' }, out: { type: 'string' } } as const;

/** A command that does something. */
const commandThat = (run: Parameters<typeof mainOf<typeof OPTIONS>>[0]['run']) =>
  mainOf({ name: 'demo', summary: 'Shows how.', usage: '[<thing> …]', options: OPTIONS, help: { fast: 'skips checks', out: 'where to' }, run });
const failing = (error: unknown) =>
  commandThat(async () => {
    throw error;
  });

describe('a command', () => {
  it('is called with its options, what follows them, and the root', async () => {
    const main = commandThat(async ({ values, positionals, context }) => {
      context.out(JSON.stringify({ values, positionals, root: context.root }));
      return 3;
    });
    expect(await printedBy(() => main(['a', '--out', 'x', '--fast', 'b'], '/project'))).toEqual({ code: 3, out: '{"values":{"out":"x","fast":true},"positionals":["a","b"],"root":"/project"}\n', errors: '' });
  });

  it.each(['--help', '-h'])('explains itself with %s, and does nothing', async (flag) => {
    const run = vi.fn(() => Promise.resolve(0));
    const printed = await printedBy(() => commandThat(run)([flag, 'a'], '/'));
    expect(printed).toEqual({
      code: 0,
      out: 'Shows how.\n\n  npm run demo -- [<thing> …]\n\n  --fast         skips checks\n  --out <value>  where to\n  --help         this text\n',
      errors: '',
    });
    expect(run).not.toHaveBeenCalled();
  });

  it.each([
    ['--fats', "Unknown option '--fats'"],
    ['-x', "Unknown option '-x'"],
    ['--out', "Option '--out <value>' argument missing"],
    ['--fast=yes', "Option '--fast' does not take an argument"],
  ])('refuses %s with 2, and says what is wrong and where its help is', async (argument, message) => {
    expect(await printedBy(() => commandThat(() => Promise.resolve(0))([argument], '/'))).toEqual({ code: 2, out: '', errors: `${message}. See npm run demo -- --help.\n` });
  });

  it('tells a mistake of the caller as a sentence, with 2', async () => {
    expect(await printedBy(() => failing(new UsageError('There is no thing x; there are y and z.'))([], '/'))).toEqual({ code: 2, out: '', errors: 'There is no thing x; there are y and z.\n' });
  });

  it('tells broken config as it is, with 1', async () => {
    const { code, errors } = await printedBy(() => failing(new ConfigError('There is no environment "x".'))([], '/'));
    expect([code, errors]).toEqual([1, 'There is no environment "x".\n']);
  });

  it('shows the stack of a defect of ours, with 1', async () => {
    const { code, errors } = await printedBy(() => failing(new TypeError('x is not a function'))([], '/'));
    expect(code).toBe(1);
    expect(errors).toMatch(/^TypeError: x is not a function\n {4}at /);
  });

  it('does not hide what is no error', async () => {
    await expect(failing('text')([], '/')).rejects.toBe('text');
  });
});

describe('a step', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Runs a step that takes so long, on a clock that the test turns. */
  async function stepped(milliseconds: number, outcome: () => string = () => 'done') {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const errors: string[] = [];
    const context: CommandContext = { root: '/', out: () => undefined, error: (line) => void errors.push(line), colour: false };
    const work = async (): Promise<string> => {
      await new Promise((resolve) => {
        setTimeout(resolve, milliseconds);
      });
      return outcome();
    };
    const result = step(context, 'Building', work).then((value) => ({ value }), (error: unknown) => ({ error }));
    await vi.advanceTimersByTimeAsync(milliseconds);
    return { ...(await result), errors };
  }

  it('that is quick says nothing', async () => {
    expect(await stepped(1_900)).toEqual({ value: 'done', errors: [] });
  });

  it('that is slow says what is going on, and how long it took', async () => {
    expect(await stepped(3_400)).toEqual({ value: 'done', errors: ['Building …', 'Building: 3.4 s'] });
  });

  it('that fails says so itself', async () => {
    const error = new Error('no');
    expect(await stepped(2_500, () => { throw error; })).toEqual({ error, errors: ['Building …', 'Building: 2.5 s'] });
  });
});
