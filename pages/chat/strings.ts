import type { ReplyKind } from '../../lambda/contracts/events.ts';

/** Every word of the page that is not the API's. */
export interface Strings {
  readonly heading: string;
  readonly assistant: string;
  readonly launcher: string;
  readonly close: string;
  readonly newConversation: string;
  readonly confirmNew: string;
  readonly keep: string;
  readonly transcript: string;
  readonly youSaid: string;
  readonly assistantSaid: string;
  readonly message: string;
  readonly placeholder: string;
  readonly send: string;
  readonly hint: string;
  /** Shown over an empty conversation. */
  readonly welcome: string;
  readonly opening: string;
  readonly writing: string;
  readonly waiting: string;
  readonly stillWaiting: string;
  readonly toLatest: string;
  readonly sources: string;
  /** Said before a source's date. */
  readonly sourceDate: (date: string) => string;
  readonly charactersLeft: (count: number) => string;
  readonly charactersOver: (count: number) => string;
  readonly countdown: (seconds: number) => string;
  readonly tryAgain: string;
  readonly tryNow: string;
  readonly failedTurn: string;
  readonly askAgain: string;
  /** Label above a reply that is not a plain answer. */
  readonly kinds: Readonly<Record<Exclude<ReplyKind, 'answer'>, string>>;
  /** Line under the heading when it is not the assistant who answers. */
  readonly states: { readonly waiting: string; readonly human: string; readonly closed: string };
  readonly feedback: {
    readonly open: string;
    readonly rating: string;
    readonly ratings: readonly [string, string, string, string, string];
    readonly resolved: string;
    readonly yes: string;
    readonly no: string;
    readonly send: string;
    readonly cancel: string;
    readonly thanks: string;
    readonly failed: string;
  };
  readonly errors: {
    readonly network: string;
    readonly offline: string;
    readonly invalid: string;
    readonly expired: string;
    readonly refused: string;
    readonly notFound: string;
    readonly running: string;
    readonly closed: string;
    readonly tooLong: string;
    readonly tooMany: string;
    readonly unavailable: string;
    readonly unexpected: string;
  };
}

const en: Strings = {
  heading: 'Support chat',
  assistant: 'AI assistant',
  launcher: 'Chat with us',
  close: 'Close chat',
  newConversation: 'New conversation',
  confirmNew: 'Start a new conversation? This one will no longer be shown here.',
  keep: 'Keep this one',
  transcript: 'Conversation',
  youSaid: 'You said:',
  assistantSaid: 'Assistant said:',
  message: 'Your message',
  placeholder: 'Write your question …',
  send: 'Send',
  hint: 'Enter sends, Shift + Enter starts a new line.',
  welcome: 'How can we help?',
  opening: 'Opening the conversation …',
  writing: 'The assistant is writing …',
  waiting: 'This one takes longer than usual. The answer will appear here as soon as it is ready.',
  stillWaiting: 'There is still no answer. Your message is saved; you can go on waiting or come back to this page later.',
  toLatest: 'Go to the latest message',
  sources: 'Sources',
  sourceDate: (date) => `as of ${date}`,
  charactersLeft: (count) => (count === 1 ? '1 character left' : `${count} characters left`),
  charactersOver: (count) => (count === 1 ? '1 character too many' : `${count} characters too many`),
  countdown: (seconds) => `Trying again in ${seconds} s`,
  tryAgain: 'Try again',
  tryNow: 'Try now',
  failedTurn: 'This message could not be answered. Nothing of it is lost.',
  askAgain: 'Ask again',
  kinds: { fallback: 'No sure answer found', refusal: 'Not something I can help with here', handoff: 'A person can help' },
  states: { waiting: 'Waiting for a colleague to join', human: 'A colleague has joined', closed: 'This conversation has ended' },
  feedback: {
    open: 'Rate this answer',
    rating: 'How helpful was this answer?',
    ratings: ['not at all helpful', 'hardly helpful', 'partly helpful', 'helpful', 'very helpful'],
    resolved: 'Is your question solved?',
    yes: 'Yes',
    no: 'No',
    send: 'Send rating',
    cancel: 'Not now',
    thanks: 'Thank you, your rating has arrived.',
    failed: 'Your rating did not arrive. Please try again.',
  },
  errors: {
    network: 'The connection broke. Your message is kept.',
    offline: 'You are offline. Your message is kept and goes out as soon as you are connected again.',
    invalid: 'The message could not be accepted as it is. Please change it and send it again.',
    expired: 'This conversation has expired. You can start a new one; what you typed is kept.',
    refused: 'Messages from this page are not accepted at the moment.',
    notFound: 'This conversation is no longer there. You can start a new one; what you typed is kept.',
    running: 'Your previous message is still being answered.',
    closed: 'This conversation has ended. You can start a new one; what you typed is kept.',
    tooLong: 'This message is too long. Please shorten it or send it in parts.',
    tooMany: 'Too many messages in a short time. Yours is kept.',
    unavailable: 'The assistant cannot be reached at the moment. Your message is kept.',
    unexpected: 'Something went wrong on our side. Your message is kept.',
  },
};

