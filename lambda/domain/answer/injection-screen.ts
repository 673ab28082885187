import { forMatching, readingsOf } from './matching.ts';

/** What the screen says of a message. */
export interface Screening {
  /** 0-1: how much of it speaks for an attempt to steer the bot. */
  readonly score: number;
  /** Names of what was seen, strongest first. */
  readonly features: readonly string[];
}

/** Score from which a message is refused. */
export const REFUSED_FROM = 0.75;

interface Feature {
  readonly name: string;
  /** 0-1; of several features the weights add up. */
  readonly weight: number;
  readonly pattern: RegExp;
}

const OVERRIDE = '(?:ignore|disregard|forget|override|bypass|overrule|discard|circumvent|abandon|suspend|do not follow|dont follow|not follow|stop following)';
const ORDERS = '(?:instructions?|prompts?|rules?|guidelines|guardrails|restrictions|directives?|directions|programming|constraints|orders you|safeguards|commands|training|limitations)';
const EARLIER = '(?:all|any|every|your|previous|prior|earlier|above|preceding|foregoing|original|initial|existing|system|developer|safety|hidden|youve|former)';
const TELL = '(?:show|reveal|print|repeat|output|display|tell|leak|share|give|write|recite|dump|expose|disclose|summari[sz]e|paraphrase|translate|encode|copy|paste|list|quote|spell|reproduce)';
/** Goes on to say what the instructions are for: then a customer asks. */
const NOT_OF_GOODS = '(?! (?:for|on|to|about|how|regarding|of|in|with)\\b)';
/** What a courier, a label or a washing machine is told: then the instructions are not the bot's. */
const OF_GOODS = '(?:couriers?|deliver(?:y|ies)|drivers?|carriers?|neighbou?rs?|post(?:man|woman)?|parcels?|packages?|shipping|shipment|washing|care|assembly|labels?)';
const NOT_TO_COURIER = `(?! (?:(?:i|we) (?:left|gave|sent|wrote) )?(?:for|to|on|about|regarding|with|of) (?:(?:the|my|your|our|this|a) )?(?:\\w+ )?${OF_GOODS}\\b)`;
/** A device, an app or a part of a house has modes; a chat has none. */
const NOT_OF_DEVICE = '(?! (?:in|on|of|for|at|am|an|auf|der|des|bei|von|im|ihre[rsnm]?|meine[rsnm]?) (?!(?:this|the|your|dies\\w+|dem) (?:chat|conversation|session|bot|assistant|gesprach)\\b)\\w)';
/** The text that sets a bot up, not what a checkout does: "the system prompts me for a code". */
const SYSTEM_PROMPT = 'system ?(?:prompts?|instructions?|anweisung(?:en)?|vorgaben)\\b(?! (?:me|us|you|for|to (?:enter|type|confirm|change|log|sign|pay|add|choose|select|update)|asks?|at|on|when|keeps|users?|customers?|appears?)\\b)';
const AGAIN = '(?:repeat|print|output|copy|show|write|summari[sz]e|translate|quote|recite|echo)';
/** Who asks for what was said in other words wants to understand it. */
const NOT_SIMPLER = '(?!(?: \\w+){0,4} (?:simpler|simple|easier|plain|shorter|short|into \\w+|in (?:german|english|my language)|to (?:german|english))\\b)';
const GERMAN_ORDERS = '(?:anweisung|anweisungen|instruktion|instruktionen|regeln|vorgaben|richtlinien|einschrankungen|befehle|beschrankungen|systemvorgaben)';
const PERSONAL = '(?:data|orders?|emails?|e mails?|address(?:es)?|details|conversations?|names|records|chats?|phones?|cards?|passwords?|information)';

