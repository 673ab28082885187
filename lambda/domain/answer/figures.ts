import { forMatching } from './matching.ts';

/** Numbers in words, English and German, as {@link forMatching} leaves them. */
const NUMBER_WORDS = new Map<string, number>(
  (
    [
      [0, 'zero null'], [1, 'one eins'], [2, 'two zwei'], [3, 'three drei'], [4, 'four vier'], [5, 'five funf'], [6, 'six sechs'], [7, 'seven sieben'], [8, 'eight acht'], [9, 'nine neun'], [10, 'ten zehn'],
      [11, 'eleven elf'], [12, 'twelve zwolf'], [13, 'thirteen dreizehn'], [14, 'fourteen vierzehn'], [15, 'fifteen funfzehn'], [16, 'sixteen sechzehn'], [17, 'seventeen siebzehn'], [18, 'eighteen achtzehn'],
      [19, 'nineteen neunzehn'], [20, 'twenty zwanzig'], [30, 'thirty dreissig dreißig'], [40, 'forty vierzig'], [50, 'fifty funfzig'], [60, 'sixty sechzig'], [70, 'seventy siebzig'], [80, 'eighty achtzig'],
      [90, 'ninety neunzig'], [100, 'hundred hundert'], [1000, 'thousand tausend'],
    ] as const
  ).flatMap(([value, words]) => words.split(' ').map((word): [string, number] => [word, value])),
);
const WORD = [...NUMBER_WORDS.keys()].join('|');
const TENS = 'twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety';
const ONES = 'one|two|three|four|five|six|seven|eight|nine';

/** Units, each with the words that mean it. */
const UNITS: readonly (readonly [string, string])[] = [
  ['working-day', '(?:working|business|week) ?days?|werktag(?:en|e|es|s)?|arbeitstag(?:en|e|es|s)?'],
  ['minute', 'min(?:ute|uten|utes|s)?'],
  ['hour', 'hours?|hrs?|stunden?'],
  ['day', 'days?|tag(?:en|e|es|s)?'],
  ['week', 'weeks?|wochen?'],
  ['month', 'months?|monat(?:en|e|es|s)?'],
  ['year', 'years?|jahr(?:en|e|es|s)?'],
  ['euro', '€|eur(?:os?)?'],
  ['dollar', '\\$|usd|dollars?'],
  ['pound', '£|gbp|pounds?|pfund'],
  ['franc', 'chf|franken|francs?'],
  ['cent', 'cents?'],
  ['percent', '%|percent|per cent|prozent'],
  ['points', 'points?|punkten?'],
  ['fortnight', 'fortnights?'],
];
const UNIT = UNITS.map(([, words]) => words).join('|');
const CURRENCY = '€|\\$|£|eur|usd|gbp|chf';
const NUMBER = "\\d{1,3}(?:[.,' ]\\d{3})+(?:[.,]\\d{1,2})?(?!\\d)|\\d+(?:[.,]\\d+)?";
const BETWEEN = ' ?(?:-|–|—|to|bis|and|und|or|oder) ?';
const EXTRA = '(?:(?:calendar|full|whole|more|additional|consecutive|further|extra|ganzen?|vollen?|weiteren?|zusatzlichen?) )?';
const MONTHS = ['jan(?:uary|uar)?', 'feb(?:ruary|ruar)?', 'mar(?:ch)?|marz', 'apr(?:il)?', 'may|mai', 'june?|juni', 'july?|juli', 'aug(?:ust)?', 'sep(?:t|tember)?', 'oct(?:ober)?|okt(?:ober)?', 'nov(?:ember)?', 'dec(?:ember)?|dez(?:ember)?'];
const MONTH = MONTHS.join('|');
const DAYS = ['monday|montag', 'tuesday|dienstag', 'wednesday|mittwoch', 'thursday|donnerstag', 'friday|freitag', 'saturday|samstag|sonnabend', 'sunday|sonntag'];
const SOON: readonly (readonly [string, string])[] = [
  ['tomorrow', 'tomorrow|(?<!guten )morgen'],
  ['day-after', 'day after tomorrow|ubermorgen'],
  ['today', 'tonight|today|heute'],
  ['next', '(?:next|this|nachste[nrs]?|kommende[nrs]?|diese[nrs]?|im laufe der) (?:week|month|day|year|morning|woche|monat|tag|jahr)'],
  ['day-part', '(?:this|same|early|late|late in the|in the|by) (?:morning|afternoon|evening)|by noon|by midnight|(?:diesen|am|heute) (?:vormittag|nachmittag|abend)|heute abend'],
  ['weekend', 'weekends?|wochenendes?'],
  ['holiday', 'christmas|xmas|easter|new years?(?: eve| day)?|thanksgiving|halloween|valentines(?: day)?|black friday|hanukkah|ramadan|eid|diwali|the holidays|bank holidays?|weihnachten|weihnachts\\p{L}+|ostern|pfingsten|neujahr|silvester|nikolaus|feiertage?n?|ferien'],
  ['shortly', 'shortly|very soon|any (?:minute|moment|day|time) now|in no time|in a (?:moment|minute|jiffy)|before long|in kurze|in kurzer zeit|demnachst|alsbald|in wenigen augenblicken'],
  ['few', '(?:a few|a couple of|several|some|wenige[nr]?|einige[nr]?|ein paar) (?:working |business )?(?:minutes|hours|days|weeks|months|minuten|stunden|tagen?|wochen|monaten?)'],
  ['half', 'half an? (?:hour|day|year)|halbe[nrs]? (?:stunde|tag|jahr)'],
  ['at-once', 'immediately|instantly|right away|straight away|at once|sofort|umgehend|unverzuglich|within the hour'],
];

