/** What the roles of a generated template may: by wildcards over everything, or by a policy whose text is in no template. */
export type Rights = 'wildcards' | 'elsewhere';

const TRUST = { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }] };
const WIDE = Array.from({ length: 10 }, (_, digit) => ({ 'Fn::Sub': `arn:\${AWS::Partition}:dynamodb:*:*:table/*${digit}*` }));

/** A template of five resources for each number: as many roles as stores of each kind, so that whoever compares them has all pairs to look at. CloudFormation allows 500 resources. */
export function largeTemplate(rights: Rights, each = 100): object {
  const numbers = Array.from({ length: each }, (_, number) => number);
  return { Resources: Object.fromEntries(numbers.flatMap((number) => resourcesOf(rights, number))) };
}

function resourcesOf(rights: Rights, number: number): [string, object][] {
  const own = { Effect: 'Allow', Action: ['dynamodb:GetItem', 'dynamodb:PutItem'], Resource: { 'Fn::GetAtt': [`Table${number}`, 'Arn'] } };
  const statements = rights === 'elsewhere' ? [own] : [own, { Effect: 'Allow', Action: ['dynamodb:*', 's3:*'], Resource: [...WIDE, 'arn:aws:s3:::*'] }];
  return [
    [`Table${number}`, { Type: 'AWS::DynamoDB::Table', Properties: { TableName: `table-${number}` } }],
    [`Bucket${number}`, { Type: 'AWS::S3::Bucket' }],
    [`Queue${number}`, { Type: 'AWS::SQS::Queue' }],
    [`Role${number}`, { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST, ...(rights === 'elsewhere' && { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'] }), Policies: [{ PolicyName: 'own', PolicyDocument: { Statement: statements } }] } }],
    [`Function${number}`, { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': [`Role${number}`, 'Arn'] } } }],
  ];
}
