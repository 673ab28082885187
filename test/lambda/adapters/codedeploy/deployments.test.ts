import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientOptions } from '../../../../lambda/adapters/aws/client-options.ts';
import { codeDeployDeployments } from '../../../../lambda/adapters/codedeploy/deployments.ts';

let server: Server;
let answers: Record<string, unknown> = {};
const requests: { target: string; body: unknown }[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => (text += chunk)).on('end', () => {
      const target = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
      requests.push({ target, body: JSON.parse(text) });
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answers[target] ?? {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const deployments = (given: Record<string, unknown>) => {
  answers = given;
  requests.length = 0;
  return codeDeployDeployments({ client: clientOptions('background', { region: 'eu-central-1', endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, credentials: { accessKeyId: 'a', secretAccessKey: 'b' } }) });
};
const APPSPEC = { version: 0, Resources: [{ chat: { Type: 'AWS::Lambda::Function', Properties: { Name: 'dev-chat', Alias: 'live', CurrentVersion: '6', TargetVersion: '7' } } }] };
const deployment = (revision: object) => ({ deploymentInfo: { applicationName: 'app', revision } });
const HASH_ONLY = { revisionType: 'AppSpecContent', appSpecContent: { sha256: 'abc' } };

describe('deployments', () => {
  it('reads function and version from the revision’s text', async () => {
    const found = deployments({ GetDeployment: deployment({ revisionType: 'String', string: { content: JSON.stringify(APPSPEC), sha256: 'abc' } }) });
    expect(await found.target('d-1')).toEqual({ functionName: 'dev-chat', version: '7' });
    expect(requests).toEqual([{ target: 'GetDeployment', body: { deploymentId: 'd-1' } }]);
  });

  it('asks for the text when the deployment shows its hash only', async () => {
    const found = deployments({ GetDeployment: deployment(HASH_ONLY), GetApplicationRevision: { revision: { appSpecContent: { content: JSON.stringify(APPSPEC) } } } });
    expect(await found.target('d-1')).toEqual({ functionName: 'dev-chat', version: '7' });
    expect(requests.at(-1)).toEqual({ target: 'GetApplicationRevision', body: { applicationName: 'app', revision: HASH_ONLY } });
  });

  it('reads YAML too, with small letters and a number', async () => {
    const content = 'version: 0.0\nresources:\n  - chat:\n      type: AWS::Lambda::Function\n      properties:\n        name: dev-chat\n        targetVersion: 8\n';
    expect(await deployments({ GetDeployment: deployment({ appSpecContent: { content } }) }).target('d-1')).toEqual({ functionName: 'dev-chat', version: '8' });
  });

  it.each<[string, object, RegExp]>([
    ['no text', { GetDeployment: deployment(HASH_ONLY) }, /no appspec text/],
    ['no revision', { GetDeployment: { deploymentInfo: { applicationName: 'app' } } }, /no appspec text/],
    ['no function', { GetDeployment: deployment({ string: { content: '{"Resources":[{}]}' } }) }, /names no function/],
    ['resources that are none', { GetDeployment: deployment({ string: { content: '{"Resources":[null,1,"x",{"a":null}]}' } }) }, /names no function/],
    ['broken text', { GetDeployment: deployment({ string: { content: '{' } }) }, /JSON/],
  ])('says so when there is %s', async (_name, given, message) => {
    await expect(deployments({ ...given }).target('d-1')).rejects.toThrow(message);
  });

  it('reports the outcome of the hook', async () => {
    await deployments({}).report({ deploymentId: 'd-1', executionId: 'x-1' }, 'Failed');
    expect(requests).toEqual([{ target: 'PutLifecycleEventHookExecutionStatus', body: { deploymentId: 'd-1', lifecycleEventHookExecutionId: 'x-1', status: 'Failed' } }]);
  });
});
