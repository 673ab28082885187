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
  /** A turn that could not be answered for a technical reason. Followed by how to reach a human. */
  readonly failed: string;
}

const ENGLISH: Phrases = {
  outOfScope: 'I cannot help with that: I answer from our help articles, and none of them covers this question.',
  handoff: 'You would like to talk to a human. I am a program and cannot put you through from here.',
  refusal: 'I cannot share or change how I am set up. I am glad to answer a question about our products and services.',
  greeting: 'Hello! What can I help you with?',
  thanks: 'You are welcome. Is there anything else that I can help you with?',
  failed: 'I could not answer this message for a technical reason. Please ask again.',
};

const GERMAN: Phrases = {
  outOfScope: 'Dabei kann ich nicht helfen: Ich antworte aus unseren Hilfe-Artikeln, und keiner davon behandelt diese Frage.',
  handoff: 'Sie möchten mit einem Menschen sprechen. Ich bin ein Programm und kann von hier aus nicht verbinden.',
  refusal: 'Wie ich eingerichtet bin, kann ich weder zeigen noch ändern. Fragen zu unseren Produkten und Leistungen beantworte ich gern.',
  greeting: 'Guten Tag! Wobei kann ich helfen?',
  thanks: 'Gern geschehen. Kann ich sonst noch helfen?',
  failed: 'Diese Nachricht konnte ich aus einem technischen Grund nicht beantworten. Bitte fragen Sie noch einmal.',
};

const BY_LANGUAGE: Readonly<Record<string, Phrases>> = { en: ENGLISH, de: GERMAN };

/** Phrases of a locale's language (BCP 47); English where there are none. */
export function phrasesOf(locale: string): Phrases {
  return BY_LANGUAGE[locale.toLowerCase().split('-')[0] ?? ''] ?? ENGLISH;
}
