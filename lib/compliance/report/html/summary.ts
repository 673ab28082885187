import type { Outcome } from '../../evidence/types.ts';
import { BY_ATTENTION, headline, LABELS } from '../count.ts';
import type { Model } from '../model.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';
import { badge, badges, bar, cell, code, controlAnchor, table, text, verdictClass } from './parts.ts';

/** Findings that the first list shows; the controls below hold all. */
const MOST = 40;

/** The report in one sentence, and its numbers as tiles. */
export function summary(model: Model): Markup {
  const { evidence, counts } = model;
  const tiles = BY_ATTENTION.filter((verdict) => counts[verdict] > 0 || verdict === 'FAIL' || verdict === 'PASS');
  return html`<section id="summary" aria-labelledby="summary-title">
<h2 id="summary-title" class="unseen">Summary</h2>
<p class="headline">${headline(evidence)}</p>
${bar(counts)}
<ul class="tiles">${tiles.map((verdict) => html`<li class="${verdictClass(verdict)}"><strong>${counts[verdict]}</strong> ${verdict === 'FAIL' || verdict === 'ERROR' ? html`<a href="#attention">${LABELS[verdict]}</a>` : LABELS[verdict]}</li>`)}<li class="v-unexamined"><strong>${evidence.unexamined.length}</strong> <a href="#unexamined">Types unexamined</a></li></ul>
<p class="fine">The report tells what the templates support, what they contradict and what cannot be told from them. It does not say that a service complies with a law.</p>
</section>`;
}

/** What fails and is not accepted. */
export function attention(model: Model): Markup {
  const open = model.evidence.outcomes.filter(({ verdict }) => verdict === 'FAIL' || verdict === 'ERROR');
  if (open.length === 0) return html`<section id="attention"><h2>To be fixed or decided</h2><p>Nothing fails that is not accepted.</p></section>`;
  const row = (outcome: Outcome): Markup => html`<tr>${cell('Verdict', badge(outcome.verdict))}${cell('Control', html`<a href="#${controlAnchor(outcome.control)}">${outcome.control}</a><br>`, text(model.control(outcome).title))}${cell('Resource', outcome.place === undefined ? 'The estate as a whole' : code(outcome.place.path))}${cell('Found', text(outcome.actual ?? outcome.note, 'See the control'))}${cell('Expected', text(outcome.expected))}</tr>`;
  return html`<section id="attention"><h2>To be fixed or decided <span class="count">${open.length}</span></h2>
${table('Findings that are not accepted', ['Verdict', 'Control', 'Resource', 'Found', 'Expected'], open.slice(0, MOST).map(row))}
${open.length > MOST && html`<p>…and ${open.length - MOST} more, <a href="#controls">by control</a>.</p>`}</section>`;
}

/** A row for each framework. */
export function frameworks({ frameworks }: Model): Markup {
  const row = ({ name, controls, counts }: Model['frameworks'][number]): Markup => html`<tr>${cell('Framework', html`<strong>${name}</strong>`)}${cell('Controls', controls.length)}${cell('Shares', bar(counts))}${cell('Checks', badges(counts))}</tr>`;
  return html`<section id="frameworks"><h2>By framework</h2>${frameworks.length === 0 ? html`<p>No rule pack was run.</p>` : table('Verdicts by framework', ['Framework', 'Controls', 'Shares', 'Checks'], frameworks.map(row))}</section>`;
}
