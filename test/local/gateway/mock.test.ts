import { afterEach, describe, expect, it } from 'vitest';
import { render } from '../../../local/gateway/velocity.ts';
import { echo, pathResource, startGateway } from '../support/api.ts';
import type { RunningGateway } from '../support/api.ts';

/** As CDK writes a preflight for two origins. */
const originTemplate = '#set($origin = $input.params().header.get("Origin"))\n#if($origin == "")\n  #set($origin = $input.params().header.get("origin"))\n#end\n#if($origin == "https://b.example" || $origin == "https://c.example")\n  #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)\n#end';
const preflight = (rest: object = {}) => ({
  Type: 'AWS::ApiGateway::Method',
  Properties: {
    HttpMethod: 'OPTIONS', ResourceId: { Ref: 'V1' }, AuthorizationType: 'NONE',
    Integration: {
      Type: 'MOCK', RequestTemplates: { 'application/json': '{ statusCode: 200 }' },
      IntegrationResponses: [{
        StatusCode: '204',
        ResponseParameters: { 'method.response.header.Access-Control-Allow-Origin': "'https://a.example'", 'method.response.header.Vary': "'Origin'", 'method.response.header.Access-Control-Max-Age': "'3600'" },
        ResponseTemplates: { 'application/json': originTemplate },
      }],
      ...rest,
    },
  },
});

describe('a MOCK integration', () => {
  let gateway: RunningGateway;
  afterEach(() => gateway.close());
  const options = (headers: Record<string, string>): Promise<Response> => fetch(`${gateway.url}/v1`, { method: 'OPTIONS', headers });

  it.each([
    [{ Origin: 'https://b.example' }, 'https://b.example'],
    [{ origin: 'https://c.example' }, 'https://c.example'],
    [{ Origin: 'https://evil.example' }, 'https://a.example'],
    [{}, 'https://a.example'],
  ])('answers a preflight of %j', async (headers, origin) => {
    gateway = await startGateway({ V1: pathResource('v1'), Options: preflight() }, echo);
    const response = await options(headers);
    expect([response.status, await response.text()]).toEqual([204, '']);
    expect(response.headers.get('access-control-allow-origin')).toBe(origin);
    expect([response.headers.get('vary'), response.headers.get('access-control-max-age')]).toEqual(['Origin', '3600']);
  });

  it('refuses another content type when it passes nothing through', async () => {
    gateway = await startGateway({ V1: pathResource('v1'), Options: preflight({ PassthroughBehavior: 'NEVER' }) }, echo);
    expect((await options({ 'content-type': 'text/plain' })).status).toBe(415);
  });

  it('applies no template to bytes: a preflight of an API that takes JSON as bytes must turn them into text', async () => {
    const api = { BinaryMediaTypes: ['application/json'] };
    gateway = await startGateway({ V1: pathResource('v1'), Options: preflight() }, echo, { api });
    expect((await options({})).status).toBe(500);
    expect(gateway.reports.join()).toContain('needs ContentHandling CONVERT_TO_TEXT');
    await gateway.close();
    gateway = await startGateway({ V1: pathResource('v1'), Options: preflight({ ContentHandling: 'CONVERT_TO_TEXT' }) }, echo, { api });
    expect((await options({ Origin: 'https://b.example' })).headers.get('access-control-allow-origin')).toBe('https://b.example');
  });

  it('picks the answer by the status of the request template', async () => {
    const IntegrationResponses = [{ StatusCode: '200' }, { StatusCode: '418', SelectionPattern: '4\\d{2}', ResponseTemplates: { 'application/json': '{"path":"$context.resourcePath","q":"$input.params(\'q\')"}' } }];
    gateway = await startGateway({ V1: pathResource('v1'), Options: preflight({ RequestTemplates: { 'application/json': '{"statusCode": 404}' }, IntegrationResponses }) }, echo);
    const response = await fetch(`${gateway.url}/v1?q=7`, { method: 'OPTIONS' });
    expect([response.status, await response.json()]).toEqual([418, { path: '/v1', q: '7' }]);
  });

  it('reports a template that is not emulated', async () => {
    gateway = await startGateway({ V1: pathResource('v1'), Options: preflight({ IntegrationResponses: [{ StatusCode: '200', ResponseTemplates: { 'application/json': '$util.urlEncode("x")' } }] }) }, echo);
    expect((await options({})).status).toBe(500);
    expect(gateway.reports.join()).toMatch(/reads \$util\.urlEncode\("x"\), which the local runner does not emulate/);
  });
});

describe('render', () => {
  const scope = (values: Record<string, unknown>) => ({ read: (name: string) => values[name] ?? null, write: (name: string, value: unknown) => { values[name] = value; } });

  it.each([
    ['plain $a text', 'plain 1 text'],
    ['$!{b}!', 'x!'],
    ['#if($a == 1)yes#{else}no#end', 'yes'],
    ['#if($a == 1)yes', undefined],
    ['no#end', undefined],
    ['#set $x = 1', undefined],
    ['#if($a == 2)two#elseif($a == 1)one#else none#end', 'one'],
    ['#if($b == "y" || ($a == 1 && !$c))in#end', 'in'],
    ["#set($d = 'v')\n$d", 'v'],
    ['#if(true)#if(false)a#{end}', undefined],
    ['#if(true)#if(false)a#{end}b#end', 'b'],
    ['#if($a != 1)a#else#if(true)b#end#end', 'b'],
  ])('%s', (template, expected) => {
    const act = (): string => render(template, scope({ $a: 1, $b: 'x' }));
    if (expected === undefined) expect(act).toThrow();
    else expect(act()).toBe(expected);
  });
});
