import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import type { ErrorPayload, FromWorker, InvocationContext, StreamMetadata, ToWorker, WorkerStart } from './protocol.ts';
import { ResponseStream } from './response-stream.ts';

type Handler = (event: unknown, contextOrStream: unknown, context?: unknown) => unknown;

/** Marks what `streamifyResponse` made, under the name that Lambda's own runtime uses. */
const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');

/** The global that Lambda's managed Node.js runtime gives to every function. */
const awslambda = {
  streamifyResponse: (handler: Handler): Handler => Object.assign(handler, { [STREAMING]: 'response' }),
  HttpResponseStream: { from: (stream: ResponseStream, metadata: StreamMetadata): ResponseStream => stream.prepend(metadata) },
};

function describe(error: unknown): ErrorPayload {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error) };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}

/** Loads `file.export` of the bundle, ESM first, as Lambda does. */
async function load({ taskRoot, handler }: WorkerStart): Promise<Handler> {
  const dot = handler.lastIndexOf('.');
  const [file, name] = [handler.slice(0, dot), handler.slice(dot + 1)];
  const path = ['.mjs', '.js', '.cjs'].map((extension) => join(taskRoot, `${file}${extension}`)).find((candidate) => existsSync(candidate));
  if (path === undefined) throw new Error(`Runtime.ImportModuleError: there is no ${file}.mjs, .js or .cjs in ${taskRoot}. Build the bundles again.`);
  const module = (await import(pathToFileURL(path).href)) as Record<string, unknown>;
  const exported = module[name] ?? (module['default'] as Record<string, unknown> | undefined)?.[name];
  if (typeof exported !== 'function') throw new Error(`Runtime.HandlerNotFound: ${path} exports no function '${name}'.`);
  return exported as Handler;
}

function contextOf({ timeoutMilliseconds, ...rest }: InvocationContext): object {
  const deadline = Date.now() + timeoutMilliseconds;
  return { ...rest, callbackWaitsForEmptyEventLoop: true, getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()) };
}

async function stream(handler: Handler, event: unknown, context: object, target: ResponseStream): Promise<void> {
  const finished = new Promise<void>((resolve, reject) => {
    target.once('finish', resolve);
    target.on('error', reject);
    target.once('close', () => reject(new Error('The response stream was destroyed before its end.')));
  });
  // The handler's own failure is the one to report; until it is done, the stream's must not go unseen.
  finished.catch(() => undefined);
  await handler(event, target, context);
  await finished;
}

async function serve(port: MessagePort): Promise<void> {
  const send = (message: FromWorker): void => port.postMessage(message);
  const handler = await load(workerData as WorkerStart);
  const streaming = STREAMING in handler;
  let current: ResponseStream | undefined;
  const invoke = async (eventText: string, context: InvocationContext): Promise<void> => {
    try {
      const event: unknown = JSON.parse(eventText);
      if (streaming) {
        current = new ResponseStream(send);
        await stream(handler, event, contextOf(context), current);
        send({ type: 'done', payload: '', streamed: true });
      } else {
        const result = await handler(event, contextOf(context));
        send({ type: 'done', payload: JSON.stringify(result) ?? 'null', streamed: false });
      }
    } catch (error) {
      send({ type: 'failed', error: describe(error) });
    }
  };
  port.on('message', (message: ToWorker) => {
    if (message.type === 'taken') current?.taken(message.bytes);
    else void invoke(message.event, message.context);
  });
  send({ type: 'ready' });
}

if (parentPort !== null) {
  Object.assign(globalThis, { awslambda });
  if (process.env['NODE_OPTIONS']?.includes('--enable-source-maps')) process.setSourceMapsEnabled(true);
  await serve(parentPort);
}