const bounded = (words: string): RegExp => new RegExp(`(?<![\\p{L}\\p{N}])(?:${words})(?![\\p{L}\\p{N}])`, 'gu');
const numbered = (pattern: string): RegExp => new RegExp(pattern, 'gu');

const whole = (words: string): RegExp => new RegExp(`^(?:${words})$`, 'u');
const WHOLE_UNITS = UNITS.map(([unit, words]) => [unit, whole(words)] as const);
const WHOLE_MONTHS = MONTHS.map(whole);

const BEFORE_UNIT = numbered(`(?<![\\d.,])(?:(${NUMBER})${BETWEEN}(?:${CURRENCY})? ?)?(${NUMBER}) ?-?${EXTRA}(${UNIT})(?![\\p{L}\\p{N}])`);
const AFTER_CURRENCY = numbered(`(${CURRENCY}) ?(${NUMBER})(?:${BETWEEN}(?:${CURRENCY})? ?(${NUMBER}))?`);
const ISO_DATE = /(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)/gu;
const DOT_DATE = /(?<![\d.])(\d{1,2})\. ?(\d{1,2})\.(?: ?(\d{4}|\d{2}))?(?!\d)/gu;
const SLASH_DATE = /(?<!\d)\d{1,2}\/\d{1,2}(?:\/\d{2,4})?(?!\d)/gu;
const DAY_MONTH = numbered(`(?<!\\d)(\\d{1,2})(?:st|nd|rd|th|\\.)? (?:of )?(${MONTH})(?![\\p{L}])(?:,? (\\d{4}))?`);
const MONTH_DAY = numbered(`(?<![\\p{L}])(${MONTH}) (\\d{1,2})(?:st|nd|rd|th)?(?![\\d:])(?:,? (\\d{4}))?`);
const CLOCK = /(?<![\d:.])(\d{1,2})(?:[:.](\d{2}))? ?(am|pm|a\.m\.|p\.m\.|uhr)(?!\p{L})|(?<![\d:])(\d{1,2}):(\d{2})(?!\d)/gu;
const DAY_NAMES = DAYS.map(bounded);
const SOON_WORDS = SOON.map(([name, words]) => [name, bounded(words)] as const);
/** Characters beside a figure that may say that it is a least one, or one that is added. */
const LEAD = 40;
const ALONE = numbered(`(?<![\\p{L}\\d.,])(?:${NUMBER})(?![\\p{L}\\d])`);

