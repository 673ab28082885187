// A process as Lambda starts it: loads the chat bundle, answers what it is sent, and tells what that cost.
// argv: bundle file; stdin: one JSON per line {event, quiet?}; stdout: one JSON per line.
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';

globalThis.awslambda = {
  streamifyResponse: (handler) => handler,
  HttpResponseStream: { from: (stream, metadata) => Object.assign(stream, { metadata }) },
};

/** Collects a response stream. */
function sink() {
  const chunks = [];
  const stream = new Writable({ write: (chunk, _encoding, done) => { chunks.push(Buffer.from(chunk)); done(); } });
  return Object.assign(stream, { text: () => Buffer.concat(chunks).toString('utf8'), setContentType: () => undefined });
}

const before = performance.now();
const { handler } = await import(pathToFileURL(process.argv[2]).href);
const load = performance.now() - before;

for await (const line of createInterface({ input: process.stdin })) {
  const { event } = JSON.parse(line);
  const stream = sink();
  const cpu = process.cpuUsage();
  const started = performance.now();
  const context = { awsRequestId: '00000000-0000-4000-8000-000000000000', functionName: 'chat', functionVersion: '1', getRemainingTimeInMillis: () => 28_000 - (performance.now() - started) };
  let replied;
  stream.once('finish', () => (replied = performance.now()));
  await handler({ ...event, requestContext: { ...event.requestContext, requestTimeEpoch: Date.now() } }, stream, context);
  const used = process.cpuUsage(cpu);
  const milliseconds = replied - started;
  process.stdout.write(`${JSON.stringify({ load, sinceStart: replied, milliseconds, cpu: (used.user + used.system) / 1_000, status: stream.metadata?.statusCode, body: stream.text() })}\n`);
}
