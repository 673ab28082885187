import { apiBase } from './base.ts';
import { parseHexColour, textOn } from './colour.ts';
import controlsCss from './controls.css';
import { ComposerView } from './composer-view.ts';
import { Conversation } from './conversation.ts';
import { button, element, icon, styledRoot } from './dom.ts';
import { chooseLocale } from './locale.ts';
import type { ChosenLocale } from './locale.ts';
import { NoticeView } from './notice-view.ts';
import { Nudge, pagePatience } from './patience.ts';
import { SessionStore } from './session.ts';
import themeCss from './theme.css';
import transcriptCss from './transcript.css';
import { TranscriptView } from './transcript-view.ts';
import { shownNotice, statusLine } from './view.ts';
import type { ChatState } from './view.ts';
import windowCss from './window.css';

/** Longest message when the `limit` attribute names none, in UTF-16 code units: what fits into the API's largest body in any script. */
const DEFAULT_LIMIT = 4_000;

/** The network as this browser reports it. */
const network = {
  online: () => navigator.onLine,
  whenOnline: (callback: () => void) => {
    window.addEventListener('online', callback, { once: true });
    return () => window.removeEventListener('online', callback);
  },
};

/** The tab's storage; undefined where the browser forbids it. */
function tabStorage(): Storage | undefined {
  try {
    return window.sessionStorage;
  } catch {
    return undefined;
  }
}

/** URL of the script that defines this element; the API stands beside it. */
let scriptUrl = '';

/**
 * `<chatbot-window>`: a chat with the assistant. Attributes: `locale` (BCP 47 tag, `auto` for the browser's; default: the language of the page around it), `heading`,
 * `accent` (`#rgb` or `#rrggbb`), `api` (base URL; default: beside the script), `limit` (characters of a message), `closable` (shows a close
 * button that fires `chatbot-close`), `channel`. They are read when the element is put into a page.
 */
export class ChatbotWindow extends HTMLElement {
  #conversation: Conversation | undefined;
  #composer: ComposerView | undefined;
  #leave: (() => void) | undefined;

  /** Registers the element. @param script URL of this script. */
  static define(script: string): void {
    scriptUrl = script;
    if (!customElements.get('chatbot-window')) customElements.define('chatbot-window', ChatbotWindow);
  }

  /** Builds the window and opens or restores its conversation. */
  connectedCallback(): void {
    const locale = this.#locale();
    this.lang = locale.tag;
    this.#colour();
    const root = this.shadowRoot ?? styledRoot(this, themeCss, controlsCss, transcriptCss, windowCss);
    const base = apiBase(scriptUrl, this.getAttribute('api'), document.baseURI);
    const nudge = new Nudge();
    let show: ((state: ChatState) => void) | undefined;
    const conversation = new Conversation({
      base,
      locale,
      session: new SessionStore(tabStorage(), base.href),
      fetch: (url, init) => fetch(url, init),
      now: () => Date.now(),
      newKey: () => crypto.randomUUID(),
      channel: this.getAttribute('channel') ?? 'web',
      patience: (signal, tell) => pagePatience(signal, nudge, network, tell),
      onChange: (state) => show?.(state),
    });
    show = this.#build(root, locale, conversation, nudge);
    show(conversation.state);
    this.#conversation = conversation;
    void conversation.start();
  }

  /** Stops everything; the conversation is restored when the element comes back. */
  disconnectedCallback(): void {
    this.#conversation?.dispose();
    this.#leave?.();
  }

  /** Puts the cursor into the message field. */
  override focus(): void {
    this.#composer?.focus();
  }

  #locale(): ChosenLocale {
    const wanted = this.getAttribute('locale');
    const around = this.parentElement?.closest<HTMLElement>('[lang]')?.lang;
    return chooseLocale(wanted === 'auto' ? navigator.languages : [wanted, around, ...navigator.languages]);
  }

  #colour(): void {
    const accent = this.getAttribute('accent') ?? '';
    const colour = parseHexColour(accent);
    if (!colour) return;
    this.style.setProperty('--accent', accent.trim());
    this.style.setProperty('--on-accent', textOn(colour));
  }

  #build(root: ShadowRoot, locale: ChosenLocale, conversation: Conversation, nudge: Nudge): (state: ChatState) => void {
    const { strings } = locale;
    const heading = this.getAttribute('heading') ?? strings.heading;
    const limit = Number(this.getAttribute('limit')) || DEFAULT_LIMIT;
    const status = element('p', { class: 'status' });
    const transcript = new TranscriptView(locale, {
      askAgain: (id) => void conversation.askAgain(id),
      rate: (id, rating, resolved) => void conversation.rate(id, rating, resolved),
    });
    const composer = new ComposerView(strings, limit, { draft: (text) => conversation.draft(text), send: (text) => void conversation.send(text) });
    const notice = new NoticeView(strings, (action) => {
      if (action === 'retry') nudge.wake();
      if (action === 'keep') conversation.keep();
      if (action === 'new') void conversation.requestNew();
      composer.focus();
    });
    const fresh = button('', { class: 'tool', title: strings.newConversation, 'aria-label': strings.newConversation }, () => void conversation.requestNew());
    fresh.append(icon('plus'), element('span', { class: 'tool-text' }, strings.newConversation));
    const close = button('', { class: 'tool', title: strings.close, 'aria-label': strings.close }, () => this.dispatchEvent(new Event('chatbot-close')));
    close.append(icon('close'));
    const header = element('header', {}, element('div', { class: 'titles' }, element('h2', { id: 'heading' }, heading), status), fresh, ...(this.hasAttribute('closable') ? [close] : []));
    root.replaceChildren(element('section', { class: 'window', 'aria-labelledby': 'heading' }, header, transcript.element, element('div', { class: 'foot' }, notice.element, composer.element)));
    this.#composer = composer;
    this.#leave = () => notice.stop();
    return (state) => {
      const line = statusLine(state, strings);
      if (status.textContent !== line) status.textContent = line;
      notice.update(shownNotice(state, strings));
      composer.update(state);
      transcript.update(state);
    };
  }
}
