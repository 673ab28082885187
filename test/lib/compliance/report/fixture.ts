import type { Control, Decision, Evidence, Outcome, Place } from '../../../../lib/compliance/evidence/types.ts';
import type { ReportViews } from '../../../../lib/compliance/report/index.ts';
import type { Verdict } from '../../../../lib/compliance/verdict.ts';

const SHA = (digit: string): string => digit.repeat(64);

const control = (framework: string, rule: string, title: string, references: string[], info: string, explanation: string): Control => ({ id: `${framework}-${rule}`, framework, title, references, info, explanation, version: '1' });

const CONTROLS: readonly Control[] = [
  control('GDPR', 'G01', 'Tables that hold personal data forget it by themselves.', ['GDPR Art. 5(1)(e)'], 'Looks at every DynamoDB table and global table that is personal. Passes when time-to-live is on.', 'Data that nobody deletes stays for ever. Turn TimeToLiveSpecification on and write the attribute on every item.'),
  control('GDPR', 'G05', 'Copies of personal data end when their window ends.', ['GDPR Art. 17', 'GDPR Art. 5(1)(e)'], 'Looks at backups and point-in-time recovery. Passes when the window is bounded.', 'What is erased stays in a backup until the backup ends: the window belongs in the record of processing.'),
  control('GDPR', 'G11', 'Log groups fed by user text mask personal data.', ['GDPR Art. 25(1)', 'GDPR Art. 32(1)(a)'], 'Looks at the log groups of functions that handle messages. Passes when a data protection policy masks.', 'A stack trace can hold what a person wrote. Add a data protection policy that masks.'),
  control('GDPR', 'G14', 'Personal stores are encrypted under a customer managed key.', ['GDPR Art. 32(1)(a)'], 'Looks at tables, buckets, queues, topics, log groups, secrets. Passes when the key is one of the account.', 'Only a key of your own can be shredded, and only its use is logged for you.'),
  control('GDPR', 'G22', 'Data stays in the allowed regions.', ['GDPR Art. 44', 'GDPR Art. 46'], 'Looks at stacks, replicas, copies of backups and secrets, multi-region keys.', 'A replica in a third country is a transfer.'),
  control('GDPR', 'G29', 'The erase and export roles reach every personal store.', ['GDPR Art. 15', 'GDPR Art. 17', 'GDPR Art. 20'], 'Evaluates the policies of both roles against every personal store.', 'What the erase role does not reach is never erased.'),
  control('GDPR', 'G35', 'A data protection impact assessment was made.', ['GDPR Art. 35'], 'Cannot be told from a template.', 'Put the reference of the assessment into the parameters.'),
  control('AwsSolutions', 'IAM5', 'The IAM entity contains wildcard permissions and does not have a cdk-nag rule suppression with evidence for those permission.', ['AwsSolutions-IAM5'], 'Metadata explaining the evidence for wildcard permissions allows for transparency to operators.', ''),
  control('AwsSolutions', 'COG4', 'The API GW method does not use a Cognito user pool authorizer.', ['AwsSolutions-COG4'], 'API Gateway validates the tokens from a successful user pool authentication.', ''),
  control('AwsSolutions', 'SQS4', 'The SQS queue does not require requests to use SSL.', ['AwsSolutions-SQS4'], 'Without HTTPS a network-based attacker can eavesdrop on network traffic.', ''),
  control('HIPAA.Security', 'LambdaInsideVPC', 'The Lambda function is not VPC enabled.', ['164.308(a)(3)(i)', '164.312(a)(1)', '164.312(e)(1)'], 'Because of their logical isolation, domains that reside within a VPC have an extra layer of security.', ''),
  control('HIPAA.Security', 'DynamoDBInBackupPlan', 'The DynamoDB table is not in an AWS Backup plan.', ['164.308(a)(7)(i)', '164.308(a)(7)(ii)(A)'], 'To help with data back-up processes, ensure your tables are a part of an AWS Backup plan.', ''),
  control('Blind-Spots', 'B01', 'Global tables are encrypted under a key of the account in every replica.', ['GDPR Art. 32(1)(a)'], 'Looks at GlobalTable, which no stock pack knows.', 'Set SSESpecification and a key for each replica.'),
  control('Blind-Spots', 'B09', 'Function URLs demand IAM.', [], 'Looks at AWS::Lambda::Url.', 'A URL with AuthType NONE is open to the world.'),
];

