import { forMatching, plainWords } from './matching.ts';

/** What a bot is. */
const BOT = '(?:ai|a i|artificial intelligence|bots?|chat ?bots?|robots?|machines?|computers?(?: program)?|programs?|language model|software|algorithms?|automated \\w+|ki|k i|kunstliche intelligenz|roboter\\w*|maschinen?|computerprogramm|programm|automat\\w*)';
/** What it is not. */
const HUMAN = '(?:humans?|(?:human )?persons?|people|man|woman|guy|girl|lad|lady|individual|someone|somebody|employee|colleague|member of (?:the |our )?(?:\\w+ )?(?:staff|team)|team member|staff member|clerk|advis[eo]r|representative|(?:service |support )?agent|mensch\\w*|person|mann|frau|mitarbeiter\\w*|kolleg\\w*|angestellte\\w*)';
const HUMAN_ONLY = '(?:humans?|persons?|people|man|woman|mensch\\w*|menschlich\\w*)';
/** Up to so many words that deny nothing, and are no bot. */
const some = (most: number): string => `(?: (?!(?:not|no|never|isnt|nothing|nobody|neither|kein\\w*|nicht|nie|ai|bot|chatbot|virtual|digital|automated|robot|program|computer|ki|programm|if|when|wenn)\\b)\\w+){0,${most}}`;
const SLIGHT = '(?: (?:an?|any|just|only|really|actually|some|one of (?:those|these)|your|the|simple|mere|here|ein|eine|einen|einem|einer|nur|irgendein\\w*|hier|blosser?|echte?r?)){0,3}';
const VERY = '(?: (?:an?|the|your|our|really|actually|just|also|indeed|definitely|certainly|absolutely|very|much|only|in fact|of course|quite|completely|totally|100|percent|real|actual|living|live|alive|breathing|genuine|true|flesh and blood|fellow|friendly|normal|ordinary|simple|human|trained|experienced|customer|service|support|care|young|old|and|as|still)){0,7}';
const SEHR = '(?: (?:eine?|echte[rs]?|wirklich\\w*|ganz|nur|auch|naturlich|lebendige[rs]?|normale[rs]?|richtige[rs]?|durchaus|tatsachlich|ihre?|die|der|und|aus fleisch und blut|wie sie)){0,5}';

