import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { KMSClient } from '@aws-sdk/client-kms';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { publicEndpoint } from '../../../../lambda/adapters/aws/endpoint.ts';
import { JSON_SERVICES } from '../../../../lambda/adapters/aws/json-service.ts';

const REGIONS = ['af-south-1', 'ap-southeast-5', 'ca-west-1', 'eu-central-1', 'eu-west-3', 'il-central-1', 'me-central-1', 'mx-central-1', 'sa-east-1', 'us-east-1', 'us-west-2', 'cn-north-1', 'cn-northwest-1', 'us-gov-west-1', 'us-gov-east-1'];

/** The SDK's own rules, which its clients carry. */
const RULES = {
  dynamodb: new DynamoDBClient({ region: 'x' }).config.endpointProvider,
  events: new EventBridgeClient({ region: 'x' }).config.endpointProvider,
  kms: new KMSClient({ region: 'x' }).config.endpointProvider,
  secrets: new SecretsManagerClient({ region: 'x' }).config.endpointProvider,
  sqs: new SQSClient({ region: 'x' }).config.endpointProvider,
};

describe('public endpoints', () => {
  it.each(Object.keys(RULES) as (keyof typeof RULES)[])('of %s are the SDK’s, in every partition, with FIPS and without', (service) => {
    for (const region of REGIONS) {
      for (const fips of [false, true]) {
        const theirs = RULES[service]({ Region: region, UseFIPS: fips, UseDualStack: false }).url;
        expect(new URL(publicEndpoint(JSON_SERVICES[service], region, fips)).href, `${region} ${fips}`).toBe(theirs.href);
      }
    }
  });
  it.each(['us-iso-east-1', 'us-isob-east-1', 'eusc-de-east-1', 'moon', ''])('are not guessed for %j: the error names the variable to set', (region) => {
    expect(() => publicEndpoint(JSON_SERVICES.secrets, region)).toThrow('AWS_ENDPOINT_URL_SECRETS_MANAGER');
  });
});
