import { Bucket } from 'aws-cdk-lib/aws-s3';
import { describe, expect, it } from 'vitest';
import { declareData } from '../../../lib/governance/index.ts';
import type { DataDeclaration } from '../../../lib/governance/index.ts';
import { capability, only, tagsOf } from '../../support/capability-app.ts';

const declared = (declaration: Partial<DataDeclaration> = {}) =>
  capability(({ stack }) => declareData(new Bucket(stack, 'Store'), { dataClass: 'operational', purpose: 'token signing', legalBasis: 'none', retentionDays: 30, owner: 'support-lead', ...declaration })).template;

describe('a declaration of data', () => {
  it('stands as tags on the store', () => {
    expect(tagsOf(only(declared(), 'AWS::S3::Bucket'))).toEqual({ 'data-class': 'operational', purpose: 'token signing', 'legal-basis': 'none', 'retention-days': '30', 'data-owner': 'support-lead' });
  });

  it('takes letters of every language', () => {
    expect(tagsOf(only(declared({ owner: 'Plattform-Führung' }), 'AWS::S3::Bucket'))).toMatchObject({ 'data-owner': 'Plattform-Führung' });
  });

  it.each(['Lead (chat)', 'lead; drop', 'a'.repeat(257)])('refuses %j, which AWS would refuse in the middle of a deployment', (owner) => {
    expect(() => declared({ owner })).toThrow(/^The tag data-owner of Stack\/Store cannot be .*use at most 256 letters, digits, spaces or _ \. : \/ = \+ - @/);
  });
});
