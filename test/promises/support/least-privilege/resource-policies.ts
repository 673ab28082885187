import type { EstateModel, Resource } from '../../../../local/assembly/model.ts';
import type { Statement } from '../../../../lib/compliance/policy/statement.ts';
import { statementsOf } from '../../../../lib/compliance/policy/statement.ts';

/** A statement that says who is admitted to a resource, or who may take a role. */
export interface ResourceStatement {
  /** `<stack>/<logical id>`. */
  readonly where: string;
  readonly type: string;
  readonly statement: Statement;
}

/**
 * Every statement with principals, wherever it stands in a template: whatever a type calls the property, as JSON or as its text. A
 * permission of Lambda counts as the statement that Lambda makes of it.
 */
export function resourcePoliciesOf(model: EstateModel): ResourceStatement[] {
  const all = model.stacks.flatMap((stack) => [...new Set(Object.values(stack.template.Resources ?? {}).map(({ Type }) => Type))]);
  return model.ofType(...new Set(all)).flatMap((resource) => {
    const where = `${resource.stack.name}/${resource.logicalId}`;
    const { type } = resource;
    if (type === 'AWS::Lambda::Permission') return [{ where, type, statement: permission(resource) }];
    const properties = resource.stack.template.Resources?.[resource.logicalId]?.Properties ?? {};
    return Object.entries(properties)
      .filter(([, value]) => /"Statement\\*"/.test(JSON.stringify(value)))
      .flatMap(([name]) => documentsIn(resource.get(name)))
      .flatMap(statementsOf)
      .filter(({ principals }) => principals !== undefined)
      .map((statement) => ({ where, type, statement }));
  });
}

/** Policy documents anywhere in a value. Rules of a firewall and what a log group masks have statements too, without an effect. */
function documentsIn(value: unknown): unknown[] {
  if (typeof value === 'string') return /^\s*\{.*"Statement".*"Effect"|^\s*\{.*"Effect".*"Statement"/s.test(value) ? [JSON.parse(value)] : [];
  if (Array.isArray(value)) return value.flatMap(documentsIn);
  if (typeof value !== 'object' || value === null) return [];
  return 'Statement' in value && JSON.stringify(value.Statement).includes('"Effect"') ? [value] : Object.values(value).flatMap(documentsIn);
}

function permission(resource: Resource): Statement {
  const text = (name: string): string[] => (resource.get(name) === undefined ? [] : [String(resource.get(name))]);
  const [principal = ''] = text('Principal');
  return {
    effect: 'Allow',
    actions: text('Action'),
    resources: text('FunctionName'),
    principals: principal.includes('.') ? { Service: [principal] } : { AWS: [principal] },
    conditions: {
      ...(text('SourceArn').length > 0 ? { ArnLike: { 'aws:SourceArn': text('SourceArn') } } : {}),
      ...(text('SourceAccount').length > 0 ? { StringEquals: { 'aws:SourceAccount': text('SourceAccount') } } : {}),
    },
  };
}
