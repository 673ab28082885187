import { describe, expect, it } from 'vitest';
import { Registry } from '../../../config/registry.ts';
import { sample } from '../sample.ts';
import type { Changes } from '../sample.ts';

function problems(one: Changes, two: Changes): string[] {
  const registry = new Registry({ one: sample('dev', { name: 'one', ...one }), two: sample('dev', { name: 'two', 'naming.prefix': 'chatbot-two', ...two }) });
  return registry.check().flatMap(({ environment, problems }) => problems.map(({ path }) => `${environment}: ${path}`));
}

describe('rules between environments', () => {
  it('refuses one prefix in one account, in another region too', () => {
    expect(problems({}, { 'naming.prefix': 'chatbot-dev' })).toEqual(['two: naming.prefix']);
    expect(problems({}, { 'naming.prefix': 'chatbot-dev', region: 'eu-west-1', 'dataPolicy.allowedRegions': ['eu-west-1'] })).toEqual(['two: naming.prefix']);
  });

  it('allows one prefix in two accounts', () => {
    expect(problems({ account: '111122223333' }, { account: '444455556666', 'naming.prefix': 'chatbot-dev' })).toEqual([]);
  });

  it('adds up the reservations of one account and region', () => {
    const reserved = { account: '111122223333', 'functions.chat.reservedConcurrency': 451 };
    expect(problems(reserved, reserved)).toEqual(['two: accountConcurrency']);
    expect(problems(reserved, { ...reserved, 'functions.chat.reservedConcurrency': 449 })).toEqual([]);
    expect(problems(reserved, { ...reserved, account: '444455556666' })).toEqual([]);
  });

  it('does not add up accounts that are not known yet', () => {
    expect(problems({ 'functions.chat.reservedConcurrency': 451 }, { 'functions.chat.reservedConcurrency': 451 })).toEqual([]);
  });
});
