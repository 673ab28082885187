import type { Decision } from '../../evidence/types.ts';
import { inForce } from '../count.ts';
import type { Model } from '../model.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';
import { cell, code, decisionAnchor, table, text } from './parts.ts';

/** The decisions to accept a risk, with who owns and who approves them. */
export function decisions({ evidence }: Model): Markup {
  const all = [...new Map(evidence.decisions.toReversed().map((decision) => [decision.id, decision])).values()].toReversed();
  const doubled = evidence.decisions.length - all.length;
  return html`<section id="decisions"><h2>Accepted risks <span class="count">${all.length}</span></h2>
${all.length === 0 ? html`<p>No decision to accept a risk.</p>` : html`<p class="fine">A proposed decision is what the blueprint suggests: it becomes an approved one when the approver and a ticket stand in the configuration.</p>${inOrder(all).map(article)}`}
${doubled > 0 && html`<p>${doubled} further ${doubled === 1 ? 'decision has' : 'decisions have'} the id of another one: see evidence.json.</p>`}</section>`;
}

/** Those that accept nothing and have to be seen to, then those in force, the first to run out first. */
function inOrder(all: readonly Decision[]): readonly Decision[] {
  const valid = inForce(all);
  return [...all.filter((decision) => !valid.includes(decision)), ...valid];
}

function article({ id, state, owner, approver, ticket, expires, justification, compensatingControl, covers, problem }: Decision): Markup {
  return html`<article class="decision" id="${decisionAnchor(id)}">
<h3>${id} <span class="badge s-${state}">${state}</span></h3>
${problem !== undefined && problem !== '' && html`<p class="problem">${text(problem)}</p>`}
<p>${text(justification)}</p>
<p><strong>Instead:</strong> ${text(compensatingControl)}</p>
<dl><div><dt>Owner</dt><dd>${text(owner, 'none')}</dd></div><div><dt>Approver</dt><dd>${text(approver, 'none')}</dd></div><div><dt>Ticket</dt><dd>${text(ticket, 'none yet')}</dd></div><div><dt>Runs out</dt><dd>${text(expires, 'no date')}</dd></div></dl>
${covers.length === 0 ? html`<p class="fine">Covers nothing.</p>` : html`<details><summary>Covers ${covers.length} ${covers.length === 1 ? 'finding' : 'findings'}</summary><ul>${covers.map((finding) => html`<li>${code(finding)}</li>`)}</ul></details>`}
</article>`;
}

/** What no rule looked at, what other tools claim, and what was judged. */
export function remainder({ evidence }: Model): Markup {
  const { unexamined, claims, templates } = evidence;
  return html`<section id="unexamined"><h2>Types that no rule looked at <span class="count">${unexamined.length}</span></h2>
${unexamined.length === 0 ? html`<p>Every resource type met a rule.</p>` : html`<p>Nothing in this report speaks of these resources.</p>${table('Resource types that no rule looked at', ['Type', 'Resources'], unexamined.map(({ type, resources }) => html`<tr>${cell('Type', code(type))}${cell('Resources', html`<details><summary>${resources.length}</summary><ul>${resources.map((resource) => html`<li>${code(resource)}</li>`)}</ul></details>`)}</tr>`))}`}</section>
${claims.length > 0 && html`<section id="claims"><h2>Suppressions of other tools <span class="count">${claims.length}</span></h2><p>They stand in the templates. They are shown as claims and change no verdict here.</p>${table('Suppressions of other tools', ['Tool', 'Rule', 'Resource', 'Reason'], claims.map(({ tool, rule, reason, place }) => html`<tr>${cell('Tool', text(tool))}${cell('Rule', code(rule))}${cell('Resource', code(place.path))}${cell('Reason', text(reason, 'none given'))}</tr>`))}</section>`}
<section id="templates"><h2>Templates judged <span class="count">${templates.length}</span></h2>
${table('Templates judged', ['Stack', 'File', 'SHA-256'], templates.map(({ stack, file, sha256 }) => html`<tr>${cell('Stack', text(stack))}${cell('File', code(file))}${cell('SHA-256', html`<code class="hash">${sha256}</code>`)}</tr>`))}
<p class="fine">manifest.json lists the SHA-256 of every file of this report.</p></section>`;
}
