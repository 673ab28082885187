import type { Feature } from './injection-feature.ts';

const OVERRIDE_WORDS = ['ignore', 'disregard', 'forget', 'override', 'bypass', 'overrule', 'discard', 'circumvent', 'abandon', 'suspend', 'do not follow', 'dont follow', 'not follow', 'stop following'];
const OVERRIDE = `(?:${OVERRIDE_WORDS.join('|')})`;
const ORDERS = '(?:instructions?|prompts?|rules?|guidelines|guardrails|restrictions|directives?|directions|programming|constraints|orders you|safeguards|commands|training|limitations)';
const EARLIER = '(?:all|any|every|your|previous|prior|earlier|above|preceding|foregoing|original|initial|existing|system|developer|safety|hidden|youve|former)';
const TELL = '(?:show|reveal|print|repeat|output|display|tell|leak|share|give|write|recite|dump|expose|disclose|summari[sz]e|paraphrase|translate|encode|copy|paste|list|quote|spell|reproduce)';
/** Goes on to say what the instructions are for: then a customer asks. */
const NOT_OF_GOODS = '(?! (?:for|on|to|about|how|regarding|of|in|with)\\b)';
/** What a courier, a label or a washing machine is told: then the instructions are not the bot's. */
const OF_GOODS = '(?:couriers?|deliver(?:y|ies)|drivers?|carriers?|neighbou?rs?|post(?:man|woman)?|parcels?|packages?|shipping|shipment|washing|care|assembly|labels?)';
const NOT_TO_COURIER = `(?! (?:(?:i|we) (?:left|gave|sent|wrote) )?(?:for|to|on|about|regarding|with|of) (?:(?:the|my|your|our|this|a) )?(?:\\w+ )?${OF_GOODS}\\b)`;
/** The text that sets a bot up, not what a checkout does: "the system prompts me for a code". */
const SYSTEM_PROMPT = 'system ?(?:prompts?|instructions?|anweisung(?:en)?|vorgaben)\\b(?! (?:me|us|you|for|to (?:enter|type|confirm|change|log|sign|pay|add|choose|select|update)|asks?|at|on|when|keeps|users?|customers?|appears?)\\b)';
const AGAIN = '(?:repeat|print|output|copy|show|write|summari[sz]e|translate|quote|recite|echo)';
/** Who asks for what was said in other words wants to understand it. */
const NOT_SIMPLER = '(?!(?: \\w+){0,4} (?:simpler|simple|easier|plain|shorter|short|into \\w+|in (?:german|english|my language)|to (?:german|english))\\b)';
const GERMAN_ORDERS = '(?:anweisung|anweisungen|instruktion|instruktionen|regeln|vorgaben|richtlinien|einschrankungen|befehle|beschrankungen|systemvorgaben)';

