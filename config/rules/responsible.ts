import type { Finding, Rule } from './rule.ts';

/** Whoever proposes a risk does not approve it, and both are roles. */
export const ownerIsNotApprover: Rule = {
  id: 'owner-is-approver',
  demands: '`responsible.owner` and `responsible.approver` are two roles, never one and never persons.',
  check: ({ responsible }) => {
    const { owner, approver } = responsible ?? {};
    const same = owner !== undefined && approver !== undefined && owner.trim().toLowerCase() === approver.trim().toLowerCase();
    const persons = (['owner', 'approver'] as const).filter((name) => responsible?.[name]?.includes('@'));
    return [
      ...(same ? [{ path: 'responsible.approver', value: approver, problem: 'The owner would approve the risks that the owner proposes.', allowed: 'another role than `responsible.owner`', mend: 'Name the role that answers for security or data protection.' }] : []),
      ...persons.map((name): Finding => ({ path: `responsible.${name}`, value: responsible?.[name], problem: 'It is a mail address; people change, and their names do not belong in reports.', allowed: 'a role, such as chatbot-platform-lead', mend: 'Name the role.' })),
    ];
  },
};