/** A month alone. "May" and "march" are ordinary words too. */
const MONTH_ALONE = numbered(`(?<!\\p{L})(?:january|february|april|june|july|august|september|october|november|december|januar|februar|marz|juni|juli|oktober|dezember|(?<=(?:in|by|of|until|since|before|after|end of|im|bis|seit|vor|ab|nach|ende) )(?:march|may|mai))(?!\\p{L})`);
/** Makes the least of a figure: "from 50 euros", "after 30 days". "No more than" does not. */
const BEYOND = /(?<!\b(?:no|not|nicht|never|kein\w*) )(?<!\d ?)\b(?:from|over|above|beyond|exceed\w*|more than|later than|at least|minimum(?: order)?(?: value)?(?: of)?|starting (?:at|from)|upwards of|after|ab|uber|mindestens|mehr als|fruhestens|nach)[\s(]*$/;

/** Adds a figure to another: "plus 30 days", "30 more days", "twice 30 days". */
const ADDED_BEFORE = /(?:\+|\b(?:plus|another|additional|extra|further|twice|double|on top of|weitere\w*|zusatzlich\w*|nochmals?|doppelt\w*|zweimal))(?: (?:an?|the|of|up to|weitere\w*))?[\s(]*$/;
const ADDED_WITHIN = /\b(?:more|additional|further|extra|weiter\w*|zusatzlich\w*)\b/;
const ADDED_BEHIND = /^ ?(?:more|extra|on top|longer|additional|further|again|mehr|langer|dazu|obendrauf|zusatzlich)\b/;

/** A text read for its figures. */
export interface ReadFigures {
  /** Each as `<unit>:<number>`, so that "thirty days" and "30 days" are one; numbers without a unit as `number:<n>`. */
  readonly figures: ReadonlySet<string>;
  /** Those with a unit that stand as a least one: "from 50 euros", "after 30 days". */
  readonly beyond: ReadonlySet<string>;
  /** Those that are added to others: "plus 30 days". */
  readonly added: ReadonlySet<string>;
  /** What is left of the text, for matching. */
  readonly rest: string;
}

/** Reads a text for its figures: money, times, dates, per cent, and numbers without a unit. */
export function readFigures(text: string): ReadFigures {
  const found = new Set<string>();
  const beyond = new Set<string>();
  const added = new Set<string>();
  let rest = inDigits(forMatching(text)).replace(/^\s*(?:[-*•]\s+)?\d{1,3}[.)]\s+/, '');
  const take = (pattern: RegExp, note: (match: readonly (string | undefined)[]) => readonly string[]): void => {
    rest = rest.replace(pattern, (...match: unknown[]) => {
      const noted = note(match as (string | undefined)[]);
      const [whole, at] = [match[0] as string, match.at(-2) as number];
      const lead = rest.slice(Math.max(0, at - LEAD), at);
      const adds = ADDED_BEFORE.test(lead) || ADDED_WITHIN.test(whole) || ADDED_BEHIND.test(rest.slice(at + whole.length, at + whole.length + LEAD));
      for (const figure of noted) {
        found.add(figure);
        if (adds) added.add(figure);
      }
      // A range has no least.
      if (noted.length === 1 && BEYOND.test(lead)) beyond.add(noted[0] ?? '');
      return ' ; ';
    });
  };
  take(ISO_DATE, ([, year, month, day]) => dates(Number(day), Number(month), year));
  take(DOT_DATE, ([, day, month, year]) => dates(Number(day), Number(month), year?.length === 2 ? `20${year}` : year));
  take(SLASH_DATE, ([date]) => [`date:${date}`]);
  take(DAY_MONTH, ([, day, month, year]) => dates(Number(day), monthOf(month), year));
  take(MONTH_DAY, ([, month, day, year]) => dates(Number(day), monthOf(month), year));
  take(CLOCK, ([, hour, minute, half, hour24, minute24]) => [clock(hour ?? hour24, minute ?? minute24, half)]);
  take(BEFORE_UNIT, ([, first, last, unit]) => [first, last].flatMap((number) => (number === undefined ? [] : [`${unitOf(unit)}:${valueOf(number)}`])));
  take(AFTER_CURRENCY, ([, unit, first, last]) => [first, last].flatMap((number) => (number === undefined ? [] : [`${unitOf(unit)}:${valueOf(number)}`])));
  take(MONTH_ALONE, ([month = '']) => [`month:${monthOf(month)}`]);
  DAY_NAMES.forEach((pattern, index) => take(pattern, () => [`weekday:${index}`]));
  for (const [name, pattern] of SOON_WORDS) take(pattern, () => [`soon:${name}`]);
  take(ALONE, ([number = '']) => [`number:${valueOf(number)}`]);
  return { figures: found, beyond, added, rest };
}

const ONE_AND_TEN = numbered(`(?<!\\p{L})(${ONES}|ein|zwei|drei|vier|funf|sechs|sieben|acht|neun)und(zwanzig|dreissig|dreißig|vierzig|funfzig|sechzig|siebzig|achtzig|neunzig)(?!\\p{L})`);
const TEN_ONE = numbered(`(?<!\\p{L})(${TENS})[ -](${ONES})(?!\\p{L})`);
const HUNDREDS = numbered(`(?<!\\p{L})(?:(an?|${ONES}|eine?|zwei|drei|vier|funf|sechs|sieben|acht|neun) ?)?(hundred|hundert|thousand|tausend)(?!\\p{L})`);
const NUMBER_WORD = numbered(`(?<!\\p{L})(?:${WORD})(?!\\p{L})`);
const ONE_UNIT = numbered(`(?<!\\p{L})(?:an?|eine?[nmrs]?)(?= (?:${UNIT})(?![\\p{L}\\p{N}]))`);

/** Number words as digits; "a day" is one day, "a refund" is none. */
function inDigits(matching: string): string {
  return matching
    .replace(ONE_AND_TEN, (_whole, one: string, ten: string) => String(number(one === 'ein' ? 'eins' : one) + number(ten)))
    .replace(TEN_ONE, (_whole, ten: string, one: string) => String(number(ten) + number(one)))
    .replace(HUNDREDS, (_whole, count: string | undefined, much: string) => String((count === undefined || /^(?:an?|eine?)$/.test(count) ? 1 : number(count)) * number(much)))
    .replace(NUMBER_WORD, (word) => String(number(word)))
    .replace(ONE_UNIT, '1');
}

function number(word: string): number {
  return NUMBER_WORDS.get(word) ?? 0;
}

function unitOf(words = ''): string {
  return WHOLE_UNITS.find(([, pattern]) => pattern.test(words))?.[0] ?? words;
}

/** "1,299.00", "1.299,00" and "1299" as 1299. */
function valueOf(digits: string): number {
  const plain = digits.replace(/[' ]/g, '');
  const decimal = /[.,](?!\d{3}(?:\D|$))\d+$/.exec(plain)?.index ?? plain.length;
  return Number(`${plain.slice(0, decimal).replace(/[.,]/g, '')}.${plain.slice(decimal + 1)}`);
}

function dates(day: number, month: number, year: string | undefined): string[] {
  return year === undefined ? [`date:${month}-${day}`] : [`date:${year}-${month}-${day}`, `date:${month}-${day}`];
}

function monthOf(words = ''): number {
  return WHOLE_MONTHS.findIndex((pattern) => pattern.test(words)) + 1;
}

function clock(hour = '0', minute = '00', half = ''): string {
  const late = half.startsWith('p') && Number(hour) < 12 ? 12 : 0;
  return `clock:${(half.startsWith('a') && hour === '12' ? 0 : Number(hour)) + late}:${minute}`;
}
