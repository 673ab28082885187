import { parseHexColour, textOn } from './colour.ts';
import { button, element, icon, styledRoot } from './dom.ts';
import { chooseLocale } from './locale.ts';
import css from './launcher.css';
import { ChatbotWindow } from './window.ts';

/** Attributes that the launcher hands on to its window. */
const HANDED_ON = ['locale', 'heading', 'accent', 'api', 'limit'] as const;

/**
 * `<chatbot-launcher>`: a button in the corner of a page that opens a chat window as a dialog. The page behind stays usable. Escape and the close
 * button close it, and the focus goes back to where it was.
 */
export class ChatbotLauncher extends HTMLElement {
  #panel: HTMLElement | undefined;
  #opener: HTMLButtonElement | undefined;
  #chat: HTMLElement | undefined;

  /** Registers the element. */
  static define(): void {
    if (!customElements.get('chatbot-launcher')) customElements.define('chatbot-launcher', ChatbotLauncher);
  }

  /** Builds the button; the window comes with the first opening, and with it the conversation. */
  connectedCallback(): void {
    const wanted = this.getAttribute('locale');
    const { tag, strings } = chooseLocale(wanted === 'auto' ? navigator.languages : [wanted, document.documentElement.lang, ...navigator.languages]);
    const heading = this.getAttribute('heading') ?? strings.heading;
    this.lang = tag;
    const accent = parseHexColour(this.getAttribute('accent') ?? '');
    if (accent) {
      this.style.setProperty('--accent', this.getAttribute('accent'));
      this.style.setProperty('--on-accent', textOn(accent));
    }
    const opener = button('', { class: 'opener', 'aria-haspopup': 'dialog', 'aria-expanded': 'false' }, () => this.open());
    opener.append(icon('chat'), element('span', {}, strings.launcher));
    const panel = element('div', { class: 'panel', role: 'dialog', 'aria-label': heading, hidden: true });
    panel.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || event.isComposing) return;
      event.stopPropagation();
      this.close();
    });
    this.#opener = opener;
    this.#panel = panel;
    (this.shadowRoot ?? styledRoot(this, css)).replaceChildren(opener, panel);
  }

  /** Opens the window and puts the cursor into it. */
  open(): void {
    if (!this.#panel || !this.#opener) return;
    this.#panel.hidden = false;
    this.#opener.hidden = true;
    this.#opener.setAttribute('aria-expanded', 'true');
    this.#chat ??= this.#makeChat(this.#panel);
    this.#chat.focus();
  }

  /** Closes the window; its conversation goes on. */
  close(): void {
    if (!this.#panel || !this.#opener) return;
    this.#panel.hidden = true;
    this.#opener.hidden = false;
    this.#opener.setAttribute('aria-expanded', 'false');
    this.#opener.focus();
  }

  #makeChat(panel: HTMLElement): HTMLElement {
    const chat = new ChatbotWindow();
    for (const name of HANDED_ON) {
      const value = this.getAttribute(name);
      if (value !== null) chat.setAttribute(name, value);
    }
    if (!this.hasAttribute('locale')) chat.setAttribute('locale', this.lang);
    chat.setAttribute('channel', 'embed');
    chat.setAttribute('closable', '');
    chat.addEventListener('chatbot-close', () => this.close());
    panel.append(chat);
    return chat;
  }
}
