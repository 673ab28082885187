import { Aspects } from 'aws-cdk-lib';
import { CfnUser } from 'aws-cdk-lib/aws-iam';
import { describe, expect, it } from 'vitest';
import { IamPath } from '../../../lib/governance/index.ts';
import { capability, only } from '../../support/capability-app.ts';

describe('the IAM path', () => {
  const { template } = capability(({ stack, caller }) => {
    caller();
    new CfnUser(stack, 'User');
    Aspects.of(stack).add(new IamPath('/platform/chat/'));
  });

  it('is that of every role and policy', () => {
    expect(only(template, 'AWS::IAM::Role')).toMatchObject({ Path: '/platform/chat/' });
    expect(only(template, 'AWS::IAM::ManagedPolicy')).toMatchObject({ Path: '/platform/chat/' });
  });

  it('touches nothing else', () => {
    template.hasResource('AWS::IAM::User', {});
    expect(Object.values(template.findResources('AWS::IAM::User'))[0]).not.toHaveProperty('Properties.Path');
  });
});
