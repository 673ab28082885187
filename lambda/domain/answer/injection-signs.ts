import type { Feature } from './injection-feature.ts';

/** What sets texts apart for a model, a template or a browser: seen in the signs, before they are taken out. */
export const IN_SIGNS: readonly Feature[] = [
  {
    name: 'role marker',
    weight: 1,
    anchors: ['<', '[', 'role'],
    pattern: /<\s{0,3}\/?\s{0,3}(?:system|instructions?|assistant|prompt)\b[^<>]{0,60}>|<\/?(?:documents?|question|context)>|\[\s?\/?\s?(?:inst|system|sys|assistant)\s?\]|<<\s?\/?sys\s?>>|<\|[a-z_]{2,30}\|>|["']?role["']?\s?:\s?["'](?:system|assistant|developer)["']/,
  },
  {
    name: 'role marker',
    weight: 0.75,
    anchors: ['##', '===', '---', '**'],
    pattern: /(?:^|\n)[ \t]{0,3}(?:#{2,6}|={3,}|-{3,}|\*{2,})[ \t]{0,3}(?:new |end |begin |start )?(?:of )?(?:system|instructions?|prompt|assistant|override|documents|admin)\b(?![ \t]+(?:for|on|to|about)\b)/,
  },
  {
    name: 'role line',
    weight: 0.5,
    anchors: ['system', 'assistant', 'developer', 'admin'],
    pattern: /(?:^|\n)[ \t]{0,3}(?:system|assistant|developer|admin)(?: (?:message|override|notice|update|command))?[ \t]{0,2}:/,
  },
  {
    name: 'script',
    weight: 1,
    anchors: ['script', 'onerror', ']('],
    pattern: /<\s?script\b|javascript\s?:|onerror\s?=|!\[[^\]\n]{0,80}\]\(\s?https?:/,
  },
  {
    name: 'template',
    weight: 0.75,
    anchors: ['{{', '${'],
    pattern: /\{\{[^{}\n]{0,80}(?:system|prompt|config|secret|env|self)[^{}\n]{0,80}\}\}|\$\{[^{}\n]{0,80}(?:env|process|jndi|secret)[^{}\n]{0,80}\}/,
  },
];
