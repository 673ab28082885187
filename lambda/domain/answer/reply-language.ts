import { forMatching } from './matching.ts';

/** The commonest words of languages, as they are left for matching. A word of two languages tells neither from the other. */
const COMMON: Readonly<Record<string, string>> = {
  en: 'the a an of to in on at by for from with without and or but not no is are was were be been have has had do does did can could may might must will would should you your we our us it its they them their he she his her this that these those there here if when where what which who how why as so than then too also only just please thanks thank yes any all each more most some about after before until within up out off over under into i me my cannot dont get gets got take takes make makes go goes come comes need needs use used see find ask call help choose open keep put give send sent show tell know want like pay cost costs free back new good best first last next own same other another per day days week weeks month year hour number price order orders item items customer customers way time half twice between below above less least every both many few never always often usually during once while because unless being able',
  de: 'der die das den dem des ein eine einen einem einer eines und oder aber nicht kein keine keinen ist sind war waren sein wird werden wurde haben hat hatte kann konnen durfen darf muss mussen soll sollen sie ihr ihre ihren ihrem ihnen wir uns unser unsere es er ich du dein mich mir zu zum zur in im an am auf aus bei beim mit nach von vom vor fur ohne uber unter bis seit wenn dass was wie wo wer als so auch nur noch schon bitte danke ja hier dort dann mehr alle gibt geben geht nehmen machen brauchen finden wahlen offnen zeigen tag tage tagen woche wochen monat jahr preis kosten kostet kostenlos bestellung bestellungen artikel kunden zwischen weniger immer nie jede jeder jedes beide wenige wahrend weil sobald damit daher innerhalb zuruck',
  fr: 'le la les un une des du de et ou mais ne pas est sont sera etre avez ont vous nous votre vos notre nos il elle ils ce cette ces que qui quoi pour par sur avec sans dans en au aux a plus tout tous toute bien oui non si votre mon ma mes son sa ses leur jour jours demain cest nest jai lai quil votre gratuit rembourse',
  es: 'el la los las un una unos unas de del y o pero no es son sera ser esta estan tiene usted le les su sus nos nuestro nuestra que quien para por con sin en al se lo mas todo todos toda muy si como cuando puede hoy manana dia dias dos ninguna',
  it: 'il lo la i gli le un uno una di del della dei delle e o ma non sono sara essere ha hanno lei la suo sua vostro nostro ci vi che chi per con senza in nel nella al alla da dal si piu tutto tutti tutta anche come quando puo oggi domani giorni ogni caso entro tutte ogni denaro',
  nl: 'de het een van en of maar niet geen is zijn wordt worden was hebt heeft hebben kan kunnen mag moet zal u uw je jouw wij we ons onze hij zij ze dit dat deze die er hier daar om op in aan bij met naar voor door over tot uit te ook als dan wat wie hoe alle meer terug morgen dagen',
  pt: 'o a os as um uma de do da dos das e ou mas nao sao sera ser esta tem voce seu sua seus nos nosso nossa que quem para por com sem em no na ao se mais tudo todos muito como quando pode hoje amanha dias dois nenhuma',
  pl: 'i w na z do nie sie jest sa to ze za od po przez dla jak ale lub czy moze mozna bedzie jego jej pan pani panstwo nasz nasza twoj wszystko dni jutro bez panu pana ciagu',
  sv: 'och att det som en ett den av for med till pa inte ar var har kan ska vill du ni din er vi oss var han hon de om eller men fran alla utan dagar',
  da: 'og at det som en et den af for med til pa ikke er var har kan skal vil du din i vi os han hun de om eller men fra alle uden dage pengene',
};

/** Words of letters that are looked at; fewer than so many may be a name or a thanks. */
const WORD = /\p{L}{2,}/gu;
const FEWEST_WORDS = 4;
const FEWEST_UNKNOWN = 3;
/** Words that are looked at together for those of another language. */
const WINDOW = 5;
/** Letters of other scripts, of which some set no blank between words. So many of them are more than a name. */
const OTHER_LETTERS = /(?!\p{Script=Latin})\p{L}/gu;
const FEWEST_SIGNS = 6;
/** Share of the words that must be common ones of a language that the gate reads, or stand in a source. */
const KNOWN_SHARE = 0.2;

/** Sees text in a language that the gate cannot check for promises. */
export interface LanguageCheck {
  /** Adds a source: its words are known, and so is its language. */
  learn(locale: string, text: string): void;
  /** Whether a sentence is in a language that is neither English, German nor a source's. Short texts and names are in none. */
  isForeign(sentence: string): boolean;
}

/** @param contact how a human is reached; its words are known */
export function openLanguageCheck(contact: string): LanguageCheck {
  const known = new Set(['en', 'de'].flatMap(commonOf));
  const read = new Set(['en', 'de']);
  let readsAll = false;
  const learnWords = (text: string): void => {
    const matching = forMatching(text);
    for (const word of [...(matching.match(WORD) ?? []), ...(matching.match(OTHER_LETTERS) ?? [])]) known.add(word);
  };
  learnWords(contact);
  return {
    learn(locale, text) {
      const language = locale.toLowerCase().split('-')[0] ?? '';
      learnWords(text);
      if (read.has(language)) return;
      read.add(language);
      // A language whose words are not listed cannot be told from another one.
      if (COMMON[language] === undefined) readsAll = true;
      for (const word of commonOf(language)) known.add(word);
    },
    isForeign(sentence) {
      if (readsAll) return false;
      const matching = forMatching(sentence.replace(/\S*[@/]\S*/g, ' '));
      const signs = (matching.match(OTHER_LETTERS) ?? []).filter((sign) => !known.has(sign));
      if (signs.length >= FEWEST_SIGNS) return true;
      const all = matching.match(WORD) ?? [];
      const names = namesOf(sentence);
      const words = [...new Set(all)].filter((word) => !names.has(word));
      if (words.length >= FEWEST_WORDS && words.filter((word) => known.has(word)).length < words.length * KNOWN_SHARE) return true;
      if (words.length < FEWEST_UNKNOWN) return false;
      // By windows: a sentence may begin in a language that is read.
      const others = Object.keys(COMMON).filter((language) => !read.has(language)).flatMap((language) => SETS.get(language) ?? []);
      return words.some((_word, at) => {
        const window = words.slice(at, at + WINDOW);
        if (window.length < Math.min(WINDOW, words.length)) return false;
        const familiar = window.filter((word) => known.has(word)).length;
        const most = Math.max(0, ...others.map((common) => window.filter((word) => !known.has(word) && common.has(word)).length));
        return most > familiar || (most > 0 && familiar <= 1 && window.length === WINDOW);
      });
    },
  };
}

const commonOf = (language: string): readonly string[] => COMMON[language]?.split(' ') ?? [];
const SETS = new Map(Object.keys(COMMON).map((language) => [language, new Set(commonOf(language))]));

/** Words with a capital that begin no sentence, for matching. Where every word has one, none is a name. */
function namesOf(sentence: string): ReadonlySet<string> {
  const words = sentence.match(/\p{L}{2,}/gu) ?? [];
  const capitals = words.filter((word) => /^\p{Lu}\p{Ll}/u.test(word));
  if (capitals.length > words.length * 0.5 && words.length > 6) return new Set();
  return new Set(capitals.slice(words[0] === capitals[0] ? 1 : 0).map(forMatching));
}