/** Seen in plain words. Weights: 1 and 0.75 say it alone, the others only together. Only phrases that customers hardly use. */
const IN_WORDS: readonly Feature[] = [
  { name: 'override', weight: 1, pattern: new RegExp(`\\b${OVERRIDE}(?: (?!my\\b)\\w+){0,3} ${EARLIER}(?: (?!${OF_GOODS}\\b)\\w+){0,2} (?!${OF_GOODS}\\b)${ORDERS}\\b${NOT_TO_COURIER}`) },
  { name: 'override', weight: 1, pattern: new RegExp(`\\b${OVERRIDE}(?: (?!my\\b)\\w+){0,3} ${ORDERS} (?:above|before|so far|you (?:were|have been|got) (?:given|told)|given to you)\\b`) },
  { name: 'override', weight: 1, pattern: /\b(?:ignore|disregard|forget)(?: \w+){0,2} (?:everything|all|anything|what)(?: (?!i\b)\w+){0,2} (?:above|before|you (?:were|have been|know|ve been)|(?:was|were|been) (?:said|told)|so far)\b/ },
  { name: 'override squeezed', weight: 1, pattern: /(?:ignore|disregard|forget|override|bypass)(?:all|any|the|your|of|previous|prior|above|earlier|system){1,5}(?:instructions?|rules|prompts?|guidelines)/ },
  { name: 'override in German', weight: 1, pattern: new RegExp(`\\b(?:ignorier\\w*|vergiss|vergessen sie|missacht\\w*|umgeh\\w*|ubergeh\\w*|verwirf|verwerfen sie)(?: (?!meine)\\w+){0,3} (?:alle|deine|ihre|bisherig\\w*|vorherig\\w*|obig\\w*|ursprunglich\\w*|vorangegangen\\w*|fruher\\w*)(?: \\w+){0,2} ${GERMAN_ORDERS}\\b(?! (?:fur|an|zu[rm]?) (?:den|die|das|meine[nrm]?|ihre[nrm]?) ?(?:zusteller\\w*|boten|fahrer\\w*|nachbar\\w*|paket\\w*|post\\w*|lieferung\\w*|liefer\\w*))`) },
  { name: 'override in German', weight: 1, pattern: new RegExp(`\\b(?:deine|ihre|bisherigen|vorherigen|obigen|ursprunglichen)(?: \\w+){0,2} ${GERMAN_ORDERS}(?: \\w+){0,3} (?:ignorieren|vergessen|missachten|umgehen|ausser kraft)\\b`) },
  { name: 'override in other languages', weight: 1, pattern: /\b(?:instruc\w*|istruzioni|consignes|regles|reglas|instructies)(?: \w+)? (?:precedent\w*|anterior\w*|previas|anterieur\w*)\b|\b(?:vorige|eerdere|toutes tes|todas tus|tutte le tue|poprzednie)(?: \w+)? (?:instruc\w*|istruzioni|regles|reglas|instrukcje)\b/ },
  { name: 'system prompt', weight: 1, pattern: new RegExp(`\\b(?:your|dein\\w*|ihre?\\w?|${TELL}|what is|whats|how does|which|without|ignore|bypass)(?: \\w+){0,4} ${SYSTEM_PROMPT}`) },
  { name: 'system prompt', weight: 0.5, pattern: new RegExp(`\\b${SYSTEM_PROMPT}`) },
  { name: 'system prompt', weight: 1, pattern: /\bsystemprompts?\b|\b(?:pre ?prompt|prompt (?:injection|leak(?:ing)?))\b/ },
  { name: 'hidden instructions', weight: 1, pattern: new RegExp(`\\b(?:hidden|secret|developer|internal|confidential|underlying) (?:prompts?|(?:instructions?|guidelines|directives)\\b${NOT_OF_GOODS})|\\binitial prompts?\\b`) },
  { name: 'original prompt', weight: 1, pattern: /\b(?:original|first|full|entire|exact) prompt\b/ },
  { name: 'tell instructions', weight: 1, pattern: new RegExp(`\\b${TELL}\\b(?: \\w+){0,4} your (?:(?:exact|full|own|complete|entire|original|current|core|base|first|verbatim|operating|\\w+ing) ){0,2}(?:instructions?|rules|guidelines|configuration|directives|constraints|programming)${NOT_OF_GOODS}\\b`) },
  { name: 'your prompt', weight: 1, pattern: /\byour (?:\w+ )?prompts?(?! (?:reply|answer|response|help|service|delivery|attention|assistance|action|refund|shipping|shipment|dispatch|handling|support|feedback|reaction|payment|and|return|email))\b/ },
  { name: 'what you were told', weight: 1, pattern: /\bwhat (?:exactly )?(?:were|are|have) you (?:been )?(?:told|instructed|programmed|ordered|configured|prompted|forbidden|not allowed)\b(?! (?:about my|by the|to (?:send|ship|sell|deliver|post|carry|take back)\b))/ },
  { name: 'what you were told', weight: 0.75, pattern: /\bwhat(?: \w+){0,4} your (?:creators?|developers?|programmers?|makers?)(?: \w+){0,3} (?:tell|told|say|said|instruct|instructed|write|wrote|give|gave)\b/ },
  { name: 'text above', weight: 1, pattern: new RegExp(`\\b${AGAIN}(?: \\w+){0,2} (?:(?:everything|all|what is|what was)(?: \\w+){0,4} (?:above|before (?:this|my|the)|preceding|prior to)|(?:the (?:words|text|lines|messages?|paragraphs?)|text|content)(?: \\w+){0,4} (?:before (?:this|my|the)|preceding|prior to))\\b${NOT_SIMPLER}`) },
  { name: 'text above', weight: 0.4, pattern: new RegExp(`\\b${AGAIN}(?: \\w+){0,2} (?:the (?:words|text|lines|messages?|paragraphs?)|text|content)(?: \\w+){0,4} above\\b`) },
  { name: 'tell in German', weight: 1, pattern: new RegExp(`\\b(?:zeig\\w*|nenn\\w*|gib|geben sie|verrat\\w*|sag\\w*|wiederhol\\w*|druck\\w*|schreib\\w*|ubersetz\\w*|liste)(?: \\w+){0,4} (?:dein\\w*|ihr\\w*)(?: \\w+){0,2} (?:prompt|anweisung(?:en)?|vorgaben|instruktionen|interne\\w* regeln|konfiguration)(?! (?:zur|zum|fur|uber|bei|wie|zu))\\b`) },
  { name: 'text above in German', weight: 1, pattern: /\b(?:wiederhol\w*|zeig\w*|gib|schreib\w*|ubersetz\w*|druck\w*)(?: \w+){0,3} (?:alles(?: \w+){0,3} (?:oben|oberhalb|uber dieser|vor dieser|davor)|(?:den text|die worte)(?: \w+){0,3} (?:oberhalb|uber dieser|vor dieser|davor))\b|\b(?:uber|oberhalb) dieser (?:zeile|nachricht)\b/ },
  { name: 'told in German', weight: 1, pattern: /\bwas (?:wurde dir|hat man dir|wurde ihnen|steht in dein\w*)(?: \w+){0,5} (?:aufgetragen|befohlen|vorgegeben|anweisung(?:en)?|prompt|eingestellt|verboten)\b/ },
  { name: 'unlocked mode', weight: 1, pattern: new RegExp(`\\b(?:enter|enable|activate|switch (?:to|into)|start|unlock|turn on|go into|you are (?:now )?in)(?: \\w+){0,2} (?:developer|debug|god|admin|jailbreak|dan|maintenance|unrestricted|root|sudo|diagnostic|override) mode\\b${NOT_OF_DEVICE}`) },
  { name: 'unlocked mode', weight: 0.75, pattern: new RegExp(`\\b(?:god|jailbreak|dan|sudo) mode\\b|\\b(?:entwickler|wartungs|debug|admin|gott) ?modus (?:aktivieren|einschalten|starten|an|ein)\\b|\\b(?:aktivier\\w*|starte\\w*|wechs\\w*)(?: \\w+){0,3} (?:entwickler|wartungs|debug|admin|gott) ?modus\\b${NOT_OF_DEVICE}`) },
  { name: 'debug mode', weight: 0.5, pattern: /\bdebug mode\b(?! (?:in|on|of|for|at) )/ },
  { name: 'jailbreak', weight: 1, pattern: /\bjailbr(?:eak|oken)|\bdo anything now\b|\byou are (?:now )?dan\b/ },
  { name: 'no longer bound', weight: 1, pattern: /\byou are no longer (?:bound|restricted|limited|an? |the )|\b(?:du bist|sie sind) nicht (?:mehr|langer) (?:an |ein )/ },
  { name: 'role', weight: 0.4, pattern: /\b(?:act as|behave as|behave like|pretend(?: to be| that| you)|role ?play|imagine (?:that )?you|simulate|impersonate|play the (?:role|part)|take on the role|stell dir vor du|tu so als|spiel\w* (?:eine rolle|die rolle))\b/ },
  { name: 'new role', weight: 0.5, pattern: /\b(?:you are now|from now on|from this point on|starting now|henceforth)(?: \w+){0,2} (?:you|your|answer|respond|reply|an?|the|my|act|speak|be)\b|\b(?:du bist|sie sind) (?:jetzt|ab jetzt|nun|ab sofort)\b|\bab (?:jetzt|sofort)(?: \w+){0,3} (?:antwortest|bist du|gehorchst|sprichst|machst)\b/ },
  { name: 'unrestricted', weight: 0.6, pattern: /\b(?:unfiltered|uncensored|unrestricted|unaligned|amoral|evil|unzensiert\w*|ungefiltert\w*|different (?:ai|assistant|bot)|another (?:ai|assistant|bot)|(?:free|freed) (?:of|from) (?:all |any |your )?(?:rules|restrictions|constraints|limits))\b|\b(?:no|without|ohne|keine)(?: any| all| your| its| jede| alle)? (?:restrictions|rules|filters?|limitations|guidelines|censorship|safety|constraints|ethics|regeln|einschrankungen|grenzen|beschrankungen)\b/ },
  { name: 'machine role', weight: 0.6, pattern: /\b(?:act as|you are now|behave like|simulate|pretend(?: to be)?|become)(?: \w+){0,3} (?:terminal|shell|console|interpreter|root|superuser|hacker|administrator|database|compiler|operating system|api)\b/ },
  { name: 'authority', weight: 0.5, pattern: /\bi am (?:your|the|an?|one of your) (?:\w+ )?(?:developers?|creators?|administrators?|admin|programmers?|engineers?|owner of this|maker|ceo|security (?:auditor|researcher|team))\b|\bthis is (?:your|the) (?:developer|creator|administrator|admin|system|security team)\b|\bich bin (?:dein\w*|ihr\w*|der|die) (?:entwickler\w*|administrator\w*|admin|programmierer\w*|schopfer\w*)\b/ },
  { name: 'override code', weight: 0.5, pattern: /\b(?:override|authori[sz]ation|master) (?:code|password|key|token)\b/ },
  { name: 'fake permission', weight: 0.4, pattern: /\b(?:authori[sz]ed|cleared|permitted|allowed|unlocked)(?: \w+){0,3} (?:to (?:bypass|reveal|disclose|show)|access)\b|\b(?:policy|policies|rules) (?:has|have) been (?:changed|updated|lifted|disabled|suspended)\b/ },
  { name: 'new instructions', weight: 0.5, pattern: /\b(?:new|updated|real|actual|true|following|neue|folgende) (?:instructions?|rules|system message|directives?|orders|task|anweisung(?:en)?|regeln|aufgabe) (?:are|is|from|say|you|reply|respond|answer|now|lautet|lauten|vom)\b|\b(?:begin|end|start) (?:of )?(?:the )?(?:system|prompt|context|user input|user message|documents)\b/ },
  { name: 'obey', weight: 0.75, pattern: /\b(?:you|always|simply|just) (?:must |will |shall |have to |always |only )+comply with (?:whatever|every request|everything|all (?:of )?my|me|my)\b|\bobey (?:me|my|all|every|the (?:following|user))\b|\bgehorch(?:e|st|en|t)\b|\bagree with (?:anything|everything|whatever)\b/ },
  { name: 'dictated answer', weight: 0.75, pattern: /\b(?:end|start|begin|finish|preface|prefix) (?:each|every|all|your|the) (?:\w+ )?(?:response|reply|answer|message|sentence)s? with\b|\b(?:beende|beginne) (?:jede|deine) (?:\w+ )?(?:antwort|nachricht) mit\b|\b(?:thats|that is|as|make|say|agree\w*)(?: \w+){0,6} (?:a )?legally binding (?:offer|promise|contract|agreement)\b|\bno takesies\b/ },
  { name: 'dictated answer', weight: 0.4, pattern: /\b(?:say|repeat|print|output|write|respond|answer|reply)(?: \w+){0,3} (?:exactly|only with|nothing but|word for word|verbatim|literally|nothing else)\b|\bverbatim\b|\bwortlich\b|\bword for word\b/ },
  { name: 'no refusal', weight: 0.4, pattern: /\b(?:do not|dont|never|without|cannot|must not) (?:refuse|refusing|warn|warning|decline|apologi[sz]e|mention(?:ing)? (?:this|these|that you)|say (?:no|you cannot|that you cant)|break character)\b|\bstay in character\b|\bopposite (?:day|of your)\b/ },
  { name: 'other people', weight: 1, pattern: new RegExp(`\\b(?:show|list|give|dump|print|export|read|send|tell|reveal|fetch|look up|get|display|what (?:is|are|did)|leak)(?: \\w+){0,5} (?:other|all|another|every|previous|someone elses|somebody elses|different|last|the next)(?: \\w+)? (?:customers?|users?|clients?|visitors?|persons?|peoples?|shoppers?|buyers?)s?(?: \\w+){0,2} ${PERSONAL}\\b`) },
  { name: 'other people', weight: 1, pattern: new RegExp(`\\b(?:show|list|give|dump|print|export|reveal|display|leak|read)(?: \\w+){0,4} ${PERSONAL}(?: \\w+){0,2} (?:of|from|belonging to)(?: \\w+)? (?:other|all|another|every|previous|somebody else|someone else|different)(?: \\w+)? (?:customers?|users?|clients?|visitors?|accounts?|shoppers?)\\b`) },
  { name: 'other people in German', weight: 1, pattern: /\b(?:daten|bestellungen|adressen|namen|e ?mails?|mailadressen|gesprache|chats|nummern|konten)(?: \w+)? (?:anderer|von anderen|aller|von allen|fremder|des vorigen|des letzten)(?: \w+)? (?:kunden|kundinnen|nutzer\w*|benutzer\w*|personen|besucher\w*)\b/ },
  { name: 'keys', weight: 1, pattern: /\b(?:your|show|print|reveal|leak|give|dump|output|display|tell|what is)(?: \w+){0,4} (?:api|aws|encryption|private|signing|database|jwt|openai|bedrock) (?:keys?|tokens?|credentials?|passwords?|secrets?|connection string)\b|\b(?:show|print|dump|list|reveal|output|echo)(?: \w+){0,4} (?:environment variables?|env vars?|process env|credentials|secrets manager)\b/ },
  { name: 'code', weight: 1, pattern: /\b(?:execute|run|eval)(?: \w+){0,3} (?:code|command|sql|python|javascript|bash|shell|query)\b|\bselect (?:\w+ ){1,4}from (?:users|customers|orders|information schema)\b|\bdrop table (?:users|customers|orders|conversations)\b|\bor 1 1\b|\brm rf\b|\bcat etc passwd\b/ },
  { name: 'tool', weight: 0.75, pattern: /\b(?:call|invoke|use|trigger) (?:the |your |a )?(?:\w+ )?(?:(?:tool|function|endpoint|api)(?: \w+){0,3} (?:with|for|on|as) (?:\w+ ){0,3}(?:\w*\d\w*|admin|another|other|root|everyone)\b)|\b(?:call|invoke|use|trigger|run) (?:the |your )?order ?status ?(?:tool|function)\b(?! (?:on|in|at|of) (?:the|your|my|this|our)\b)/ },
  { name: 'markup', weight: 0.75, pattern: /\b(?:reply|respond|answer|output|include|write|render|embed|insert|add|put|append|start|return)(?: \w+){0,6} (?:html|javascript|script tags?|iframe|markdown (?:images?|links?)|img tags?|image tags?|hidden link|tracking pixel)\b/ },
  { name: 'encoded', weight: 1, pattern: /\b(?:encode|encoded|base64|rot13|hex|backwards|reversed?|morse|pig latin|caesar)\b(?: \w+){0,8} (?:your )?(?:instructions|prompt|rules|system)\b|\b(?:instructions|prompt|rules you|context)\b(?: \w+){0,6} (?:encode|base64|rot13|hex|backwards|reversed|morse|pig latin|caesar|acrostic|poem)\b/ },
  { name: 'decode and do', weight: 1, pattern: /\b(?:decode|entschlussel\w*|dekodier\w*)(?: \w+){0,6} (?:and|then|und|dann) (?:\w+ ){0,2}(?:do|follow|execute|obey|answer|act|befolg\w*|fuhr\w*|ausfuhren)\b/ },
  { name: 'model talk', weight: 0.4, pattern: /\b(?:language model|llm|context window|training data|chatgpt|gpt 4|token limit|system role|ai safety|alignment|openai|content policy|prompt engineer\w*)\b/ },
];