/** Assurances of a program that it is a person, or that no program writes. Nothing supports them. */
const CLAIMS: readonly RegExp[] = [
  `(?:i am|im|i was|this is|you have reached|youve reached)${VERY} (?:alive|human|${HUMAN})(?! (?:like|readable|language|who|that|to|whose)\\b)`,
  `(?<!(?:if|when|while|once|after|before|until|wenn) )(?:you are|youre)(?: (?:now|really|actually|already|currently|indeed|just|still|in fact)){0,2} (?:talking|speaking|chatting|writing|connected)(?: (?:to|with)) ?${some(5)} ${HUMAN}`,
  `(?:i am|im|this is|we are|its|it is|you are|youre)(?: (?:most )?(?:certainly|definitely|really|absolutely|of course|clearly))?(?: not| no| nothing like| anything but)(?: (?:talking|speaking|chatting|writing) (?:to|with))?${SLIGHT} ${BOT}\\b(?! (?:that|which|who|can|could|and can))`,
  `(?:(?:there is|theres|there are|here is)(?: \\w+)?|\\bwith|\\bbehind this is) no ${BOT}`,
  `(?:^| )no (?:ai|bots?|chatbots?|robots?|machines?)(?: (?:is|are))?(?: (?:here|involved|behind|at work|answering|writing|talking))`,
  `(?:am i|is this|are you)${SLIGHT} ${BOT} (?:no|nope|not at all|of course not|certainly not|never)`,
  `(?:am i|is this|are you)${some(3)} ${HUMAN_ONLY} (?:yes|yep|indeed|of course|sure|certainly|i am|absolutely)`,
  `${HUMAN_ONLY}(?: \\w+)? (?:is|are)(?: (?:now|really|actually|currently))? (?:typing|answering you|writing|replying|sitting)`,
  `(?:chat|answers?|message|reply|conversation|text)(?: \\w+)? (?:is|are|was|were)(?: \\w+)? (?:written|answered|typed|handled|given|run) by${some(2)} ${HUMAN_ONLY}`,
  `behind (?:this|the|these) (?:chat|screen|keyboard|messages?|answers?)${some(4)} ${HUMAN_ONLY}`,
  `people like me|humans like (?:me|us)|as a (?:fellow )?human being|speaking as a (?:human|person)`,
  `(?:^| )i (?:also )?(?:work|live|sit|was born|grew up|have worked|have been working|studied)(?: (?:in|at|for|here|since)\\b)(?! (?:\\w+ )?languages?\\b)`,
  `(?:^| )my (?:shift|lunch break|lunch|desk|family|husband|wife|kids|children|hometown|office|birthday|real name)\\b`,
  `ich bin${SEHR} (?:menschlich\\w*|${HUMAN})`,
  `(?:ich bin|das ist|dies ist|sie sprechen|sie schreiben|sie chatten|hier (?:ist|antwortet|schreibt|spricht)|es gibt|gibt es)(?: (?:hier|wirklich|ganz sicher|sicher|naturlich|auch|mit))*(?: kein\\w*| nicht(?: mit)?)(?: (?:ein\\w*|echte\\w*|reine\\w*))* ${BOT}`,
  `kein\\w* ${BOT} (?:hier|im spiel|am werk|beteiligt|antwortet|schreibt)`,
  `(?:hier (?:sprechen|schreiben|chatten|reden) sie|(?<!(?:wenn|falls|dann|konnen|mochten|wollen|durfen) )sie (?:sprechen|schreiben|chatten|reden))(?: \\w+){0,2} mit${some(2)} ${HUMAN}`,
  `(?:hier|ihnen) (?:schreibt|antwortet|spricht)(?: ihnen)?${some(2)} ${HUMAN}`,
  `ich (?:arbeite|wohne|lebe|sitze)(?: \\w+)? (?:in|im|bei|beim|fur|als|seit|hier|am)\\b`,
  `bin ich${SLIGHT} ${BOT} nein`,
  // Said in one line in the languages of Europe that have no list of promises here.
  `je suis (?:un |une )?(?:vraie? )?(?:humaine?|personne)|soy (?:un |una )?(?:humano|humana|persona)|sono (?:un |una )?(?:umano|umana|persona)|ik ben (?:een )?(?:echt\\w* )?(?:mens|persoon)|sou (?:um |uma )?(?:humano|humana|pessoa)|jestem (?:czlowiekiem|osoba)|jag ar (?:en )?manniska|jeg er (?:et )?menneske`,
].map((pattern) => new RegExp(`\\b(?:${pattern.replace(/^\(\?:\^\| \)/, '')})\\b`));

/** One of these stands in every claim: in an ordinary sentence no pattern has to be compiled. */
const ANCHORS = 'human|person|people| man | woman | guy | girl | lad| individual| someone| somebody|employee|colleague|member|clerk|advis|representative|agent| alive|mensch| mann | frau |mitarbeiter|kolleg|angestellt| ai | a i |artificial intelligence|bot|machine|computer|program|language model|software|algorithm|automat| ki | k i |kunstlich|maschine| i work| i also| i live| i sit| i was born| i grew| i have | i studied| my shift| my lunch| my desk| my family| my husband| my wife| my kids| my children| my hometown| my office| my birthday| my real| my name| called | call me| mein name| ich heiss| ich heiß| ich arbeite| ich wohne| ich lebe| ich sitze|humain| soy | sono | sou | mens | persoon|jestem| manniska|menneske'.split('|');

/** A name of one's own, which is a person's unless its bearer is said to be a program. */
const NAMED = /\b(?:my name is|i am called|im called|call me|mein name ist|ich hei(?:ss|ß)e)\b/;
const A_PROGRAM = new RegExp(`(?<!(?:not|no|kein|keine|nicht) (?:an? |just |eine? )?)\\b(?:${BOT}|virtual|digital|virtuell\\w*|ki ?assistent\\w*)\\b`);
/** Words of what was said before that a claim may begin in: "Am I a robot? No." */
const WORDS_BEFORE = 10;

/**
 * Whether a program says that it is a person: who it is was disclosed, and no source can say otherwise.
 * @param before what was said before, for a claim that is spread over two sentences
 */
export function claimsToBeHuman(sentence: string, before: string): boolean {
  const plain = plainWords(forMatching(sentence));
  const joined = `${plainWords(forMatching(before)).split(' ').slice(-WORDS_BEFORE).join(' ')} ${plain}`;
  if (!ANCHORS.some((anchor) => ` ${joined} `.includes(anchor))) return false;
  const claims = (text: string): boolean => CLAIMS.some((pattern) => pattern.test(text)) || (NAMED.test(text) && !A_PROGRAM.test(text));
  return claims(plain) || claims(joined);
}
