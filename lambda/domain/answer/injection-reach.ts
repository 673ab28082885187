import type { Feature } from './injection-feature.ts';

const PERSONAL = '(?:data|orders?|emails?|e mails?|address(?:es)?|details|conversations?|names|records|chats?|phones?|cards?|passwords?|information)';

/** Asks for what is not the customer's, or for what a bot could do beyond an answer. */
export const OF_REACH: readonly Feature[] = [
  {
    name: 'other people',
    weight: 1,
    anchors: [' customer', ' user', ' client', ' visitor', ' person', ' people', ' shopper', ' buyer'],
    pattern: new RegExp(`\\b(?:show|list|give|dump|print|export|read|send|tell|reveal|fetch|look up|get|display|what (?:is|are|did)|leak)(?: \\w+){0,5} (?:other|all|another|every|previous|someone elses|somebody elses|different|last|the next)(?: \\w+)? (?:customers?|users?|clients?|visitors?|persons?|peoples?|shoppers?|buyers?)s?(?: \\w+){0,2} ${PERSONAL}\\b`),
  },
  {
    name: 'other people',
    weight: 1,
    anchors: [' customer', ' user', ' client', ' visitor', ' account', ' shopper'],
    pattern: new RegExp(`\\b(?:show|list|give|dump|print|export|reveal|display|leak|read)(?: \\w+){0,4} ${PERSONAL}(?: \\w+){0,2} (?:of|from|belonging to)(?: \\w+)? (?:other|all|another|every|previous|somebody else|someone else|different)(?: \\w+)? (?:customers?|users?|clients?|visitors?|accounts?|shoppers?)\\b`),
  },
  {
    name: 'other people in German',
    weight: 1,
    anchors: [' kunden', ' kundinnen', ' nutzer', ' benutzer', ' personen', ' besucher'],
    pattern: /\b(?:daten|bestellungen|adressen|namen|e ?mails?|mailadressen|gesprache|chats|nummern|konten)(?: \w+)? (?:anderer|von anderen|aller|von allen|fremder|des vorigen|des letzten)(?: \w+)? (?:kunden|kundinnen|nutzer\w*|benutzer\w*|personen|besucher\w*)\b/,
  },
  {
    name: 'keys',
    weight: 1,
    anchors: [' api ', ' aws ', ' encryption ', ' private ', ' signing ', ' database ', ' jwt ', ' openai ', ' bedrock ', ' environment variable', ' env var', ' process env', ' credentials', ' secrets manager'],
    pattern: /\b(?:your|show|print|reveal|leak|give|dump|output|display|tell|what is)(?: \w+){0,4} (?:api|aws|encryption|private|signing|database|jwt|openai|bedrock) (?:keys?|tokens?|credentials?|passwords?|secrets?|connection string)\b|\b(?:show|print|dump|list|reveal|output|echo)(?: \w+){0,4} (?:environment variables?|env vars?|process env|credentials|secrets manager)\b/,
  },
  {
    name: 'code',
    weight: 1,
    anchors: ['execute ', 'run ', 'eval ', 'from users', 'from customers', 'from orders', 'from information schema', 'drop table', 'or 1 1', 'rm rf', 'cat etc passwd'],
    pattern: /\b(?:execute|run|eval)(?: \w+){0,3} (?:code|command|sql|python|javascript|bash|shell|query)\b|\bselect (?:\w+ ){1,4}from (?:users|customers|orders|information schema)\b|\bdrop table (?:users|customers|orders|conversations)\b|\bor 1 1\b|\brm rf\b|\bcat etc passwd\b/,
  },
  {
    name: 'tool',
    weight: 0.75,
    anchors: ['tool', 'function', 'endpoint', ' api'],
    pattern: /\b(?:call|invoke|use|trigger) (?:the |your |a )?(?:\w+ )?(?:(?:tool|function|endpoint|api)(?: \w+){0,3} (?:with|for|on|as) (?:\w+ ){0,3}(?:\w*\d\w*|admin|another|other|root|everyone)\b)|\b(?:call|invoke|use|trigger|run) (?:the |your )?order ?status ?(?:tool|function)\b(?! (?:on|in|at|of) (?:the|your|my|this|our)\b)/,
  },
  {
    name: 'markup',
    weight: 0.75,
    anchors: [' html', ' javascript', ' script tag', ' iframe', ' markdown ', ' img tag', ' image tag', ' hidden link', ' tracking pixel'],
    pattern: /\b(?:reply|respond|answer|output|include|write|render|embed|insert|add|put|append|start|return)(?: \w+){0,6} (?:html|javascript|script tags?|iframe|markdown (?:images?|links?)|img tags?|image tags?|hidden link|tracking pixel)\b/,
  },
  {
    name: 'encoded',
    weight: 1,
    anchors: ['encode', 'base64', 'rot13', 'hex', 'backwards', 'reverse', 'morse', 'pig latin', 'caesar', 'acrostic', 'poem'],
    pattern: /\b(?:encode|encoded|base64|rot13|hex|backwards|reversed?|morse|pig latin|caesar)\b(?: \w+){0,8} (?:your )?(?:instructions|prompt|rules|system)\b|\b(?:instructions|prompt|rules you|context)\b(?: \w+){0,6} (?:encode|base64|rot13|hex|backwards|reversed|morse|pig latin|caesar|acrostic|poem)\b/,
  },
  {
    name: 'decode and do',
    weight: 1,
    anchors: ['decode', 'entschlussel', 'dekodier'],
    pattern: /\b(?:decode|entschlussel\w*|dekodier\w*)(?: \w+){0,6} (?:and|then|und|dann) (?:\w+ ){0,2}(?:do|follow|execute|obey|answer|act|befolg\w*|fuhr\w*|ausfuhren)\b/,
  },
  {
    name: 'model talk',
    weight: 0.4,
    anchors: ['language model', 'llm', 'context window', 'training data', 'chatgpt', 'gpt 4', 'token limit', 'system role', 'ai safety', 'alignment', 'openai', 'content policy', 'prompt engineer'],
    pattern: /\b(?:language model|llm|context window|training data|chatgpt|gpt 4|token limit|system role|ai safety|alignment|openai|content policy|prompt engineer\w*)\b/,
  },
];