/** Seen in the signs, before they are taken out. */
const IN_SIGNS: readonly Feature[] = [
  { name: 'role marker', weight: 1, pattern: /<\s{0,3}\/?\s{0,3}(?:system|instructions?|assistant|prompt)\b[^<>]{0,60}>|<\/?(?:documents?|question|context)>|\[\s?\/?\s?(?:inst|system|sys|assistant)\s?\]|<<\s?\/?sys\s?>>|<\|[a-z_]{2,30}\|>|["']?role["']?\s?:\s?["'](?:system|assistant|developer)["']/ },
  { name: 'role marker', weight: 0.75, pattern: /(?:^|\n)[ \t]{0,3}(?:#{2,6}|={3,}|-{3,}|\*{2,})[ \t]{0,3}(?:new |end |begin |start )?(?:of )?(?:system|instructions?|prompt|assistant|override|documents|admin)\b(?![ \t]+(?:for|on|to|about)\b)/ },
  { name: 'role line', weight: 0.5, pattern: /(?:^|\n)[ \t]{0,3}(?:system|assistant|developer|admin)(?: (?:message|override|notice|update|command))?[ \t]{0,2}:/ },
  { name: 'script', weight: 1, pattern: /<\s?script\b|javascript\s?:|onerror\s?=|!\[[^\]\n]{0,80}\]\(\s?https?:/ },
  { name: 'template', weight: 0.75, pattern: /\{\{[^{}\n]{0,80}(?:system|prompt|config|secret|env|self)[^{}\n]{0,80}\}\}|\$\{[^{}\n]{0,80}(?:env|process|jndi|secret)[^{}\n]{0,80}\}/ },
];

/** Characters that are looked at; a message is shorter by setting. */
const MOST_CHARACTERS = 16_000;

/** Length from which V8 compiles a pattern to machine code at once. For a shorter text it makes bytecode first, which for these takes four times as long. */
const PAGE_CHARACTERS = 1_024;

/** The text, filled up with empty lines, so that the first message a process screens does not wait for the compiler. */
const asPage = (text: string): string => text.padEnd(PAGE_CHARACTERS, '\n');

/**
 * Looks for attempts to steer the bot: a table of features, in copies of the text made for matching. It is the second line: whatever
 * passes still meets a model without rights and the output gate. Takes time in proportion to the length, never throws.
 */
export function screen(text: string): Screening {
  const head = text.slice(0, MOST_CHARACTERS);
  // No pattern reaches over a line's end, so one look at a page of all readings is as good as one at each.
  const readings = asPage(readingsOf(head).join('\n'));
  const signs = asPage(forMatching(head));
  const seen = new Map<string, number>();
  const note = ({ name, weight }: Feature): void => void seen.set(name, Math.max(weight, seen.get(name) ?? 0));
  for (const feature of IN_WORDS) if (feature.pattern.test(readings)) note(feature);
  for (const feature of IN_SIGNS) if (feature.pattern.test(signs)) note(feature);
  const features = [...seen].toSorted(([, one], [, other]) => other - one);
  return { score: Math.min(1, features.reduce((sum, [, weight]) => sum + weight, 0)), features: features.map(([name]) => name) };
}
