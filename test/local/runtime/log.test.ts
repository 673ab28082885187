import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { eachLine, fileLog } from '../../../local/runtime/log.ts';
import { temporaryFolder } from '../support/folder.ts';

describe('fileLog', () => {
  const folder = temporaryFolder();

  it('writes all lines to the function\'s file, and reports errors in one', async () => {
    const reports: string[] = [];
    const directory = join(folder, 'logs');
    const log = fileLog({ directory, report: (line) => void reports.push(line) });
    log.line('chat', 'plain ERROR text');
    log.line('chat', '{"level":"INFO","message":"fine, says \\"ERROR\\""}');
    log.line('chat', '{"level":"ERROR","message":"A request failed","error":{"message":"no\\ntable"}}');
    log.line('chat', '{"level":"ERROR", broken');
    log.problem('sweep', `long ${'x'.repeat(400)}`);
    await log.close();
    expect(readFileSync(join(directory, 'chat.log'), 'utf8').split('\n')).toHaveLength(5);
    expect(reports).toEqual(['chat: A request failed (no table)', `sweep: long ${'x'.repeat(295)}…`]);
  });

  it('needs no folder', async () => {
    const log = fileLog({ report: () => undefined });
    log.line('chat', 'x');
    await log.close();
  });

  it('tells lines apart over chunks', async () => {
    const stream = new PassThrough();
    const lines: string[] = [];
    eachLine(stream, (line) => void lines.push(line));
    stream.write('on');
    stream.write('e\ntwo\nth');
    stream.end('ree');
    await expect.poll(() => lines).toEqual(['one', 'two', 'three']);
  });
});