const STACKS = ['chatbot-prod-data', 'chatbot-prod-api', 'chatbot-prod-operations'];
const TYPES = ['AWS::DynamoDB::GlobalTable', 'AWS::Lambda::Function', 'AWS::Logs::LogGroup', 'AWS::SQS::Queue', 'AWS::S3::Bucket'];
const NAMES = ['Conversations', 'Chat', 'TurnWorker', 'OutboxRelay', 'Interactions', 'Sweep', 'SigningKey', 'Authorizer', 'Pages', 'CredentialAge', 'Rotation', 'Audit', 'Keys'];

const place = (at: number): Place => {
  const stack = STACKS[at % 3] as string;
  const name = NAMES[at % NAMES.length] as string;
  return { stack, logicalId: `${name}${(at * 7919).toString(16).toUpperCase().padStart(8, '0')}`, type: TYPES[at % TYPES.length] as string, path: `prod/${stack.split('-')[2]}/${name}/Resource` };
};

const verdictAt = (at: number): Verdict => {
  if (at % 61 === 7) return 'FAIL';
  if (at % 19 === 3) return 'ACCEPTED';
  if (at % 23 === 5) return 'UNKNOWN';
  if (at % 11 === 6) return 'NOT_APPLICABLE';
  return 'PASS';
};

const WORDS: Readonly<Record<Verdict, Omit<Outcome, 'control' | 'verdict'>>> = {
  PASS: { property: 'SSESpecification.SSEType', actual: 'KMS', expected: 'KMS' },
  FAIL: { property: 'TimeToLiveSpecification.Enabled', actual: 'false', expected: 'true', note: 'The store has no data class, so it is taken as personal.' },
  ACCEPTED: { property: 'VpcConfig', actual: 'not set', expected: 'subnets of the account', decision: 'functions-outside-vpc' },
  UNKNOWN: { property: 'KmsMasterKeyId', actual: '{"Fn::ImportValue":"SharedKeyArn"}', note: 'The value is imported from a stack that is not part of this environment (SharedKeyArn).' },
  NOT_APPLICABLE: { note: 'The store is tagged as operational.' },
  MANUAL: { note: 'A person has to confirm this.' },
  ERROR: { note: 'The rule threw: Cannot read properties of undefined (reading "Statement").' },
};

const outcome = (at: number): Outcome => {
  const verdict = verdictAt(at);
  return { control: (CONTROLS[at % CONTROLS.length] as Control).id, verdict, place: place(at), part: at % 5 === 0 ? `Statement ${at % 4}` : `Item ${at}`, ...WORDS[verdict] };
};

const decision = (id: string, state: Decision['state'], expires: string, more: Partial<Decision> = {}): Decision => ({
  id,
  state,
  expires,
  covers: Array.from({ length: 9 }, (_, at) => `HIPAA.Security::LambdaInsideVPC prod/api/${NAMES[at]}/Resource`),
  justification: 'The functions talk to AWS services alone, by their public endpoints under IAM. A network of their own would not narrow what they reach, and costs more than the rest of a small environment.',
  compensatingControl: 'Each function has a role of its own with explicit actions, and no function can open a connection that its code does not make.',
  owner: 'platform-lead',
  approver: 'security-officer',
  ...more,
});

