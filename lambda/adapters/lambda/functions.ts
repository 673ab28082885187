import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { ClientOptions } from '../aws/client-options.ts';

/** Invokes a version of a function. */
export interface Functions {
  /**
   * Invokes and waits for the answer.
   * @returns the parsed answer
   * @throws Error when the function failed, or its answer is no JSON
   */
  invoke(functionName: string, version: string, payload: unknown): Promise<unknown>;
}

/** Functions in Lambda. */
export function lambdaFunctions(options: { readonly client: ClientOptions }): Functions {
  const client = new LambdaClient(options.client);
  return {
    async invoke(functionName, version, payload) {
      const answer = await client.send(new InvokeCommand({ FunctionName: functionName, Qualifier: version, Payload: Buffer.from(JSON.stringify(payload)) }));
      const text = Buffer.from(answer.Payload ?? []).toString('utf8');
      if (answer.FunctionError !== undefined) throw new Error(`Version ${version} of ${functionName} failed (${answer.FunctionError}): ${errorType(text)}.`);
      return parseAnswer(text);
    },
  };
}

/** The error's type only: its message may hold anything. */
function errorType(text: string): string {
  const found = /"errorType"\s*:\s*"(\w{1,80})"/.exec(text);
  return found?.[1] ?? 'unknown error';
}

/** A streaming function answers with a prelude, eight zero bytes and the body; a plain one with the body alone. */
function parseAnswer(text: string): unknown {
  const separator = text.indexOf('\0'.repeat(8));
  return JSON.parse(separator === -1 ? text : text.slice(separator + 8));
}