const de: Strings = {
  heading: 'Support-Chat',
  assistant: 'KI-Assistent',
  launcher: 'Chat öffnen',
  close: 'Chat schließen',
  newConversation: 'Neues Gespräch',
  confirmNew: 'Ein neues Gespräch beginnen? Dieses wird hier dann nicht mehr angezeigt.',
  keep: 'Dieses behalten',
  transcript: 'Gespräch',
  youSaid: 'Sie schrieben:',
  assistantSaid: 'Der Assistent schrieb:',
  message: 'Ihre Nachricht',
  placeholder: 'Stellen Sie Ihre Frage …',
  send: 'Senden',
  hint: 'Eingabetaste sendet, Umschalt + Eingabetaste beginnt eine neue Zeile.',
  welcome: 'Wie können wir helfen?',
  opening: 'Das Gespräch wird geöffnet …',
  writing: 'Der Assistent schreibt …',
  waiting: 'Das dauert länger als sonst. Die Antwort erscheint hier, sobald sie da ist.',
  stillWaiting: 'Es gibt noch keine Antwort. Ihre Nachricht ist gespeichert; Sie können weiter warten oder später auf diese Seite zurückkommen.',
  toLatest: 'Zur neuesten Nachricht',
  sources: 'Quellen',
  sourceDate: (date) => `Stand ${date}`,
  charactersLeft: (count) => `noch ${count} Zeichen`,
  charactersOver: (count) => `${count} Zeichen zu viel`,
  countdown: (seconds) => `Neuer Versuch in ${seconds} s`,
  tryAgain: 'Erneut versuchen',
  tryNow: 'Jetzt versuchen',
  failedTurn: 'Diese Nachricht konnte nicht beantwortet werden. Sie ist nicht verloren.',
  askAgain: 'Noch einmal fragen',
  kinds: { fallback: 'Keine sichere Antwort gefunden', refusal: 'Dabei kann ich hier nicht helfen', handoff: 'Ein Mensch kann helfen' },
  states: { waiting: 'Eine Kollegin oder ein Kollege kommt gleich dazu', human: 'Eine Kollegin oder ein Kollege ist da', closed: 'Dieses Gespräch ist beendet' },
  feedback: {
    open: 'Antwort bewerten',
    rating: 'Wie hilfreich war diese Antwort?',
    ratings: ['gar nicht hilfreich', 'kaum hilfreich', 'teilweise hilfreich', 'hilfreich', 'sehr hilfreich'],
    resolved: 'Ist Ihre Frage gelöst?',
    yes: 'Ja',
    no: 'Nein',
    send: 'Bewertung senden',
    cancel: 'Jetzt nicht',
    thanks: 'Danke, Ihre Bewertung ist angekommen.',
    failed: 'Ihre Bewertung ist nicht angekommen. Bitte versuchen Sie es erneut.',
  },
  errors: {
    network: 'Die Verbindung ist abgebrochen. Ihre Nachricht bleibt erhalten.',
    offline: 'Sie sind offline. Ihre Nachricht bleibt erhalten und geht hinaus, sobald Sie wieder verbunden sind.',
    invalid: 'Die Nachricht kann so nicht angenommen werden. Bitte ändern Sie sie und senden Sie sie noch einmal.',
    expired: 'Dieses Gespräch ist abgelaufen. Sie können ein neues beginnen; Ihr Text bleibt erhalten.',
    refused: 'Nachrichten von dieser Seite werden zurzeit nicht angenommen.',
    notFound: 'Dieses Gespräch gibt es nicht mehr. Sie können ein neues beginnen; Ihr Text bleibt erhalten.',
    running: 'Ihre vorige Nachricht wird noch beantwortet.',
    closed: 'Dieses Gespräch ist beendet. Sie können ein neues beginnen; Ihr Text bleibt erhalten.',
    tooLong: 'Diese Nachricht ist zu lang. Bitte kürzen Sie sie oder senden Sie sie in Teilen.',
    tooMany: 'Das waren viele Nachrichten in kurzer Zeit. Ihre Nachricht bleibt erhalten.',
    unavailable: 'Der Assistent ist gerade nicht erreichbar. Ihre Nachricht bleibt erhalten.',
    unexpected: 'Bei uns ist etwas schiefgegangen. Ihre Nachricht bleibt erhalten.',
  },
};

/** The languages that the page speaks, by primary language subtag. */
export const STRINGS = { en, de } as const;
