import type { Feature } from './injection-feature.ts';

/** A device, an app or a part of a house has modes; a chat has none. */
const NOT_OF_DEVICE = '(?! (?:in|on|of|for|at|am|an|auf|der|des|bei|von|im|ihre[rsnm]?|meine[rsnm]?) (?!(?:this|the|your|dies\\w+|dem) (?:chat|conversation|session|bot|assistant|gesprach)\\b)\\w)';

/** Gives the bot another role, another mode or another master, or says what it must answer. */
export const OF_ROLES: readonly Feature[] = [
  {
    name: 'unlocked mode',
    weight: 1,
    anchors: ['developer mode', 'debug mode', 'god mode', 'admin mode', 'jailbreak mode', 'dan mode', 'maintenance mode', 'unrestricted mode', 'root mode', 'sudo mode', 'diagnostic mode', 'override mode'],
    pattern: new RegExp(`\\b(?:enter|enable|activate|switch (?:to|into)|start|unlock|turn on|go into|you are (?:now )?in)(?: \\w+){0,2} (?:developer|debug|god|admin|jailbreak|dan|maintenance|unrestricted|root|sudo|diagnostic|override) mode\\b${NOT_OF_DEVICE}`),
  },
  {
    name: 'unlocked mode',
    weight: 0.75,
    anchors: ['god mode', 'jailbreak mode', 'dan mode', 'sudo mode', 'modus'],
    pattern: new RegExp(`\\b(?:god|jailbreak|dan|sudo) mode\\b|\\b(?:entwickler|wartungs|debug|admin|gott) ?modus (?:aktivieren|einschalten|starten|an|ein)\\b|\\b(?:aktivier\\w*|starte\\w*|wechs\\w*)(?: \\w+){0,3} (?:entwickler|wartungs|debug|admin|gott) ?modus\\b${NOT_OF_DEVICE}`),
  },
  {
    name: 'debug mode',
    weight: 0.5,
    anchors: ['debug mode'],
    pattern: /\bdebug mode\b(?! (?:in|on|of|for|at) )/,
  },
  {
    name: 'jailbreak',
    weight: 1,
    anchors: ['jailbr', 'do anything now', 'you are dan', 'you are now dan'],
    pattern: /\bjailbr(?:eak|oken)|\bdo anything now\b|\byou are (?:now )?dan\b/,
  },
  {
    name: 'no longer bound',
    weight: 1,
    anchors: ['you are no longer ', 'du bist nicht ', 'sie sind nicht '],
    pattern: /\byou are no longer (?:bound|restricted|limited|an? |the )|\b(?:du bist|sie sind) nicht (?:mehr|langer) (?:an |ein )/,
  },
  {
    name: 'role',
    weight: 0.4,
    anchors: ['act as', 'behave as', 'behave like', 'pretend', 'role play', 'roleplay', 'imagine', 'simulate', 'impersonate', 'play the role', 'play the part', 'take on the role', 'stell dir vor du', 'tu so als', 'eine rolle', 'die rolle'],
    pattern: /\b(?:act as|behave as|behave like|pretend(?: to be| that| you)|role ?play|imagine (?:that )?you|simulate|impersonate|play the (?:role|part)|take on the role|stell dir vor du|tu so als|spiel\w* (?:eine rolle|die rolle))\b/,
  },
  {
    name: 'new role',
    weight: 0.5,
    anchors: ['you are now', 'from now on', 'from this point on', 'starting now', 'henceforth', 'bist jetzt', 'sind jetzt', 'bist nun', 'sind nun', 'ab jetzt', 'ab sofort'],
    pattern: /\b(?:you are now|from now on|from this point on|starting now|henceforth)(?: \w+){0,2} (?:you|your|answer|respond|reply|an?|the|my|act|speak|be)\b|\b(?:du bist|sie sind) (?:jetzt|ab jetzt|nun|ab sofort)\b|\bab (?:jetzt|sofort)(?: \w+){0,3} (?:antwortest|bist du|gehorchst|sprichst|machst)\b/,
  },
  {
    name: 'unrestricted',
    weight: 0.6,
    anchors: ['unfiltered', 'uncensored', 'unrestricted', 'unaligned', 'amoral', 'evil', 'unzensiert', 'ungefiltert', 'different ai', 'different assistant', 'different bot', 'another ai', 'another assistant', 'another bot', ' rules', ' restrictions', ' constraints', ' limit', ' filter', ' guidelines', ' censorship', ' safety', ' ethics', ' regeln', ' einschrankungen', ' grenzen', ' beschrankungen'],
    pattern: /\b(?:unfiltered|uncensored|unrestricted|unaligned|amoral|evil|unzensiert\w*|ungefiltert\w*|different (?:ai|assistant|bot)|another (?:ai|assistant|bot)|(?:free|freed) (?:of|from) (?:all |any |your )?(?:rules|restrictions|constraints|limits))\b|\b(?:no|without|ohne|keine)(?: any| all| your| its| jede| alle)? (?:restrictions|rules|filters?|limitations|guidelines|censorship|safety|constraints|ethics|regeln|einschrankungen|grenzen|beschrankungen)\b/,
  },
  {
    name: 'machine role',
    weight: 0.6,
    anchors: ['act as', 'you are now', 'behave like', 'simulate', 'pretend', 'become'],
    pattern: /\b(?:act as|you are now|behave like|simulate|pretend(?: to be)?|become)(?: \w+){0,3} (?:terminal|shell|console|interpreter|root|superuser|hacker|administrator|database|compiler|operating system|api)\b/,
  },
  {
    name: 'authority',
    weight: 0.5,
    anchors: ['developer', 'creator', 'admin', 'programm', 'engineer', 'owner of this', ' maker', ' ceo', 'security auditor', 'security researcher', 'security team', 'the system', 'your system', ' entwickler', ' schopfer'],
    pattern: /\bi am (?:your|the|an?|one of your) (?:\w+ )?(?:developers?|creators?|administrators?|admin|programmers?|engineers?|owner of this|maker|ceo|security (?:auditor|researcher|team))\b|\bthis is (?:your|the) (?:developer|creator|administrator|admin|system|security team)\b|\bich bin (?:dein\w*|ihr\w*|der|die) (?:entwickler\w*|administrator\w*|admin|programmierer\w*|schopfer\w*)\b/,
  },
  {
    name: 'override code',
    weight: 0.5,
    anchors: ['override ', 'authorisation ', 'authorization ', 'master '],
    pattern: /\b(?:override|authori[sz]ation|master) (?:code|password|key|token)\b/,
  },
  {
    name: 'fake permission',
    weight: 0.4,
    anchors: ['authorised', 'authorized', 'cleared', 'permitted', 'allowed', 'unlocked', ' been changed', ' been updated', ' been lifted', ' been disabled', ' been suspended'],
    pattern: /\b(?:authori[sz]ed|cleared|permitted|allowed|unlocked)(?: \w+){0,3} (?:to (?:bypass|reveal|disclose|show)|access)\b|\b(?:policy|policies|rules) (?:has|have) been (?:changed|updated|lifted|disabled|suspended)\b/,
  },
  {
    name: 'new instructions',
    weight: 0.5,
    anchors: [' instruction', ' rules ', ' directive', ' orders ', ' task ', ' anweisung', ' regeln ', ' aufgabe ', ' system', ' prompt', ' context', ' user input', ' user message', ' documents'],
    pattern: /\b(?:new|updated|real|actual|true|following|neue|folgende) (?:instructions?|rules|system message|directives?|orders|task|anweisung(?:en)?|regeln|aufgabe) (?:are|is|from|say|you|reply|respond|answer|now|lautet|lauten|vom)\b|\b(?:begin|end|start) (?:of )?(?:the )?(?:system|prompt|context|user input|user message|documents)\b/,
  },
  {
    name: 'obey',
    weight: 0.75,
    anchors: ['comply with', 'obey', 'gehorch', 'agree with'],
    pattern: /\b(?:you|always|simply|just) (?:must |will |shall |have to |always |only )+comply with (?:whatever|every request|everything|all (?:of )?my|me|my)\b|\bobey (?:me|my|all|every|the (?:following|user))\b|\bgehorch(?:e|st|en|t)\b|\bagree with (?:anything|everything|whatever)\b/,
  },
  {
    name: 'dictated answer',
    weight: 0.75,
    anchors: ['response with', 'responses with', 'reply with', 'replys with', 'answer with', 'answers with', 'message with', 'messages with', 'sentence with', 'sentences with', 'antwort mit', 'nachricht mit', 'legally binding', 'no takesies'],
    pattern: /\b(?:end|start|begin|finish|preface|prefix) (?:each|every|all|your|the) (?:\w+ )?(?:response|reply|answer|message|sentence)s? with\b|\b(?:beende|beginne) (?:jede|deine) (?:\w+ )?(?:antwort|nachricht) mit\b|\b(?:thats|that is|as|make|say|agree\w*)(?: \w+){0,6} (?:a )?legally binding (?:offer|promise|contract|agreement)\b|\bno takesies\b/,
  },
  {
    name: 'dictated answer',
    weight: 0.4,
    anchors: ['exactly', 'only with', 'nothing but', 'nothing else', 'word for word', 'verbatim', 'literally', 'wortlich'],
    pattern: /\b(?:say|repeat|print|output|write|respond|answer|reply)(?: \w+){0,3} (?:exactly|only with|nothing but|word for word|verbatim|literally|nothing else)\b|\bverbatim\b|\bwortlich\b|\bword for word\b/,
  },
  {
    name: 'no refusal',
    weight: 0.4,
    anchors: [' refus', ' warn', ' decline', ' apologi', ' mention', ' say no', ' say you cannot', ' say that you cant', 'break character', 'stay in character', 'opposite day', 'opposite of your'],
    pattern: /\b(?:do not|dont|never|without|cannot|must not) (?:refuse|refusing|warn|warning|decline|apologi[sz]e|mention(?:ing)? (?:this|these|that you)|say (?:no|you cannot|that you cant)|break character)\b|\bstay in character\b|\bopposite (?:day|of your)\b/,
  },
];
