import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openApiDocument } from '../lambda/contracts/openapi.ts';

/** Where the committed description stands, from the project's root. */
export const OPENAPI_FILE = 'docs/openapi.json';

const HELP = `Prints the description of the HTTP API (OpenAPI 3.1).

  --write   write it to ${OPENAPI_FILE} instead
  --help    this text
`;

/** The description as it is printed and committed. */
export function openApiText(): string {
  return `${JSON.stringify(openApiDocument(), null, 2)}\n`;
}

/** Prints or writes the description of the HTTP API. @returns exit code */
export async function main(argv: readonly string[], root: string): Promise<number> {
  const unknown = argv.find((argument) => !['--write', '--help'].includes(argument));
  if (unknown !== undefined) {
    process.stderr.write(`Unknown argument "${unknown}".\n\n${HELP}`);
    return 1;
  }
  if (argv.includes('--help')) {
    process.stdout.write(HELP);
  } else if (argv.includes('--write')) {
    await writeFile(join(root, OPENAPI_FILE), openApiText());
    process.stdout.write(`Wrote ${OPENAPI_FILE}.\n`);
  } else {
    process.stdout.write(openApiText());
  }
  return 0;
}
