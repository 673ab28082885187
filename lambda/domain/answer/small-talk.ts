import { type Anchored, matches } from './anchored.ts';

/** What is said to be polite, or to learn whom one talks to. No question to the knowledge base, and no instruction either. */
export type SmallTalk = 'greeting' | 'thanks' | 'goodbye' | 'identity' | 'capabilities' | 'wordless';

/** A pattern of small talk. */
interface Phrase extends Anchored {
  readonly is: Exclude<SmallTalk, 'wordless'>;
}

/** Patterns match a whole message: "thanks, and how do I return it?" is a question. The first that matches counts. */
export const WHOLE: readonly Phrase[] = [
  {
    is: 'greeting',
    starts: ['hi', 'hello', 'hey', 'greetings', 'good ', 'hallo', 'guten ', 'gruezi', 'servus', 'moin', 'how are ', 'wie geht'],
    pattern: /^(?:(?:hi+|hello|hey|hiya|greetings|good (?:morning|afternoon|evening|day)|hallo|guten (?:tag|morgen|abend)|gruezi|servus|moin)(?: (?:there|all|everyone|bot|team|again|zusammen))?)?(?: ?how are (?:you|things)(?: doing)?(?: today)?| ?wie geht(?: es ihnen|s| es dir))?$/,
  },
  {
    is: 'thanks',
    starts: ['ok ', 'okay ', 'great ', 'perfect ', 'super ', 'alright ', 'cool ', 'nice ', 'yes ', 'no ', 'thank', 'thx', 'ty', 'cheers', 'many thanks', 'dank', 'vielen dank'],
    pattern: /^(?:(?:ok|okay|great|perfect|super|alright|cool|nice|yes|no) )*(?:thanks|thank you|thx|ty|cheers|many thanks|danke|vielen dank|danke schon)(?: (?:a lot|so much|very much|you|for (?:your|the) (?:quick )?(?:help|answer|reply)|that (?:helped|helps|was helpful|is all|s all|was all)|again|bye|goodbye|sehr|have a (?:nice|good) day))*$/,
  },
  {
    is: 'thanks',
    starts: ['ok', 'great', 'perfect', 'super', 'cool', 'nice', 'good', 'alright', 'got it', 'that help', 'very helpful', 'well done'],
    pattern: /^(?:(?:ok|okay|great|perfect|super|cool|nice|good|alright|got it|that helped|that helps|very helpful|good bot|well done)(?: |$))+$/,
  },
  {
    is: 'goodbye',
    starts: ['ok ', 'okay ', 'bye', 'goodbye', 'good bye', 'see you', 'good night', 'have a ', 'ciao', 'tschuss', 'auf wiedersehen'],
    pattern: /^(?:ok |okay )?(?:bye(?: bye)?|goodbye|good bye|see you(?: later| soon)?|good night|have a (?:nice|good) (?:day|evening|weekend)|ciao|tschuss|auf wiedersehen)$/,
  },
  {
    is: 'identity',
    starts: ['hi ', 'hello ', 'hey ', 'wait ', 'so ', 'but ', 'and ', 'sorry ', 'are you ', 'am i ', 'is this ', 'is that ', 'do i talk ', 'do i speak ', 'do i chat '],
    pattern: /^(?:(?:hi|hello|hey|wait|so|but|and|sorry) )*(?:are you|am i (?:talking|speaking|chatting) (?:to|with)|is this|is that|do i (?:talk|speak|chat) (?:to|with))(?: \w+){0,3} (?:human|person|people|robot|bot|chatbot|ai|machine|program|computer|real|chatgpt|gpt|llm)(?: or (?:an? )?(?:\w+ )?(?:human|person|robot|bot|chatbot|ai|machine|program|computer))?$/,
  },
  {
    is: 'identity',
    starts: ['hi ', 'hello ', 'hey ', 'and ', 'so ', 'who are you', 'what are you', 'what is your name', 'whats your name', 'do you have a name', 'bist du ', 'sind sie ', 'wer bist du', 'wer sind sie'],
    pattern: /^(?:(?:hi|hello|hey|and|so) )*(?:who|what) are you$|^(?:what is|whats) your name$|^(?:do you have a name)$|^(?:bist du|sind sie) (?:ein |eine )?(?:mensch|roboter|bot|maschine|ki|programm)$|^wer (?:bist du|sind sie)$/,
  },
  {
    is: 'capabilities',
    starts: ['hi ', 'hello ', 'hey ', 'and ', 'so ', 'ok ', 'what can you ', 'what can i ask', 'what may i ask', 'what should i ask', 'what do you ', 'how can you help', 'how does this work', 'what are you for', 'can you help', 'could you help', 'i need help', 'i need some help', 'help', 'was kannst du', 'was konnen sie', 'hilfe'],
    pattern: /^(?:(?:hi|hello|hey|and|so|ok) )*(?:what can you (?:do|help(?: me)? with|answer|tell me)(?: for me)?|what (?:can|may|should) i ask(?: you)?|what do you (?:do|know)|how can you help(?: me)?|how does this work|what are you for|(?:can|could) you help(?: me)?(?: please)?|i need (?:some )?help(?: please)?|help(?: me)?(?: please)?|was kannst du|was konnen sie|hilfe)$/,
  },
];

/**
 * Recognises small talk.
 * @param plain the message, normalised, with single spaces and without punctuation
 */
export function smallTalkOf(plain: string): SmallTalk | undefined {
  if (!/\p{L}/u.test(plain)) return 'wordless';
  return WHOLE.find((phrase) => matches(phrase, plain))?.is;
}