/** Sets the bot's instructions aside, or asks what they are. Only phrases that customers hardly use. */
export const OF_ORDERS: readonly Feature[] = [
  {
    name: 'override',
    weight: 1,
    anchors: OVERRIDE_WORDS,
    pattern: new RegExp(`\\b${OVERRIDE}(?: (?!my\\b)\\w+){0,3} ${EARLIER}(?: (?!${OF_GOODS}\\b)\\w+){0,2} (?!${OF_GOODS}\\b)${ORDERS}\\b${NOT_TO_COURIER}`),
  },
  {
    name: 'override',
    weight: 1,
    anchors: OVERRIDE_WORDS,
    pattern: new RegExp(`\\b${OVERRIDE}(?: (?!my\\b)\\w+){0,3} ${ORDERS} (?:above|before|so far|you (?:were|have been|got) (?:given|told)|given to you)\\b`),
  },
  {
    name: 'override',
    weight: 1,
    anchors: ['ignore', 'disregard', 'forget'],
    pattern: /\b(?:ignore|disregard|forget)(?: \w+){0,2} (?:everything|all|anything|what)(?: (?!i\b)\w+){0,2} (?:above|before|you (?:were|have been|know|ve been)|(?:was|were|been) (?:said|told)|so far)\b/,
  },
  {
    name: 'override squeezed',
    weight: 1,
    anchors: ['ignore', 'disregard', 'forget', 'override', 'bypass'],
    pattern: /(?:ignore|disregard|forget|override|bypass)(?:all|any|the|your|of|previous|prior|above|earlier|system){1,5}(?:instructions?|rules|prompts?|guidelines)/,
  },
  {
    name: 'override in German',
    weight: 1,
    anchors: ['ignorier', 'vergiss', 'vergessen sie', 'missacht', 'umgeh', 'ubergeh', 'verwirf', 'verwerfen sie'],
    pattern: new RegExp(`\\b(?:ignorier\\w*|vergiss|vergessen sie|missacht\\w*|umgeh\\w*|ubergeh\\w*|verwirf|verwerfen sie)(?: (?!meine)\\w+){0,3} (?:alle|deine|ihre|bisherig\\w*|vorherig\\w*|obig\\w*|ursprunglich\\w*|vorangegangen\\w*|fruher\\w*)(?: \\w+){0,2} ${GERMAN_ORDERS}\\b(?! (?:fur|an|zu[rm]?) (?:den|die|das|meine[nrm]?|ihre[nrm]?) ?(?:zusteller\\w*|boten|fahrer\\w*|nachbar\\w*|paket\\w*|post\\w*|lieferung\\w*|liefer\\w*))`),
  },
  {
    name: 'override in German',
    weight: 1,
    anchors: ['ignorieren', 'vergessen', 'missachten', 'umgehen', 'ausser kraft'],
    pattern: new RegExp(`\\b(?:deine|ihre|bisherigen|vorherigen|obigen|ursprunglichen)(?: \\w+){0,2} ${GERMAN_ORDERS}(?: \\w+){0,3} (?:ignorieren|vergessen|missachten|umgehen|ausser kraft)\\b`),
  },
  {
    name: 'override in other languages',
    weight: 1,
    anchors: [' precedent', ' anterior', ' previas', ' anterieur', 'vorige ', 'eerdere ', 'toutes tes ', 'todas tus ', 'tutte le tue ', 'poprzednie '],
    pattern: /\b(?:instruc\w*|istruzioni|consignes|regles|reglas|instructies)(?: \w+)? (?:precedent\w*|anterior\w*|previas|anterieur\w*)\b|\b(?:vorige|eerdere|toutes tes|todas tus|tutte le tue|poprzednie)(?: \w+)? (?:instruc\w*|istruzioni|regles|reglas|instrukcje)\b/,
  },
  {
    name: 'system prompt',
    weight: 1,
    anchors: ['system'],
    pattern: new RegExp(`\\b(?:your|dein\\w*|ihre?\\w?|${TELL}|what is|whats|how does|which|without|ignore|bypass)(?: \\w+){0,4} ${SYSTEM_PROMPT}`),
  },
  {
    name: 'system prompt',
    weight: 0.5,
    anchors: ['system'],
    pattern: new RegExp(`\\b${SYSTEM_PROMPT}`),
  },
  {
    name: 'system prompt',
    weight: 1,
    anchors: ['prompt'],
    pattern: /\bsystemprompts?\b|\b(?:pre ?prompt|prompt (?:injection|leak(?:ing)?))\b/,
  },
  {
    name: 'hidden instructions',
    weight: 1,
    anchors: ['hidden ', 'secret ', 'developer ', 'internal ', 'confidential ', 'underlying ', 'initial prompt'],
    pattern: new RegExp(`\\b(?:hidden|secret|developer|internal|confidential|underlying) (?:prompts?|(?:instructions?|guidelines|directives)\\b${NOT_OF_GOODS})|\\binitial prompts?\\b`),
  },
  {
    name: 'original prompt',
    weight: 1,
    anchors: [' prompt'],
    pattern: /\b(?:original|first|full|entire|exact) prompt\b/,
  },
  {
    name: 'tell instructions',
    weight: 1,
    anchors: [' instruction', ' rules', ' guidelines', ' configuration', ' directives', ' constraints', ' programming'],
    pattern: new RegExp(`\\b${TELL}\\b(?: \\w+){0,4} your (?:(?:exact|full|own|complete|entire|original|current|core|base|first|verbatim|operating|\\w+ing) ){0,2}(?:instructions?|rules|guidelines|configuration|directives|constraints|programming)${NOT_OF_GOODS}\\b`),
  },
  {
    name: 'your prompt',
    weight: 1,
    anchors: [' prompt'],
    pattern: /\byour (?:\w+ )?prompts?(?! (?:reply|answer|response|help|service|delivery|attention|assistance|action|refund|shipping|shipment|dispatch|handling|support|feedback|reaction|payment|and|return|email))\b/,
  },
  {
    name: 'what you were told',
    weight: 1,
    anchors: ['what were you ', 'what are you ', 'what have you ', 'what exactly '],
    pattern: /\bwhat (?:exactly )?(?:were|are|have) you (?:been )?(?:told|instructed|programmed|ordered|configured|prompted|forbidden|not allowed)\b(?! (?:about my|by the|to (?:send|ship|sell|deliver|post|carry|take back)\b))/,
  },
  {
    name: 'what you were told',
    weight: 0.75,
    anchors: [' your creator', ' your developer', ' your programmer', ' your maker'],
    pattern: /\bwhat(?: \w+){0,4} your (?:creators?|developers?|programmers?|makers?)(?: \w+){0,3} (?:tell|told|say|said|instruct|instructed|write|wrote|give|gave)\b/,
  },
  {
    name: 'text above',
    weight: 1,
    anchors: [' above', ' before this', ' before my', ' before the', ' preceding', ' prior to'],
    pattern: new RegExp(`\\b${AGAIN}(?: \\w+){0,2} (?:(?:everything|all|what is|what was)(?: \\w+){0,4} (?:above|before (?:this|my|the)|preceding|prior to)|(?:the (?:words|text|lines|messages?|paragraphs?)|text|content)(?: \\w+){0,4} (?:before (?:this|my|the)|preceding|prior to))\\b${NOT_SIMPLER}`),
  },
  {
    name: 'text above',
    weight: 0.4,
    anchors: [' above'],
    pattern: new RegExp(`\\b${AGAIN}(?: \\w+){0,2} (?:the (?:words|text|lines|messages?|paragraphs?)|text|content)(?: \\w+){0,4} above\\b`),
  },
  {
    name: 'tell in German',
    weight: 1,
    anchors: [' prompt', ' anweisung', ' vorgaben', ' instruktionen', ' regeln', ' konfiguration'],
    pattern: new RegExp(`\\b(?:zeig\\w*|nenn\\w*|gib|geben sie|verrat\\w*|sag\\w*|wiederhol\\w*|druck\\w*|schreib\\w*|ubersetz\\w*|liste)(?: \\w+){0,4} (?:dein\\w*|ihr\\w*)(?: \\w+){0,2} (?:prompt|anweisung(?:en)?|vorgaben|instruktionen|interne\\w* regeln|konfiguration)(?! (?:zur|zum|fur|uber|bei|wie|zu))\\b`),
  },
  {
    name: 'text above in German',
    weight: 1,
    anchors: ['uber dieser', 'oberhalb', ' oben', ' vor dieser', ' davor'],
    pattern: /\b(?:wiederhol\w*|zeig\w*|gib|schreib\w*|ubersetz\w*|druck\w*)(?: \w+){0,3} (?:alles(?: \w+){0,3} (?:oben|oberhalb|uber dieser|vor dieser|davor)|(?:den text|die worte)(?: \w+){0,3} (?:oberhalb|uber dieser|vor dieser|davor))\b|\b(?:uber|oberhalb) dieser (?:zeile|nachricht)\b/,
  },
  {
    name: 'told in German',
    weight: 1,
    anchors: ['was wurde dir', 'was hat man dir', 'was wurde ihnen', 'was steht in dein'],
    pattern: /\bwas (?:wurde dir|hat man dir|wurde ihnen|steht in dein\w*)(?: \w+){0,5} (?:aufgetragen|befohlen|vorgegeben|anweisung(?:en)?|prompt|eingestellt|verboten)\b/,
  },
];
