/**
 * Why an endpoint gave no answer. `EndpointRefused`: no later call mends it (a wrong key, model, address or request). `EndpointFailed`: it
 * may do better later. `BrokenAnswer`: what came cannot be read.
 */
export type EndpointFailureName = 'EndpointRefused' | 'EndpointFailed' | 'BrokenAnswer';

/**
 * A failed call in our own words. What the endpoint or the HTTP client wrote is never in it, nor kept as its cause: an endpoint may
 * repeat the key that it was sent, and what it writes may hold what the user said.
 */
export class EndpointFailure extends Error {
  override readonly name: EndpointFailureName;

  constructor(name: EndpointFailureName, message: string) {
    super(message);
    this.name = name;
  }
}
