import { element, icon } from './dom.ts';
import { checkDraft } from './draft.ts';
import type { Strings } from './strings.ts';
import type { ChatState } from './view.ts';

/** What the visitor does in the composer. */
export interface ComposerActions {
  readonly draft: (text: string) => void;
  readonly send: (text: string) => void;
}

/** Where messages are written: Enter sends, Shift + Enter starts a new line. What is typed stays, whatever happens. */
export class ComposerView {
  /** The form. */
  readonly element: HTMLFormElement;
  readonly #strings: Strings;
  readonly #limit: number;
  readonly #input: HTMLTextAreaElement;
  readonly #send: HTMLButtonElement;
  readonly #counter = element('span', { class: 'counter', id: 'counter' });

  /** @param limit Longest message, in UTF-16 code units. */
  constructor(strings: Strings, limit: number, actions: ComposerActions) {
    this.#strings = strings;
    this.#limit = limit;
    this.#input = element('textarea', { rows: 1, id: 'message', placeholder: strings.placeholder, 'aria-describedby': 'hint counter', enterkeyhint: 'send', autocomplete: 'off' });
    this.#send = element('button', { type: 'submit', class: 'send', 'aria-label': strings.send, title: strings.send }, icon('send'));
    this.element = element(
      'form',
      { class: 'composer' },
      element('label', { class: 'unseen', for: 'message' }, strings.message),
      element('div', { class: 'field' }, this.#input, this.#send),
      element('div', { class: 'below' }, element('span', { class: 'hint', id: 'hint' }, strings.hint), this.#counter),
    );
    const submit = (): void => {
      if (!this.#send.disabled) actions.send(this.#input.value);
    };
    this.#input.addEventListener('input', () => actions.draft(this.#input.value));
    this.#input.addEventListener('keydown', (event) => {
      // While an input method composes, Enter chooses a character.
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      submit();
    });
    this.element.addEventListener('submit', (event) => {
      event.preventDefault();
      submit();
      this.focus();
    });
  }

  /** Shows a state. */
  update({ draft, busy, phase }: ChatState): void {
    if (this.#input.value !== draft) this.#input.value = draft;
    const { sendable, left, near } = checkDraft(draft, this.#limit);
    this.#send.disabled = !sendable || busy || phase === 'ended';
    this.#counter.textContent = near ? (left < 0 ? this.#strings.charactersOver(-left) : this.#strings.charactersLeft(left)) : '';
    this.#counter.classList.toggle('over', left < 0);
    if (left < 0) this.#input.setAttribute('aria-invalid', 'true');
    else this.#input.removeAttribute('aria-invalid');
    this.fit();
  }

  /** Makes the field as high as its text, up to the limit of the style sheet. */
  fit(): void {
    this.#input.style.height = 'auto';
    this.#input.style.height = `${this.#input.scrollHeight}px`;
  }

  /** Puts the cursor into the field. */
  focus(): void {
    this.#input.focus();
  }
}
