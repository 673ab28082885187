import type { Break } from './break.ts';

export const breaks: readonly Break[] = [
  { promise: 'C1', file: 'lambda/domain/redaction/checksums.ts', find: 'return sum % 10 === 0;', replace: 'return sum % 10 === 1;', means: 'cards with the right check digit are not found' },
  { promise: 'C1', file: 'lambda/domain/redaction/dialogue.ts', find: 'return [...stated, ...answered, ...spoken(text, words)];', replace: 'return [...spoken(text, words)];', means: 'labels and questions are not understood' },
  { promise: 'C1', file: 'lambda/domain/redaction/find.ts', find: "return spans.filter((span) => (span.kind === 'secret' && span.labelled === true) || !meets(span));", replace: 'return [...spans];', means: 'identifiers of ours are changed' },
  { promise: 'C1', file: 'lambda/domain/redaction/machines.ts', find: 'const LOOPBACK = /^(?:127[.]', replace: 'const LOOPBACK = /^(?:126[.]', means: 'URLs of ours lose their host where everything runs on one machine' },
  { promise: 'C1', file: 'lambda/domain/redaction/values.ts', find: 'return mixed || (stated && last && mayBePassword(word.bare)) ?', replace: 'return mixed || stated ?', means: 'what is said of a password counts as one' },
];
