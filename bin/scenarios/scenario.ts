import { readFile } from 'node:fs/promises';
import { parseDocument } from 'yaml';
import * as z from 'zod';
import { REPLY_KINDS } from '../../lambda/contracts/events.ts';
import { UsageError } from '../command.ts';

const Expectation = z.strictObject({
  kind: z.enum(REPLY_KINDS),
  /** Articles of which one at least must be cited. */
  sources: z.array(z.string()).min(1).optional(),
  /** Texts that must all be in the reply, whatever their case. */
  contains: z.array(z.string().min(1)).optional(),
  /** Texts that must not be in the reply, whatever their case. */
  notContains: z.array(z.string().min(1)).optional(),
});

const Scenario = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string().min(3),
  useCase: z.string(),
  /** 1: a failure blocks a release. 2: it is reported. */
  priority: z.union([z.literal(1), z.literal(2)]),
  turns: z.array(z.strictObject({ say: z.string().min(1), expect: Expectation })).min(1),
});

/** What a reply must be like. */
export type Expectation = z.output<typeof Expectation>;
/** A conversation that the bot must handle. */
export type Scenario = z.output<typeof Scenario>;

/**
 * Reads a file of scenarios.
 * @throws UsageError when it is not there or not as `scenarios/README.md` says
 */
export async function readScenarios(file: string): Promise<Scenario[]> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UsageError(`There is no scenario file ${file}; name another one with --file.`);
  });
  const document = parseDocument(text);
  const [mistake] = document.errors;
  if (mistake) throw new UsageError(`${file} is not valid YAML: ${mistake.message.split('\n', 1)[0]}`);
  const parsed = z.array(Scenario).min(1).safeParse(document.toJS());
  if (parsed.success) return parsed.data;
  throw new UsageError(`${file} is not a list of scenarios:\n${parsed.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`).join('\n')}`);
}