/** About two hundred outcomes over five packs, with every verdict and every state of a decision. */
export const EVIDENCE: Evidence = {
  name: 'prod',
  release: '0.2.0',
  commit: '4c1f0a9be27d35286e0c7b1a9d84f3e65a20b7c1',
  at: '2026-11-20T09:30:00+01:00',
  templates: STACKS.map((stack, at) => ({ stack, file: `assembly-prod/${stack}.template.json`, sha256: SHA(String(at + 1)) })),
  controls: CONTROLS,
  outcomes: [
    ...Array.from({ length: 200 }, (_, at) => outcome(at)).filter(({ control }) => control !== 'GDPR-G35' && control !== 'Blind-Spots-B09'),
    { control: 'GDPR-G35', verdict: 'MANUAL', note: 'Put the reference of the assessment into the parameters.', property: 'impactAssessment', slot: { evidence: 'DPIA-7, in the register of assessments', owner: 'data-protection-officer', due: '2027-03-31' } },
    { control: 'GDPR-G29', verdict: 'ERROR', ...WORDS.ERROR },
    { control: 'AwsSolutions-COG4', verdict: 'ACCEPTED', place: place(1), decision: 'own-authorizer' },
  ],
  decisions: [
    decision('functions-outside-vpc', 'proposed', '2027-03-31'),
    decision('own-authorizer', 'approved', '2027-01-31', { ticket: 'RISK-118', covers: ['AwsSolutions::AwsSolutions-COG4 prod/api/Chat/Resource'], justification: 'Visitors of the chat are anonymous or carry a token of their own: there is no user pool to ask.', compensatingControl: 'The authorizer verifies the signature, the audience and the age of each token.' }),
    decision('backup-by-recovery', 'expired', '2026-11-01', { problem: 'It ran out on 2026-11-01: renew it with a new approval and a new date, or remove it.' }),
    decision('too-wide', 'invalid', '2028-01-01', { problem: 'expires is more than 180 days ahead: at most 2027-05-19.', covers: [] }),
    decision('nothing-left', 'unused', '2027-02-01', { problem: 'No finding matches it any more: remove it.' }),
  ],
  unexamined: [
    { type: 'AWS::CodeDeploy::Application', resources: ['prod/api/Deployments/Application'] },
    { type: 'AWS::CloudWatch::Dashboard', resources: ['prod/operations/Dashboard', 'prod/operations/Cost'] },
    { type: 'AWS::Scheduler::ScheduleGroup', resources: ['prod/operations/Schedules'] },
  ],
  claims: [{ tool: 'checkov', rule: 'CKV_AWS_116', reason: 'Dead letters are handled by the outbox.', place: place(2) }],
};

const STORES = ['Conversations', 'Keys', 'Audit', 'TurnQueue'];
const ROLES = ['chat', 'turn-worker', 'outbox-relay', 'sweep', 'erase', 'export', 'pages'];

