import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { itemsOf, memberOf } from '../../template/value.ts';
import type { Finding } from '../check.ts';
import type { Parameters } from '../parameters.ts';
import { asPersonal } from '../personal.ts';
import { retentionLimit, withinPolicy, type Lifetime } from '../retention.ts';
import { each, type Rule } from '../rule.ts';

/** Where a lifetime stands; looked at where `where` is set. */
interface Lived {
  readonly property: string;
  readonly where?: string;
  readonly otherwise: Lifetime['otherwise'];
}

/** Lifetimes of a type. */
interface Lives {
  /** Seconds of idling after which a session is forgotten, with what the service takes when nothing is set. */
  readonly idle?: Lived;
  /** Days that memory is kept, likewise. */
  readonly memory?: Lived;
  /** Strategies that extract memories for the long term, which no property lets expire. */
  readonly longTerm?: string;
}

/** Defaults are those of the services' references: memory 30 days, AgentCore sessions 15 minutes, its gateways' an hour; for an agent's session there is none. */
const LIVES: Readonly<Record<string, Lives>> = {
  'AWS::Bedrock::Agent': { idle: { property: 'IdleSessionTTLInSeconds', otherwise: 'undocumented' }, memory: { property: 'MemoryConfiguration.StorageDays', where: 'MemoryConfiguration', otherwise: 30 } },
  'AWS::Lex::Bot': { idle: { property: 'IdleSessionTTLInSeconds', otherwise: 'forever' } },
  'AWS::BedrockAgentCore::Runtime': { idle: { property: 'LifecycleConfiguration.IdleRuntimeSessionTimeout', otherwise: 900 } },
  'AWS::BedrockAgentCore::Harness': {
    idle: { property: 'Environment.AgentCoreRuntimeEnvironment.LifecycleConfiguration.IdleRuntimeSessionTimeout', otherwise: 900 },
    memory: { property: 'Memory.ManagedMemoryConfiguration.EventExpiryDuration', where: 'Memory.ManagedMemoryConfiguration', otherwise: 30 },
  },
  'AWS::BedrockAgentCore::Gateway': { idle: { property: 'ProtocolConfiguration.Mcp.SessionConfiguration.SessionTimeoutInSeconds', where: 'ProtocolConfiguration.Mcp.SessionConfiguration', otherwise: 3_600 } },
  'AWS::BedrockAgentCore::Memory': { memory: { property: 'EventExpiryDuration', otherwise: 'forever' }, longTerm: 'MemoryStrategies' },
};
const TYPES = Object.keys(LIVES);

/** Minutes of idling that are tolerated unless the adopter says otherwise. */
const IDLE_MINUTES = 60;

/** G07: what agents and bots remember of a conversation ends. */
export const g07SessionLifetime: Rule = {
  id: 'G07',
  pack: 'GDPR',
  version: 1,
  references: ['GDPR Art. 5(1)(e)', 'GDPR Art. 25(2)'],
  title: 'Sessions and memories of agents and bots end within the policy',
  info: `Passes when idle sessions of Bedrock agents, Lex bots, AgentCore runtimes and gateways end within maxIdleSessionMinutes (${IDLE_MINUTES} unless set), and their memories within the retention policy. Memories that AgentCore extracts for the long term have no lifetime in any property: MANUAL.`,
  explanation: 'A session holds the conversation so far, and memory carries it into the next one: both are copies of what people wrote, outside the tables that erasure knows. Set the lifetimes; for long-term memories record what deletes them (DeleteMemoryRecord, at erasure and at the end of retention).',
  looksAt: TYPES,
  judge: each(TYPES, (resource, estate, parameters) => asPersonal(estate, resource, parameters, () => lives(resource, estate, parameters))),
};

function lives(resource: Resource, estate: Estate, parameters: Parameters): Finding[] {
  const all = valueAt(estate, resource);
  const { idle, memory, longTerm } = LIVES[resource.type] ?? {};
  const isThere = (lived: Lived | undefined): lived is Lived => lived !== undefined && (lived.where === undefined || memberOf(all, lived.where).kind !== 'absent');
  const findings: Finding[] = [];
  if (isThere(idle)) {
    const otherwise = typeof idle.otherwise === 'number' ? idle.otherwise / 86_400 : idle.otherwise;
    findings.push(withinPolicy(idle.property, memberOf(all, idle.property), { unit: 1 / 86_400, otherwise }, (parameters.maxIdleSessionMinutes ?? IDLE_MINUTES) / 1_440, { part: 'Idle session' }));
  }
  if (isThere(memory)) findings.push(withinPolicy(memory.property, memberOf(all, memory.property), memory, retentionLimit(estate, resource, parameters), { part: 'Memory' }));
  if (longTerm !== undefined && itemsOf(memberOf(all, longTerm)).length > 0) {
    findings.push({ part: 'Long-term memory', verdict: 'MANUAL', property: longTerm, note: 'Extracted memories do not expire by themselves: record what deletes them, and when it was last tried.' });
  }
  return findings.length > 0 ? findings : [{ verdict: 'NOT_APPLICABLE', note: 'It keeps no sessions and no memory.' }];
}
