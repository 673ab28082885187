import type { Outcome } from '../../evidence/types.ts';
import type { Verdict } from '../../verdict.ts';
import { capped, leftOut } from '../cap.ts';
import { BY_ATTENTION, LABELS } from '../count.ts';
import type { JudgedControl, Model } from '../model.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';
import { badge, badges, cell, code, controlAnchor, decisionAnchor, joints, outcomeAnchor, table, text } from './parts.ts';

/** A section for each control, with its evidence; before them the filters, which are shown where scripts run. */
export function controls(model: Model): Markup {
  return html`<section id="controls"><h2>Controls and evidence <span class="count">${model.controls.length}</span></h2>
${filters(model)}
${model.frameworks.map(({ name, controls }) => html`<section class="framework"><h3>${name}</h3>${controls.map((control) => section(control, model))}</section>`)}
</section>`;
}

function filters({ counts, frameworks }: Model): Markup {
  const verdicts = BY_ATTENTION.filter((verdict) => counts[verdict] > 0);
  return html`<div id="filters" class="filters" role="search" hidden>
<label>Search <input id="filter-text" type="search" autocomplete="off" placeholder="control, resource, value"></label>
<label>Framework <select id="filter-framework"><option value="">All</option>${frameworks.map(({ name }, at) => html`<option value="${at}">${name}</option>`)}</select></label>
<fieldset><legend>Verdicts</legend>${verdicts.map((verdict) => html`<label class="check"><input type="checkbox" name="verdict" value="${verdict}" checked> ${LABELS[verdict]}</label>`)}</fieldset>
<p><output id="filter-count" aria-live="polite"></output> <button id="filter-reset" type="button">Show all</button></p>
</div>`;
}

function section({ control, counts, verdict, outcomes }: JudgedControl, model: Model): Markup {
  const open = verdict === 'FAIL' || verdict === 'ERROR';
  const framework = model.frameworks.findIndex(({ name }) => name === control.framework);
  const { shown, left } = capped(outcomes, MOST_ROWS);
  const ordered = placed(BY_ATTENTION.flatMap((verdict) => shown.filter((outcome) => outcome.verdict === verdict)));
  const rest = ordered.filter(({ outcome }) => !SETTLED.has(outcome.verdict));
  const passed = ordered.filter(({ outcome }) => outcome.verdict === 'PASS');
  const none = ordered.filter(({ outcome }) => outcome.verdict === 'NOT_APPLICABLE');
  const settled = html`${passed.length > 0 && table(`Passed: ${control.id}`, COLUMNS, passed.map((one) => row(one, model)))}${none.length > 0 && html`<div class="none"><p class="fine">Not applicable to:</p><ul>${none.map(item)}</ul></div>`}`;
  return html`<details class="control" id="${controlAnchor(control.id)}" data-framework="${framework}"${open && html` open`}>
<summary><span class="id">${control.id}</span> <span class="title">${text(control.title)}</span> ${verdict === undefined ? html`<span class="badges"><span class="badge v-not-applicable">No outcome</span></span>` : badges(counts)}</summary>
<div class="about">
${control.references.length > 0 && html`<p class="refs">${control.references.map((reference) => html`<span class="ref">${reference}</span> `)}</p>`}
${control.info !== '' && html`<p>${text(control.info)}</p>`}
${control.explanation !== '' && html`<p class="fine">${text(control.explanation)}</p>`}
<p class="fine">Rule version ${control.version === '' ? 'not told' : control.version}. <a href="#${controlAnchor(control.id)}">Link to this control</a></p>
</div>
${outcomes.length === 0 && html`<p class="about">The control gave no outcome.</p>`}
${rest.length > 0 && table(`Evidence of ${control.id}`, COLUMNS, rest.map((one) => row(one, model)))}
${rest.length === 0 || passed.length + none.length === 0 ? settled : html`<details class="settled"><summary>${passed.length + none.length} passed or not applicable</summary>${settled}</details>`}
${left > 0 && html`<p class="about fine">…and ${leftOut(left)}</p>`}
</details>`;
}

/** Outcomes of one control that the page shows. */
const MOST_ROWS = 250;

const COLUMNS = ['Verdict', 'Resource', 'Found', 'Expected', 'Note'];

/** Verdicts that ask nothing of a reader: they stand behind the others. */
const SETTLED: ReadonlySet<Verdict> = new Set(['PASS', 'NOT_APPLICABLE']);

/** An outcome with the id of its place in the page. */
interface Placed {
  readonly outcome: Outcome;
  readonly id: string;
}

function placed(outcomes: readonly Outcome[]): Placed[] {
  const seen = new Map<string, number>();
  return outcomes.map((outcome) => {
    const first = outcomeAnchor(outcome, 0);
    const again = seen.get(first) ?? 0;
    seen.set(first, again + 1);
    return { outcome, id: again === 0 ? first : outcomeAnchor(outcome, again) };
  });
}

function item({ outcome: { place, part, note }, id }: Placed): Markup {
  return html`<li id="${id}" data-verdict="NOT_APPLICABLE">${place === undefined ? 'the estate as a whole' : code(place.path)} <span class="fine">${text(part)} ${text(note)}</span></li>`;
}

function row({ outcome, id }: Placed, model: Model): Markup {
  const { verdict, place, part, property, actual, expected, note, decision, slot } = outcome;
  const known = model.decision(outcome);
  const reference = decision !== undefined && html`<p>Decision ${known === undefined ? code(decision) : html`<a href="#${decisionAnchor(decision)}">${decision}</a>, ${known.state}, until <span class="day">${known.expires}</span>`}</p>`;
  const brought = verdict === 'MANUAL' && html`<p class="fine">${slot === undefined ? 'Nobody is named to bring it.' : html`${slot.evidence === undefined ? 'No evidence yet' : text(slot.evidence)}; ${text(slot.owner)}, due <span class="day">${slot.due}</span>`}</p>`;
  const resource = place === undefined ? html`The estate as a whole` : html`${code(place.path)}<p class="fine">${joints(place.type)}<br>${joints(place.logicalId)} in ${joints(place.stack)}</p>`;
  return html`<tr id="${id}" data-verdict="${verdict}">${cell('Verdict', badge(verdict), html` <a class="link" href="#${id}" aria-label="Link to this evidence">#</a>`)}${cell('Resource', resource, part !== undefined && part !== '' && html`<p class="fine">${text(part)}</p>`)}${cell('Found', property !== undefined && property !== '' && html`<p class="fine">${code(property)}</p>`, text(actual))}${cell('Expected', text(expected))}${cell('Note', text(note), brought, reference)}</tr>`;
}
