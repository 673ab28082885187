import type { Break } from './break.ts';

export const breaks: readonly Break[] = [
  { promise: 'S1', file: 'lambda/domain/answer/gate.ts', find: "reason = leaks.sees(cleaned) ? 'system-prompt' : faultOf(tail);", replace: 'reason = faultOf(tail);', means: 'nobody watches for the system text' },
  { promise: 'S1', file: 'lambda/domain/answer/gate.ts', find: "if (reason === undefined && own.holdsForeign(tail)) reason = 'foreign-data';", replace: '', means: 'data of other people passes' },
  { promise: 'S1', file: 'lambda/domain/answer/gate.ts', find: "if (reason === undefined && promises()) reason = 'unsupported-promise';", replace: '', means: 'promises that no source supports pass' },
  { promise: 'S1', file: 'lambda/domain/answer/gate.ts', find: 'return language.isForeign(sentence) || ', replace: 'return ', means: 'promises in a language that nobody checks pass' },
  { promise: 'S1', file: 'lambda/domain/answer/false-promise.ts', find: 'if (!closely && ![...figures].every(holds)) return true;', replace: '', means: 'a figure of one thing is said of another' },
  { promise: 'S1', file: 'lambda/domain/answer/false-promise.ts', find: 'return statements.some(({ denies, shared }) =>', replace: 'return statements.length < 0 && statements.some(({ denies, shared }) =>', means: 'what a source denies is promised in other words' },
  { promise: 'S1', file: 'lambda/domain/answer/leak-watch.ts', find: '[reversed], [shifted], ', replace: '', means: 'the system text leaves with each word turned round' },
  { promise: 'S1', file: 'lambda/domain/answer/gate.ts', find: "if (holdsSecret(unlisted)) return 'secret';", replace: '', means: 'secrets pass' },
  { promise: 'S1', file: 'lambda/domain/answer/piece.ts', find: 'return groups.mail !== undefined || links.has(trimEnd(link)) ? link : ', replace: 'return groups.mail !== undefined || link.length > 0 ? link : ', means: 'every link passes' },
  { promise: 'S1', file: 'lambda/domain/answer/piece.ts', find: 'const untagged = withoutTags(decoded(text));', replace: 'const untagged = text;', means: 'tags stay' },
  { promise: 'S1', file: 'lambda/domain/answer/model-reply.ts', find: 'tools !== undefined && tools.specs.length > 0 && made < MOST_ROUNDS', replace: 'tools !== undefined && tools.specs.length > 0', means: 'a model may ask for tools without end' },
  { promise: 'S1', file: 'lambda/domain/tools/order-status.ts', find: 'if (order?.owner !== subject)', replace: 'if (order === undefined)', means: "the tool tells of somebody else's order" },
  { promise: 'S1', file: 'lambda/domain/tools/toolbox.ts', find: 'new Map(rights.identified ? tools.map((tool) => [tool.spec.name, tool]) : [])', replace: 'new Map(tools.map((tool) => [tool.spec.name, tool]))', means: 'an anonymous conversation may use tools' },
];
