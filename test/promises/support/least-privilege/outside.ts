import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { startJsonServer } from '../../../app/support/loopback-server.ts';
import { startModelEndpoint } from '../../../support/fakes/model-endpoint.ts';
import type { Seen } from './planted.ts';

/** Audience of customers' tokens. */
export const AUDIENCE = 'chat';
/** An order of every customer's. */
export const ORDER = 'OT-12345';
/** Part of a question that makes the model take too long. */
export const SLOWLY = 'send something back, at long last';
/** What the model says. */
export const REPLY = ['You have ', '30 days ', 'after delivery [1].'];

/** An issuer of customers, an order system and an endpoint of a model, all on this machine. */
export interface Outside {
  readonly issuerUrl: string;
  readonly ordersUrl: string;
  readonly modelUrl: string;
  /** Requests that they got. */
  readonly seen: readonly Seen[];
  /** A customer's access token. */
  signIn(customer: string): Promise<string>;
  close(): Promise<void>;
}

/** Starts what the estate calls outside AWS. */
export async function startOutside(): Promise<Outside> {
  const seen: Seen[] = [];
  const keys = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' };
  const issuer = await startJsonServer(({ url }) => (url === '/keys' ? { keys: [jwk] } : url === '/.well-known/openid-configuration' ? { issuer: issuer.url, jwks_uri: `${issuer.url}/keys` } : undefined));
  const orders = await startJsonServer(({ url = '', headers }) => {
    seen.push({ kind: 'vendor', what: 'orders', text: JSON.stringify([url, headers]) });
    return url === `/orders/${ORDER}` ? { orderNumber: ORDER, owner: headers['x-subject'], status: 'shipped', updatedOn: '2026-11-06' } : undefined;
  });
  const model = await startModelEndpoint();
  model.play(({ headers, body, closed }, response) => {
    seen.push({ kind: 'vendor', what: 'model headers', text: JSON.stringify(headers) }, { kind: 'vendor', what: 'model prompt', text: JSON.stringify(body) });
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    // Only the first one who asks it slowly is kept waiting; who comes later is the worker.
    const slowly = JSON.stringify(body).includes(SLOWLY) && model.requests.filter((request) => JSON.stringify(request.body).includes(SLOWLY)).length === 1;
    if (slowly) return closed;
    for (const content of REPLY) response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`);
    return response.end(`data: ${JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })}\n\ndata: [DONE]\n\n`);
  });
  return {
    issuerUrl: issuer.url,
    ordersUrl: orders.url,
    modelUrl: model.url,
    seen,
    signIn: (customer) => new SignJWT({ sub: customer }).setProtectedHeader({ alg: 'ES256', kid: 'k1', typ: 'at+jwt' }).setIssuer(issuer.url).setAudience(AUDIENCE).setIssuedAt().setExpirationTime('10m').sign(keys.privateKey),
    close: async () => {
      await Promise.all([issuer.close(), orders.close(), model.close()]);
    },
  };
}
