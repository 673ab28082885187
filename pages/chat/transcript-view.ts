import { button, element, icon } from './dom.ts';
import { FeedbackView } from './feedback-view.ts';
import type { ChosenLocale } from './locale.ts';
import { questionView, replyView, richText } from './reply-view.ts';
import { activity, ratable } from './view.ts';
import type { ChatState, ExchangeView } from './view.ts';

/** What the visitor does in the transcript. */
export interface TranscriptActions {
  readonly askAgain: (id: string) => void;
  readonly rate: (id: string, rating: number, resolved?: boolean) => void;
}

/** Distance from the end, in CSS pixels, within which the view follows new text. */
const FOLLOW_WITHIN = 80;

/**
 * The transcript. Finished messages stand in a live log and are announced once, when they are added; the text that still streams stands outside of it
 * and is hidden from assistive technology.
 */
export class TranscriptView {
  /** The scrolling region. */
  readonly element: HTMLElement;
  readonly #locale: ChosenLocale;
  readonly #actions: TranscriptActions;
  readonly #welcome: HTMLElement;
  readonly #log: HTMLElement;
  readonly #streaming = element('div', { class: 'streaming', 'aria-hidden': 'true' });
  readonly #activity = element('div', { class: 'activity', role: 'status' });
  readonly #feedback: FeedbackView;
  readonly #toLatest: HTMLButtonElement;
  readonly #nodes = new Map<string, HTMLElement>();
  #activityText = '';
  #lastId: string | undefined;

  constructor(locale: ChosenLocale, actions: TranscriptActions) {
    const { strings } = locale;
    this.#locale = locale;
    this.#actions = actions;
    this.#feedback = new FeedbackView(strings, actions.rate);
    this.#welcome = element('p', { class: 'welcome' }, strings.welcome);
    this.#log = element('div', { class: 'log', role: 'log', 'aria-live': 'polite', 'aria-relevant': 'additions', 'aria-label': strings.transcript });
    this.#toLatest = button('', { class: 'to-latest', 'aria-label': strings.toLatest, hidden: true }, () => this.#scrollToEnd());
    this.#toLatest.append(icon('down'));
    this.element = element('div', { class: 'transcript', role: 'region', 'aria-label': strings.transcript, tabindex: 0 }, this.#welcome, this.#log, this.#streaming, this.#activity, this.#feedback.element, this.#toLatest);
    this.element.addEventListener('scroll', () => this.#offerLatest(), { passive: true });
  }

  /** Shows a state. */
  update(state: ChatState): void {
    const last = state.exchanges.at(-1);
    const asked = last !== undefined && last.id !== this.#lastId && last.status === 'sending';
    const follow = asked || this.#distance() < FOLLOW_WITHIN;
    this.#lastId = last?.id;
    this.#welcome.hidden = state.phase !== 'ready' || state.exchanges.length > 0;
    this.#fillLog(state);
    this.#streaming.replaceChildren(...(last?.partial ? [element('div', { class: 'message assistant' }, element('div', { class: 'bubble' }, ...richText(last.partial)))] : []));
    this.#showActivity(state);
    this.#feedback.update(ratable(state));
    if (follow) this.#scrollToEnd();
    this.#offerLatest();
  }

  #fillLog(state: ChatState): void {
    const wanted = new Map<string, () => HTMLElement>();
    const { disclosure } = state;
    if (disclosure !== undefined) wanted.set(`disclosure ${disclosure}`, () => element('p', { class: 'disclosure' }, disclosure));
    for (const exchange of state.exchanges) this.#wantExchange(exchange, wanted);
    // Restored messages were read before: they come without being announced.
    const restoring = wanted.size - this.#nodes.size > 2;
    if (restoring) this.#log.setAttribute('aria-live', 'off');
    for (const [key, node] of this.#nodes) {
      if (wanted.has(key)) continue;
      node.remove();
      this.#nodes.delete(key);
    }
    let place: Element | null = this.#log.firstElementChild;
    for (const [key, make] of wanted) {
      let node = this.#nodes.get(key);
      if (!node) {
        node = make();
        this.#nodes.set(key, node);
      }
      if (node === place) place = place.nextElementSibling;
      else this.#log.insertBefore(node, place);
    }
    if (restoring) setTimeout(() => this.#log.setAttribute('aria-live', 'polite'), 1_000);
  }

  #wantExchange(exchange: ExchangeView, wanted: Map<string, () => HTMLElement>): void {
    const { id, question, reply, status } = exchange;
    wanted.set(`question ${id}`, () => questionView(question, this.#locale));
    if (reply) wanted.set(`reply ${id}`, () => replyView(reply, this.#locale));
    if (status === 'failed') wanted.set(`failed ${id}`, () => this.#failedView(id));
  }

  #failedView(id: string): HTMLElement {
    const { strings } = this.#locale;
    const again = button(strings.askAgain, { class: 'quiet' }, () => this.#actions.askAgain(id));
    return element('div', { class: 'message assistant fallback' }, element('div', { class: 'bubble' }, element('p', {}, strings.failedTurn), again));
  }

  #showActivity(state: ChatState): void {
    const shown = activity(state, this.#locale.strings);
    const key = shown ? `${shown.kind} ${shown.text} ${state.exchanges.at(-1)?.partial ? 'text' : ''}` : '';
    if (key === this.#activityText) return;
    this.#activityText = key;
    if (!shown) return this.#activity.replaceChildren();
    const dots = element('span', { class: 'dots', 'aria-hidden': 'true' }, element('i'), element('i'), element('i'));
    this.#activity.replaceChildren(dots, element('span', { class: shown.kind === 'writing' ? 'unseen' : '' }, shown.text));
  }

  #distance(): number {
    return this.element.scrollHeight - this.element.scrollTop - this.element.clientHeight;
  }

  #scrollToEnd(): void {
    this.element.scrollTop = this.element.scrollHeight;
  }

  #offerLatest(): void {
    this.#toLatest.hidden = this.#distance() < FOLLOW_WITHIN * 2;
  }
}
