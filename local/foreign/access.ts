/** Credentials of the caller of an AWS endpoint. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** An AWS endpoint that the user brought, and how to call it. */
export interface ForeignEndpoint {
  /** Base URL, as in AWS_ENDPOINT_URL. */
  readonly url: string;
  readonly credentials: Credentials;
}

/** Configuration for a client of the SDK. */
export interface ClientConfig {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string };
}

/** Makes the configuration for a client of the SDK. */
export function clientConfig(endpoint: string, region: string, { accessKeyId, secretAccessKey, sessionToken }: Credentials): ClientConfig {
  return { endpoint, region, credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) } };
}

/** Runs `create`; an answer that it exists already is fine. @param names errors that say so */
export async function unlessPresent(names: readonly string[], create: () => Promise<unknown>): Promise<void> {
  try {
    await create();
  } catch (error) {
    if (!(error instanceof Error) || !names.includes(error.name)) throw error;
  }
}
