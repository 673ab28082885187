import { describe, expect, it } from 'vitest';
import { anyHole, identityHole, openHole } from '../../../../../lib/compliance/policy/hole.ts';
import { demands, namesSomebody } from '../../../../../lib/compliance/rules/exposure/somebody.ts';
import type { Resource } from '../../../../../lib/compliance/template/types.ts';

const ACCOUNT = openHole('stack/AWS::AccountId');
const PARAMETER = openHole('stack/Parameter');
const OWN = identityHole({ stack: { name: 'stack' }, logicalId: 'Topic' } as Resource);
const principal = (key: string, ...values: string[]): boolean | undefined => namesSomebody(key, values, 'principal');
const service = (key: string, ...values: string[]): boolean | undefined => namesSomebody(key, values, 'service');

describe('whether a condition names somebody', () => {
  it.each([
    ['aws:PrincipalArn', 'arn:aws:iam::111122223333:role/*'], ['AWS:PRINCIPALARN', `arn:aws:iam::${ACCOUNT}:*`], ['aws:SourceArn', 'arn:*:sns:*:111122223333:*'], ['aws:SourceArn', 'arn:aws:s3:::pictures'], ['aws:SourceArn', OWN], ['aws:SourceArn', `${OWN}:*`], ['aws:SourceArn', `arn:aws:s3:::${OWN}`],
    ['aws:SourceArn', `arn:aws:sns:eu-central-1:111122223333:${PARAMETER}`], ['aws:SourceAccount', '111122223333'], ['kms:CallerAccount', ACCOUNT], ['aws:PrincipalOrgID', 'o-abc'], ['aws:PrincipalOrgPaths', 'o-abc/*'], ['aws:userid', 'AROAEXAMPLEEXAMPLE0:*'], ['aws:SourceVpce', 'vpce-0a1b'], ['aws:SourceIp', '203.0.113.0/24'],
    ['elasticfilesystem:AccessedViaMountTarget', 'true'],
  ])('%s = %s does', (key, value) => expect(principal(key, value)).toBe(true));

  it.each([
    ['aws:PrincipalArn', '*'], ['aws:PrincipalArn', 'arn:aws:iam::*:role/*'], ['aws:PrincipalArn', 'arn:aws:iam::1*:role/x'], ['aws:PrincipalArn', 'arn:aws:iam::11112222333?:role/x'], ['aws:SourceArn', 'arn:aws:sns:*:*:*'], ['aws:SourceArn', 'arn:aws:s3:::a*'], ['aws:SourceArn', 'arn:aws:s3:::*'], ['aws:SourceArn', 'arn:*'], ['aws:SourceArn', 'arn:aws:s3:::'],
    ['aws:SourceArn', 'not an ARN'], ['aws:SourceArn', `arn:aws:sns:eu-central-1:*:${OWN}`], ['aws:SourceAccount', '1*'], ['aws:PrincipalAccount', '????????????'], ['aws:PrincipalAccount', '1234'], ['aws:PrincipalOrgID', 'o-*'], ['aws:PrincipalOrgID', '*'], ['aws:PrincipalOrgPaths', '*/r-1/*'], ['aws:PrincipalOrgPaths', 'o-*/r-1/*'],
    ['aws:userid', '*:session'], ['aws:userid', 'AROA*'], ['aws:SourceVpc', 'vpc-*'], ['aws:VpcSourceIp', '10.0.0.5'], ['aws:username', 'alice'], ['elasticfilesystem:AccessedViaMountTarget', 'false'], ['aws:SecureTransport', 'true'], ['kms:ViaService', 's3.eu-central-1.amazonaws.com'], ['kms:EncryptionContext:aws:logs:arn', 'arn:aws:logs:eu-central-1:111122223333:*'], ['aws:SourceIp', '0.0.0.0/0'],
  ])('%s = %s does not', (key, value) => expect(principal(key, value)).toBe(false));

  it.each([
    ['aws:SourceAccount', PARAMETER], ['aws:SourceArn', PARAMETER], ['aws:SourceArn', `arn:aws:sns:eu-central-1:${PARAMETER}:topic`], ['aws:SourceArn', `arn:aws:s3:::${PARAMETER}`], ['aws:SourceArn', `arn:aws:sns:${anyHole('Fn::Join')}`], ['aws:PrincipalArn', 'arn:aws:iam::${aws:PrincipalAccount}:role/x'], ['aws:SourceIp', PARAMETER], ['vendor:Key', 'x'],
  ])('%s = %s is not told', (key, value) => expect(principal(key, value)).toBeUndefined());

  it('wants each value to, because one of them is enough to come', () => {
    expect(principal('aws:SourceAccount', '111122223333', '*')).toBe(false);
    expect(principal('aws:SourceAccount', '111122223333', PARAMETER)).toBeUndefined();
    expect(principal('aws:SourceIp', '0.0.0.0/1', '128.0.0.0/1')).toBe(false);
    expect(principal('aws:SourceIp', '0.0.0.0/0', PARAMETER)).toBe(false);
    expect(principal('aws:SourceAccount')).toBe(false);
  });

  it('asks of a service for whom it acts', () => {
    expect(service('kms:EncryptionContext:aws:logs:arn', `arn:aws:logs:eu-central-1:${ACCOUNT}:*`)).toBe(true);
    expect(service('lambda:EventSourceToken', 'amzn1.ask.skill.1')).toBe(true);
    expect(service('aws:SourceArn', 'arn:aws:s3:::a*')).toBe(false);
    expect(service('aws:PrincipalArn', 'arn:aws:iam::111122223333:role/x')).toBe(false);
    expect(service('vendor:Key', 'x')).toBe(false);
  });

  it('takes only operators that demand a value', () => {
    expect(['StringEquals', 'ForAnyValue:StringLike', 'ArnLike', 'IpAddress'].every(demands)).toBe(true);
    expect(['StringEqualsIfExists', 'ForAllValues:StringEquals', 'StringNotEquals', 'NotIpAddress', 'Null'].some(demands)).toBe(false);
  });
});
