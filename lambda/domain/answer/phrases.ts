/** What the bot says in its own words, in one language. */
export interface Phrases {
  /** Nothing in the knowledge base answers the question. Followed by how to reach a human. */
  readonly outOfScope: string;
  /** The visitor asked for a human. Followed by how to reach one. */
  readonly handoff: string;
  /** The visitor asked for instructions, or to be somebody else. */
  readonly refusal: string;
  readonly greeting: string;
  readonly thanks: string;
  readonly goodbye: string;
  /** The visitor asked who is talking. An honest answer is a duty. Followed by how to reach a human. */
  readonly identity: string;
  /** The visitor asked what can be asked. Followed by how to reach a human. */
  readonly capabilities: string;
  /** A message without a word: signs, digits, pictures. */
  readonly wordless: string;
  /** A turn that could not be answered for a technical reason. Followed by how to reach a human. */
  readonly failed: string;
}

const ENGLISH: Phrases = {
  outOfScope: 'I cannot help with that: I answer from our help articles, and none of them covers this question.',
  handoff: 'You would like to talk to a human. I am a program and cannot put you through from here.',
  refusal: 'I cannot share or change how I am set up. I am glad to answer a question about our products and services.',
  greeting: 'Hello! What can I help you with?',
  thanks: 'You are welcome. Is there anything else that I can help you with?',
  goodbye: 'Goodbye!',
  identity: 'I am an AI assistant, a computer program and not a human.',
  capabilities: 'I answer questions about our products and services from our help articles, and name the article each time. Please ask in a sentence, I cannot see or change anything that is personal to you.',
  wordless: 'I could not find a question in your message. Please write in a few words what you would like to know.',
  failed: 'I could not answer this message for a technical reason. Please ask again.',
};

const GERMAN: Phrases = {
  outOfScope: 'Dabei kann ich nicht helfen: Ich antworte aus unseren Hilfe-Artikeln, und keiner davon behandelt diese Frage.',
  handoff: 'Sie möchten mit einem Menschen sprechen. Ich bin ein Programm und kann von hier aus nicht verbinden.',
  refusal: 'Wie ich eingerichtet bin, kann ich weder zeigen noch ändern. Fragen zu unseren Produkten und Leistungen beantworte ich gern.',
  greeting: 'Guten Tag! Wobei kann ich helfen?',
  thanks: 'Gern geschehen. Kann ich sonst noch helfen?',
  goodbye: 'Auf Wiedersehen!',
  identity: 'Ich bin ein KI-Assistent, ein Computerprogramm und kein Mensch.',
  capabilities: 'Ich beantworte Fragen zu unseren Produkten und Leistungen aus unseren Hilfe-Artikeln und nenne jedes Mal den Artikel. Fragen Sie einfach in Ihren eigenen Worten. Persönliche Daten kann ich weder sehen noch ändern.',
  wordless: 'In Ihrer Nachricht habe ich keine Frage gefunden. Bitte schreiben Sie in einigen Worten, was Sie wissen möchten.',
  failed: 'Diese Nachricht konnte ich aus einem technischen Grund nicht beantworten. Bitte fragen Sie noch einmal.',
};

const BY_LANGUAGE: Readonly<Record<string, Phrases>> = { en: ENGLISH, de: GERMAN };

/** Phrases of a locale's language (BCP 47); English where there are none. */
export function phrasesOf(locale: string): Phrases {
  return BY_LANGUAGE[locale.toLowerCase().split('-')[0] ?? ''] ?? ENGLISH;
}
