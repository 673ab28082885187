import { headline, inForce } from '../count.ts';
import type { Model } from '../model.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';

/** Rows that fit on their page beside the rest. */
const MOST = { frameworks: 10, findings: 8, decisions: 14 } as const;

/** The two pages that are printed, to be signed: the summary, and the decisions with the lines for the signatures. */
export function sheets(model: Model): Markup {
  return html`<div class="sheets" aria-hidden="true">${summarySheet(model)}${signatureSheet(model)}</div>`;
}

function summarySheet({ evidence, counts, frameworks, control }: Model): Markup {
  const open = evidence.outcomes.filter(({ verdict }) => verdict === 'FAIL' || verdict === 'ERROR');
  return html`<div class="sheet"><p class="running">Compliance evidence, page 1 of 2</p>
<h1>${short(evidence.name)}</h1>
<p class="headline">${short(headline(evidence), 600)}</p>
<p>Release ${short(evidence.release)}${evidence.commit !== undefined && html`, commit ${short(evidence.commit)}`}, ${evidence.at}.</p>
<table><thead><tr><th>Framework</th><th>Controls</th><th>Failed</th><th>Rule broke</th><th>Accepted</th><th>Not assessable</th><th>Passed</th><th>Not applicable</th></tr></thead>
<tbody>${frameworks.slice(0, MOST.frameworks).map(({ name, controls, counts }) => html`<tr><td>${short(name)}</td><td>${controls.length}</td><td>${counts.FAIL}</td><td>${counts.ERROR}</td><td>${counts.ACCEPTED}</td><td>${counts.UNKNOWN + counts.MANUAL}</td><td>${counts.PASS}</td><td>${counts.NOT_APPLICABLE}</td></tr>`)}<tr class="sum"><td>All</td><td>${frameworks.reduce((sum, { controls }) => sum + controls.length, 0)}</td><td>${counts.FAIL}</td><td>${counts.ERROR}</td><td>${counts.ACCEPTED}</td><td>${counts.UNKNOWN + counts.MANUAL}</td><td>${counts.PASS}</td><td>${counts.NOT_APPLICABLE}</td></tr></tbody></table>
${frameworks.length > MOST.frameworks && html`<p>${frameworks.length - MOST.frameworks} more frameworks are in the report.</p>`}
<h2>Failed and not accepted: ${open.length}</h2>
${open.length > 0 && html`<ul>${open.slice(0, MOST.findings).map((outcome) => html`<li>${short(outcome.control)}: ${short(control(outcome).title, 150)} <em>${short(outcome.place?.path ?? 'the estate', 90)}</em></li>`)}</ul>`}
${open.length > MOST.findings && html`<p>${open.length - MOST.findings} more are in the report.</p>`}
<p>What the templates support, contradict or do not tell. It does not say that a service complies with a law.</p></div>`;
}

function signatureSheet({ evidence, digest }: Model): Markup {
  const decisions = inForce(evidence.decisions);
  const line = html`<tr><td></td><td></td><td></td><td></td></tr>`;
  return html`<div class="sheet"><p class="running">Compliance evidence of ${short(evidence.name)}, page 2 of 2</p>
<h2>Accepted risks in force: ${decisions.length}</h2>
${decisions.length > 0 && html`<table><thead><tr><th>Decision</th><th>State</th><th>Findings</th><th>Owner</th><th>Approver</th><th>Runs out</th></tr></thead><tbody>${decisions.slice(0, MOST.decisions).map(({ id, state, covers, owner, approver, expires }) => html`<tr><td>${short(id)}</td><td>${state}</td><td>${covers.length}</td><td>${short(owner)}</td><td>${short(approver)}</td><td>${short(expires)}</td></tr>`)}</tbody></table>`}
${decisions.length > MOST.decisions && html`<p>${decisions.length - MOST.decisions} more are in the report.</p>`}
<h2>Signatures</h2>
<p>I have read the report whose evidence.json has this SHA-256, and the decisions above.</p>
<p class="digest">${digest}</p>
<table class="lines"><thead><tr><th>Role</th><th>Name</th><th>Date</th><th>Signature</th></tr></thead><tbody>${[line, line, line]}</tbody></table></div>`;
}

function short(value: string, most = 48): string {
  return value.length <= most ? value : `${value.slice(0, most).toWellFormed()}…`;
}
