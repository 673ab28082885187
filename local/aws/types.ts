/** A JSON object whose members are not known yet. */
export type JsonObject = { readonly [name: string]: unknown };

/** One part of a DynamoDB primary key, as in a template's `KeySchema`. */
export interface KeySchemaElement {
  /** Attribute that holds this part of the key. */
  readonly attributeName: string;
  /** `HASH` is the partition key, `RANGE` the sort key. */
  readonly keyType: 'HASH' | 'RANGE';
}

/** A global secondary index of a declared table. */
export interface IndexDeclaration {
  /** Index name, unique within the table. */
  readonly name: string;
  /** Partition key and, optionally, sort key of the index. */
  readonly keySchema: readonly KeySchemaElement[];
  /** Attributes that the index carries. `nonKeyAttributes` is for `INCLUDE` only. */
  readonly projection: {
    readonly type: 'ALL' | 'KEYS_ONLY' | 'INCLUDE';
    readonly nonKeyAttributes?: readonly string[];
  };
}

/** A DynamoDB table that exists. */
export interface TableDeclaration {
  /** Physical name. */
  readonly tableName: string;
  /** Primary key. It cannot change while the table holds data. */
  readonly keySchema: readonly KeySchemaElement[];
  /** Types of every key attribute, the indexes' included. */
  readonly attributeDefinitions: readonly {
    readonly attributeName: string;
    readonly attributeType: 'S' | 'N' | 'B';
  }[];
  /** Global secondary indexes. @default - none */
  readonly gsis?: readonly IndexDeclaration[];
  /** Attribute with the expiry in epoch seconds. @default - items never expire */
  readonly ttlAttribute?: string;
  /** Whether the table has a stream; its view type is always NEW_AND_OLD_IMAGES. @default false */
  readonly stream?: boolean;
}

/** An SQS standard queue that exists. */
export interface QueueDeclaration {
  /** Physical name, 1-80 letters, digits, `-` or `_`. */
  readonly queueName: string;
  /** How long a received message stays hidden, 0-43200 s. @default 30 */
  readonly visibilityTimeoutSeconds?: number;
  /** Name of the dead-letter queue, declared as well. @default - none */
  readonly dlqName?: string;
  /** Receives after which a message goes to the dead-letter queue, 1-1000; needs `dlqName`. @default - never */
  readonly maxReceiveCount?: number;
  /** How long a message is kept, 60-1209600 s. @default 345600 (four days, as AWS) */
  readonly retentionSeconds?: number;
}

/** A symmetric KMS key that exists. Its material is made on the first declaration and kept. */
export interface KeyDeclaration {
  /** Key id (a UUID in AWS; any text of 1-64 letters, digits, `-` works here). */
  readonly keyId: string;
  /** Alias with its prefix, `alias/name`. @default - none */
  readonly alias?: string;
  /** Whether the key may be used. A changed declaration changes the key's state; an unchanged one leaves it. @default true */
  readonly enabled?: boolean;
}

/** How Secrets Manager makes a first value, as in a template's `GenerateSecretString`. */
export interface GenerateSecretString {
  /** Characters to make, 1-4096. @default 32 */
  readonly passwordLength?: number;
  /** Characters that must not appear. @default '' */
  readonly excludeCharacters?: string;
  /** @default false */
  readonly excludeLowercase?: boolean;
  /** @default false */
  readonly excludeUppercase?: boolean;
  /** @default false */
  readonly excludeNumbers?: boolean;
  /** @default false */
  readonly excludePunctuation?: boolean;
  /** @default false */
  readonly includeSpace?: boolean;
  /** At least one character of each allowed kind. @default true */
  readonly requireEachIncludedType?: boolean;
  /** JSON object that receives the generated value under `generateStringKey`. @default - the bare password */
  readonly secretStringTemplate?: string;
  /** Member name for `secretStringTemplate`; both or none. */
  readonly generateStringKey?: string;
}

/** A Secrets Manager secret that exists. */
export interface SecretDeclaration {
  /** Name, without the random suffix. */
  readonly name: string;
  /** Full ARN. @default - `secretArn(...)`, whose suffix follows from the name */
  readonly arn?: string;
  /** First value, made once. Excludes `secretString`. @default - none */
  readonly generateSecretString?: GenerateSecretString;
  /** First value, given. @default - the secret stays empty until PutSecretValue */
  readonly secretString?: string;
  /** What DescribeSecret reports as RotationEnabled. @default false */
  readonly rotationEnabled?: boolean;
}

/** A rule on an event bus. */
export interface RuleDeclaration {
  /** Rule name. */
  readonly name: string;
  /** Event pattern. @default - matches nothing (a scheduled rule: the runner's business) */
  readonly eventPattern?: JsonObject;
  /** Targets. A target that is a declared queue is delivered here, all others through `onEvent`. */
  readonly targets: readonly { readonly arn: string; readonly id: string }[];
}

/** An EventBridge bus that exists. `default` always exists. */
export interface BusDeclaration {
  /** Bus name. */
  readonly name: string;
  /** Its rules. @default - none */
  readonly rules?: readonly RuleDeclaration[];
}

/** A Cognito user pool, emulated as far as an OIDC issuer goes. */
export interface UserPoolDeclaration {
  /** Pool id, as in `eu-central-1_Abc123`. */
  readonly poolId: string;
  /** App client that tokens are for. */
  readonly clientId: string;
}

/** All that exists on the loop-back endpoint. */
export interface LoopbackResources {
  /** @default - none */ readonly tables?: readonly TableDeclaration[];
  /** @default - none */ readonly queues?: readonly QueueDeclaration[];
  /** @default - none */ readonly keys?: readonly KeyDeclaration[];
  /** @default - none */ readonly secrets?: readonly SecretDeclaration[];
  /** @default - none */ readonly eventBuses?: readonly BusDeclaration[];
  /** @default - none */ readonly userPools?: readonly UserPoolDeclaration[];
}

/** An IAM action on a resource that a call needed. */
export interface Permission {
  /** As in a policy, e.g. `dynamodb:PutItem`. */
  readonly action: string;
  /** ARN of the table, index, queue, key, secret, bus or model. */
  readonly resource: string;
}

/** One API call that the endpoint answered. */
export interface CallRecord {
  /** Service as it stands in the credential scope: dynamodb, kms, sqs, secretsmanager, events, bedrock, … */
  readonly service: string;
  /** API operation, e.g. `TransactWriteItems`. */
  readonly operation: string;
  /** What a policy would have to allow; one entry per distinct action and resource. */
  readonly permissions: readonly Permission[];
  /** The distinct ARNs of `permissions`. */
  readonly resources: readonly string[];
  /** Access key id of the caller. */
  readonly accessKeyId: string;
  /** The request's body, as text: JSON, but for the query protocol. */
  readonly body: string;
  /** Epoch milliseconds of arrival. */
  readonly at: number;
  /** Error code of the answer. Absent when the call succeeded. */
  readonly error?: string;
}

/** Where and when: what every emulated service needs to know. */
export interface Estate {
  /** AWS region in ARNs. */
  readonly region: string;
  /** Twelve-digit account id in ARNs. */
  readonly accountId: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}
