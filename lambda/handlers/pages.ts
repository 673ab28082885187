import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { PreTrafficCheck, PreTrafficResult } from '../contracts/events.ts';
import { readPageEnvironment } from '../runtime/pages/environment.ts';
import type { PageEnvironment } from '../runtime/pages/environment.ts';
import { readPageFiles } from '../runtime/pages/files.ts';
import type { PageFile } from '../runtime/pages/files.ts';
import { servePage } from '../runtime/pages/serve.ts';
import type { PageResponse } from '../runtime/pages/serve.ts';

/** What the handler reads of an API Gateway event. */
export type PageEvent = Pick<APIGatewayProxyEvent, 'headers' | 'pathParameters'>;

interface Ready {
  readonly environment: PageEnvironment;
  readonly files: ReadonlyMap<string, PageFile>;
}

async function prepare(): Promise<Ready> {
  // The build puts the files beside this function's bundle.
  return { environment: readPageEnvironment(), files: await readPageFiles(new URL('./files/', import.meta.url)) };
}

let ready: Promise<Ready> | undefined;

/** Serves the chat page, its script and its style sheet; answers the pre-traffic check once both environment and files are readable. */
export async function handler(event: PageEvent | PreTrafficCheck): Promise<PageResponse | PreTrafficResult> {
  ready ??= prepare();
  const { environment, files } = await ready;
  if ('check' in event) return { ok: true, release: environment.release };
  const headers = new Map(Object.entries(event.headers ?? {}).flatMap(([name, value]) => (value === undefined ? [] : [[name.toLowerCase(), value]])));
  return servePage(files, environment.settings, { file: event.pathParameters?.['file'], headers });
}
