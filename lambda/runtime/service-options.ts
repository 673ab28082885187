import { clientOptions, type CallProfile, type ClientOptions } from '../adapters/aws/client-options.ts';
import { publicEndpoint } from '../adapters/aws/endpoint.ts';
import { JSON_SERVICES } from '../adapters/aws/json-service.ts';
import { optional, required, type Variables } from './environment.ts';

/**
 * Options of a client of ours for one service, by the variables that the AWS SDKs read: region and credentials as Lambda sets them;
 * another endpoint (`AWS_ENDPOINT_URL_…` for the one service, or `AWS_ENDPOINT_URL`); FIPS endpoints. Call it once for each client.
 * @throws Error that names the variable that is missing or cannot be followed
 */
export function serviceOptions(variables: Variables, service: keyof typeof JSON_SERVICES, profile: CallProfile): ClientOptions {
  const region = required(variables, 'AWS_REGION');
  const sessionToken = optional(variables, 'AWS_SESSION_TOKEN');
  const found = JSON_SERVICES[service];
  const endpoint = optional(variables, `AWS_ENDPOINT_URL_${found.variable}`) ?? optional(variables, 'AWS_ENDPOINT_URL');
  // Their hostnames follow no rule that holds for every service.
  if (endpoint === undefined && isOn(variables, 'AWS_USE_DUALSTACK_ENDPOINT')) throw new Error(`AWS_USE_DUALSTACK_ENDPOINT is not followed for ${found.name}: set AWS_ENDPOINT_URL_${found.variable} to its dual-stack endpoint.`);
  return clientOptions(profile, {
    region,
    endpoint: endpoint ?? publicEndpoint(found, region, isOn(variables, 'AWS_USE_FIPS_ENDPOINT')),
    credentials: {
      accessKeyId: required(variables, 'AWS_ACCESS_KEY_ID'),
      secretAccessKey: required(variables, 'AWS_SECRET_ACCESS_KEY'),
      ...(sessionToken === undefined ? {} : { sessionToken }),
    },
  });
}

const isOn = (variables: Variables, name: string): boolean => optional(variables, name)?.toLowerCase() === 'true';
