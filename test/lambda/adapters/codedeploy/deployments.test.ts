import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientOptions } from '../../../../lambda/adapters/aws/client-options.ts';
import { codeDeployDeployments } from '../../../../lambda/adapters/codedeploy/deployments.ts';

let server: Server;
let answers: Record<string, object> = {};
const requests: { target: string; body: unknown }[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => (text += chunk)).on('end', () => {
      const target = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
      requests.push({ target, body: JSON.parse(text) });
      const answer: object = answers[target] ?? {};
      response.writeHead('__type' in answer ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const deployments = (given: Record<string, object>) => {
  answers = given;
  requests.length = 0;
  return codeDeployDeployments({ client: clientOptions('background', { region: 'eu-central-1', endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, credentials: { accessKeyId: 'a', secretAccessKey: 'b' } }) });
};
const deployment = (info: object) => ({ GetDeployment: { deploymentInfo: info } });

describe('deployments', () => {
  it('finds the group of a deployment, by one call', async () => {
    expect(await deployments(deployment({ deploymentGroupName: 'dev-chat', creator: 'CloudFormation' })).find('d-1')).toEqual({ group: 'dev-chat', takesBack: false });
    expect(requests).toEqual([{ target: 'GetDeployment', body: { deploymentId: 'd-1' } }]);
  });

  it.each([
    ['CloudFormation', false],
    ['user', false],
    [undefined, false],
    ['codeDeployRollback', true],
    ['CloudFormationRollback', true],
  ])('made by %s: takes a version back is %s', async (creator, takesBack) => {
    expect(await deployments(deployment({ deploymentGroupName: 'dev-chat', creator })).find('d-1')).toEqual({ group: 'dev-chat', takesBack });
  });

  it.each([{}, deployment({})])('says so when there is no group: %j', async (given) => {
    await expect(deployments({ ...given }).find('d-1')).rejects.toThrow('Deployment d-1 names no deployment group.');
  });

  it('leaves the kind of a refusal to be seen', async () => {
    const refused = deployments({ GetDeployment: { __type: 'AccessDeniedException', message: 'no' } });
    await expect(refused.find('d-1')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('reports the outcome of the hook', async () => {
    await deployments({}).report({ deploymentId: 'd-1', executionId: 'x-1' }, 'Failed');
    expect(requests).toEqual([{ target: 'PutLifecycleEventHookExecutionStatus', body: { deploymentId: 'd-1', lifecycleEventHookExecutionId: 'x-1', status: 'Failed' } }]);
  });
});
