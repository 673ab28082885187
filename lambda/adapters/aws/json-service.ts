/** A service of AWS that speaks one of the JSON protocols, as far as a call to it differs from one to another. */
export interface JsonService {
  /** Name in the credential scope, and first label of the public hostname. */
  readonly name: string;
  /** What stands before the operation in `x-amz-target`. */
  readonly target: string;
  /** Version of the protocol, in the content type. */
  readonly version: '1.0' | '1.1';
  /** End of the variable that names another endpoint for it alone (`AWS_ENDPOINT_URL_…`). */
  readonly variable: string;
  /** Its hostnames in GovCloud are FIPS endpoints without saying so. */
  readonly plainFipsInGovCloud?: boolean;
}

/** Services that this project calls by {@link jsonClient}. Names are those of the services' own models. */
export const JSON_SERVICES = {
  dynamodb: { name: 'dynamodb', target: 'DynamoDB_20120810', version: '1.0', variable: 'DYNAMODB', plainFipsInGovCloud: true },
  comprehend: { name: 'comprehend', target: 'Comprehend_20171127', version: '1.1', variable: 'COMPREHEND' },
  events: { name: 'events', target: 'AWSEvents', version: '1.1', variable: 'EVENTBRIDGE', plainFipsInGovCloud: true },
  kms: { name: 'kms', target: 'TrentService', version: '1.1', variable: 'KMS' },
  secrets: { name: 'secretsmanager', target: 'secretsmanager', version: '1.1', variable: 'SECRETS_MANAGER' },
  sqs: { name: 'sqs', target: 'AmazonSQS', version: '1.0', variable: 'SQS', plainFipsInGovCloud: true },
} as const satisfies Readonly<Record<string, JsonService>>;
