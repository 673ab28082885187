import { button, element } from './dom.ts';
import type { Strings } from './strings.ts';
import type { Notice, NoticeAction } from './view.ts';

/** The line above the composer: what is wrong, when it is tried again, and what the visitor can do. */
export class NoticeView {
  /** Where it stands: announced when it changes, its countdown is not. */
  readonly element = element('div', { class: 'notice-place' });
  readonly #strings: Strings;
  readonly #act: (action: NoticeAction) => void;
  readonly #sentence = element('p', { class: 'notice-sentence', role: 'alert' });
  readonly #countdown = element('p', { class: 'notice-countdown', 'aria-hidden': 'true' });
  readonly #buttons = element('div', { class: 'row' });
  readonly #box: HTMLElement;
  #shown: Notice | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(strings: Strings, act: (action: NoticeAction) => void) {
    this.#strings = strings;
    this.#act = act;
    this.#box = element('div', { class: 'notice', hidden: true }, element('div', { class: 'notice-text' }, this.#sentence, this.#countdown), this.#buttons);
    this.element.append(this.#box);
  }

  /** Shows a notice, or nothing. */
  update(notice: Notice | undefined): void {
    if (JSON.stringify(notice) === JSON.stringify(this.#shown)) return;
    this.#shown = notice;
    this.stop();
    this.#box.hidden = !notice;
    this.#box.classList.toggle('warning', notice?.tone === 'warning');
    this.#sentence.textContent = notice?.sentence ?? '';
    this.#buttons.replaceChildren(...(notice?.actions ?? []).map((action) => button(this.#label(action, notice), { class: action === 'keep' ? 'quiet' : 'secondary' }, () => this.#act(action))));
    this.#tick();
    if (notice?.retryAt !== undefined) this.#timer = setInterval(() => this.#tick(), 250);
  }

  /** Stops the countdown. */
  stop(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    const at = this.#shown?.retryAt;
    this.#countdown.hidden = at === undefined;
    if (at !== undefined) this.#countdown.textContent = this.#strings.countdown(Math.max(0, Math.ceil((at - Date.now()) / 1000)));
  }

  #label(action: NoticeAction, notice: Notice | undefined): string {
    if (action === 'retry') return notice?.retryAt === undefined ? this.#strings.tryAgain : this.#strings.tryNow;
    return action === 'new' ? this.#strings.newConversation : this.#strings.keep;
  }
}
