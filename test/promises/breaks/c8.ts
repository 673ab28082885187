import type { Break } from './break.ts';

export const breaks: readonly Break[] = [
  { promise: 'C8', file: 'lambda/domain/conversation/head.ts', find: "disclosure: settings.disclosure[locale] ?? '',", replace: "disclosure: synthetic ? '' : (settings.disclosure[locale] ?? ''),", means: 'synthetic conversations begin without the disclosure' },
  { promise: 'C8', file: 'lambda/domain/conversation/head.ts', find: 'const locale = offeredLocale(request.locale, settings);', replace: 'const locale = request.locale ?? settings.defaultLocale;', means: 'a language that is not offered gets no disclosure' },
  { promise: 'C8', file: 'lambda/domain/turn/read-transcript.ts', find: 'const { state, locale, disclosure } = head;', replace: "const { state, locale } = head;\n    const disclosure = deps.settings.disclosure[locale] ?? '';", means: 'the transcript shows the words of today, not those that the conversation began with' },
  { promise: 'C8', file: 'pages/chat/conversation.ts', find: 'if (await this.#ready) this.#end(', replace: 'this.#end(', means: 'the page sends a message before the conversation is open' },
  { promise: 'C8', file: 'pages/chat/shapes.ts', find: "  value['disclosure'] !== '' &&\n", replace: '', means: 'the page goes on without a disclosure' },
  { promise: 'C8', file: 'lambda/domain/answer/gate.ts', find: "if (reason === undefined && claimsToBeHuman(sentence, shown)) reason = 'claims-to-be-human';", replace: '', means: 'a reply may say that a person wrote it' },
];