/** Every view, as the estate of {@link EVIDENCE} could have it. */
export const VIEWS: ReportViews = {
  accessMatrix: {
    roles: ROLES.map((name) => ({ id: `prod/api/${name}/Role`, name, usedBy: `function ${name}` })),
    stores: STORES.map((name, at) => ({ id: `prod/data/${name}`, name, type: TYPES[at % 2 === 0 ? 0 : 3] as string, holds: ['text of conversations', 'wrapped data keys', 'who read what', 'ids of turns'][at] as string })),
    cells: [
      { role: 'prod/api/chat/Role', store: 'prod/data/Conversations', access: ['read', 'write'], actions: ['dynamodb:BatchGetItem', 'dynamodb:TransactWriteItems'], wildcard: false },
      { role: 'prod/api/chat/Role', store: 'prod/data/Keys', access: ['read', 'decrypt'], actions: ['dynamodb:GetItem', 'kms:Decrypt'], wildcard: false, condition: 'the encryption context names a subject' },
      { role: 'prod/api/turn-worker/Role', store: 'prod/data/Conversations', access: ['read', 'write'], actions: ['dynamodb:TransactWriteItems'], wildcard: false },
      { role: 'prod/api/turn-worker/Role', store: 'prod/data/TurnQueue', access: ['read', 'delete'], actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage'], wildcard: false },
      { role: 'prod/api/sweep/Role', store: 'prod/data/Conversations', access: ['read', 'write'], actions: ['dynamodb:Query', 'dynamodb:UpdateItem'], wildcard: true },
      { role: 'prod/api/erase/Role', store: 'prod/data/Conversations', access: ['delete'], actions: ['dynamodb:DeleteItem'], wildcard: false },
      { role: 'prod/api/erase/Role', store: 'prod/data/Audit', access: ['delete'], actions: ['s3:DeleteObject'], wildcard: false, unknown: 'the bucket is a parameter (AuditBucket)' },
      { role: 'prod/api/export/Role', store: 'prod/data/Conversations', access: ['read', 'decrypt'], actions: ['dynamodb:Query', 'kms:Decrypt'], wildcard: false },
    ],
    readers: [
      { role: 'prod/api/chat/Role', clear: true, how: 'reads the table and decrypts under the conversation key, one subject at a time.' },
      { role: 'prod/api/turn-worker/Role', clear: true, how: 'reads the table and decrypts to finish a turn.' },
      { role: 'prod/api/export/Role', clear: true, how: 'reads and decrypts to answer a request for access.' },
    ],
  },
  egress: [
    { from: 'prod/api/Chat/Resource', to: 'bedrock-runtime, eu. inference profile', region: 'eu-central-1, eu-west-1', leaves: 'no', data: 'redacted text of a turn', processor: 'AWS', protection: 'TLS 1.2 or better, redaction' },
    { from: 'prod/api/OutboxRelay/Resource', to: 'events.vendor.example', region: 'us-east-1', leaves: 'yes', data: 'product events without text', processor: 'Vendor', protection: 'TLS, signature' },
    { from: 'prod/operations/Alarms', to: 'HTTPS subscription of a parameter', leaves: 'unknown', data: 'alarm names' },
  ],
  encryption: [
    { store: 'prod/data/Conversations', type: 'AWS::DynamoDB::GlobalTable', key: 'ConversationKey', keyKind: 'customer', rotated: true, inTransit: 'TLS only' },
    { store: 'prod/data/TurnQueue', type: 'AWS::SQS::Queue', key: 'alias/aws/sqs', keyKind: 'aws-managed', inTransit: 'TLS only, by policy' },
    { store: 'prod/operations/Logs', type: 'AWS::Logs::LogGroup', key: 'Ref SharedKey', keyKind: 'unknown', inTransit: 'TLS' },
  ],
  dataFlowSvg: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 170" width="720" height="170" font-family="system-ui" font-size="14"><style>text{fill:#1a2028}rect{fill:none;stroke:#56606b}path{stroke:#56606b}@media(prefers-color-scheme:dark){text{fill:#e6eaef}rect,path{stroke:#a5afba}}</style><rect x="10" y="55" width="110" height="50" rx="6"/><text x="38" y="85">Visitor</text><rect x="190" y="10" width="380" height="150" rx="10" stroke-dasharray="5 4"/><text x="200" y="28">AWS account</text><rect x="210" y="55" width="120" height="50" rx="6"/><text x="250" y="85">Chat</text><rect x="420" y="55" width="130" height="50" rx="6"/><text x="434" y="85">Conversations</text><path d="M120 80h90M330 80h90" fill="none"/></svg>',
  processingRecords: [
    { activity: 'Conversations', purpose: 'Answers to questions of customers', legalBasis: 'Art. 6(1)(b)', data: 'messages, subject id', stores: ['prod/data/Conversations', 'prod/data/Keys'], retention: '365 days, then 35 days in the recovery window', recipients: ['AWS'], transfers: [], owner: 'customer-service' },
    { activity: 'Audit', purpose: 'Accountability', legalBasis: 'Art. 6(1)(c)', data: 'who read what', stores: ['prod/data/Audit'], retention: '3,650 days', recipients: [], transfers: ['Vendor, United States: standard contractual clauses'], owner: 'security-officer' },
  ],
};
