import { describe, expect, it } from 'vitest';
import { configCommand } from '../../bin/config.ts';
import { UsageError } from '../../bin/command.ts';
import { Registry, registry } from '../../config/index.ts';
import { environmentJsonSchema } from '../../config/json-schema.ts';
import { sample } from './sample.ts';

type Call = Parameters<ReturnType<typeof configCommand>['run']>[0];

/** Runs the command and keeps what it says. */
async function run(values: Call['values'], positionals: readonly string[] = [], environments: Registry = registry, colour = false) {
  const out: string[] = [];
  const errors: string[] = [];
  const context = { root: '/nowhere', out: (line: string) => void out.push(line), error: (line: string) => void errors.push(line), colour };
  const code = await configCommand(environments).run({ values, positionals, context });
  return { code, out: out.join('\n'), errors: errors.join('\n') };
}

const broken = new Registry({ dev: sample('dev', { region: 'Frankfurt' }), prod: sample('prod', { 'dataPolicy.removal': { kind: 'destroy', reason: 'Nothing here is worth keeping, says the test.' } }) });

describe('npm run config', () => {
  it('checks all environments, or those that are named', async () => {
    expect(await run({})).toEqual({ code: 0, out: 'dev, prod, staging: no problems.', errors: '' });
    expect(await run({ check: true }, ['prod', 'prod'])).toEqual({ code: 0, out: 'prod: no problems.', errors: '' });
  });

  it('fails with every problem of every environment', async () => {
    const { code, out, errors } = await run({}, [], broken);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(errors).toContain('Environment dev: one problem\n\n  region\n');
    expect(errors).toContain('Environment prod: one problem\n\n  dataPolicy.removal.kind\n');
  });

  it('paints on a terminal only', async () => {
    expect((await run({}, [], broken)).errors).not.toContain('\u001B');
    expect((await run({}, [], broken, true)).errors).toContain('\u001B[1mregion\u001B[0m');
  });

  it('explains', async () => {
    const { code, out } = await run({ explain: 'model.timeoutSeconds' });
    expect(code).toBe(0);
    expect(out).toBe(
      ['model.timeoutSeconds', '  Time-out of a model call while the client waits.', '  allowed   whole number, 1 to 25', '  unit      seconds', '  default   15', "  only with model.provider: 'bedrock' or 'openai-compatible'", '', 'Values', '  dev       not used: its section has another form here', '  prod      15 (default)', '  staging   15 (default)'].join('\n'),
    );
  });

  it('fails on an unknown option, with the nearest', async () => {
    expect(await run({ explain: 'modle' })).toMatchObject({ code: 1, out: '', errors: expect.stringContaining('There is no option "modle". Nearest: model, ') });
  });

  it('lists environments, broken ones too', async () => {
    expect((await run({ list: true }, [], broken)).out).toBe('dev                  development   000000000000  (not valid)\nprod                 production    000000000000  eu-central-1');
  });

  it('prints the schema', async () => {
    expect(JSON.parse((await run({ schema: true })).out)).toEqual(environmentJsonSchema());
  });

  it('refuses options that do not go together', async () => {
    await expect(run({ list: true, schema: true })).rejects.toThrow(UsageError);
    await expect(run({ explain: 'model' }, ['prod'])).rejects.toThrow('--explain stands alone.');
  });
});
