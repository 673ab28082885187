import { DependencyUnavailable } from '../../domain/errors.ts';

/** Most bytes of an answer: an order takes a few hundred. */
const MOST_BYTES = 65_536;

/** JSON of an answer of bounded size. @throws DependencyUnavailable when it is longer or no JSON; what the connection throws */
export async function readJson(response: Response): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    // Leaving the loop cancels the rest.
    if (bytes > MOST_BYTES) throw new DependencyUnavailable(`its answer is longer than ${MOST_BYTES} bytes`);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new DependencyUnavailable('its answer is no JSON');
  }
}
