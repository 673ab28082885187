import { button, element } from './dom.ts';
import type { Strings } from './strings.ts';
import type { ExchangeView } from './view.ts';

/** Rating of the last reply: one quiet button that opens a short form. */
export class FeedbackView {
  /** Where it stands. */
  readonly element = element('div', { class: 'feedback' });
  readonly #strings: Strings['feedback'];
  readonly #rate: (id: string, rating: number, resolved?: boolean) => void;
  #shown = '';

  constructor({ feedback }: Strings, rate: (id: string, rating: number, resolved?: boolean) => void) {
    this.#strings = feedback;
    this.#rate = rate;
  }

  /** Shows the rating of an exchange, or nothing. */
  update(exchange: ExchangeView | undefined): void {
    const key = exchange ? `${exchange.id} ${exchange.rating ?? ''}` : '';
    if (key === this.#shown) return;
    this.#shown = key;
    if (!exchange) return this.element.replaceChildren();
    const { id, rating } = exchange;
    if (rating === 'sent') return this.#say(this.#strings.thanks);
    if (rating === 'sending') {
      for (const control of this.element.querySelectorAll('button')) control.disabled = true;
      return;
    }
    this.#offer(id);
    if (rating === 'failed') this.element.prepend(element('p', { class: 'feedback-note', role: 'alert' }, this.#strings.failed));
  }

  #say(text: string): void {
    // Focus stood on a button that goes away: it moves to what took its place.
    const note = element('p', { class: 'feedback-note', role: 'status', tabindex: -1 }, text);
    const focused = this.element.matches(':focus-within');
    this.element.replaceChildren(note);
    if (focused) note.focus();
  }

  #offer(id: string): void {
    const open = button(this.#strings.open, { class: 'quiet' }, () => this.#open(id));
    this.element.replaceChildren(open);
  }

  #open(id: string): void {
    const { ratings, rating, resolved, yes, no, send, cancel } = this.#strings;
    const form = element('form', { class: 'feedback-form' });
    const submit = element('button', { type: 'submit', class: 'primary', disabled: true }, send);
    const back = button(cancel, { class: 'quiet' }, () => {
      this.#offer(id);
      this.element.querySelector('button')?.focus();
    });
    form.append(
      choices(rating, 'rating', ratings.map((label, index) => ({ value: String(index + 1), text: String(index + 1), label: `${index + 1}: ${label}` }))),
      element('div', { class: 'ends', 'aria-hidden': 'true' }, element('span', {}, ratings[0]), element('span', {}, ratings[4])),
      choices(resolved, 'resolved', [{ value: 'yes', text: yes, label: yes }, { value: 'no', text: no, label: no }]),
      element('div', { class: 'row' }, submit, back),
    );
    form.addEventListener('change', () => {
      submit.disabled = !new FormData(form).has('rating');
    });
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const data = new FormData(form);
      const solved = data.get('resolved');
      this.#rate(id, Number(data.get('rating')), solved === null ? undefined : solved === 'yes');
    });
    this.element.replaceChildren(form);
    form.querySelector('input')?.focus();
    form.scrollIntoView({ block: 'nearest' });
  }
}

interface Choice {
  readonly value: string;
  readonly text: string;
  readonly label: string;
}

/** A labelled group of radio buttons. */
function choices(legend: string, name: string, options: readonly Choice[]): HTMLElement {
  const radios = options.map(({ value, text, label }) => element('label', { class: 'choice' }, element('input', { type: 'radio', name, value, 'aria-label': label }), element('span', {}, text)));
  return element('fieldset', {}, element('legend', {}, legend), element('div', { class: 'choices' }, ...radios));
}
