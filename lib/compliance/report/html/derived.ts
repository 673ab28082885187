import type { AccessCell, AccessMatrix, Egress, EncryptionRow, ProcessingRecord, ReportViews } from '../views.ts';
import { visible } from '../text.ts';
import { html } from './markup.ts';
import type { Markup, Piece } from './markup.ts';
import { cell, code, joints, table, text } from './parts.ts';

/** The reader's first two questions. */
export function questions({ accessMatrix, egress }: ReportViews): Markup {
  return html`<section id="access"><h2>Who can read a conversation</h2>${accessMatrix === undefined ? MISSING : access(accessMatrix)}</section>
<section id="egress"><h2>What leaves the region</h2>${egress === undefined ? MISSING : ways(egress)}</section>`;
}

/** What else is derived from the templates. */
export function inventory({ dataFlowSvg, encryption, processingRecords }: ReportViews): Markup {
  return html`${dataFlowSvg !== undefined && html`<section id="flow"><h2>Data flow</h2><input type="checkbox" id="flow-size"><label for="flow-size">Full size, to scroll</label><div class="flow" role="region" aria-label="Data flow diagram" tabindex="0"><img alt="Data flow between components, with trust boundaries; the tables of this page hold the same facts." src="data:image/svg+xml;base64,${Buffer.from(dataFlowSvg.toWellFormed(), 'utf8').toString('base64')}"></div></section>`}
<section id="encryption"><h2>Encryption</h2>${encryption === undefined ? MISSING : keys(encryption)}</section>
<section id="records"><h2>Record of processing activities <small>Art. 30 GDPR</small></h2>${processingRecords === undefined ? MISSING : records(processingRecords)}</section>`;
}

const MISSING = html`<p class="fine">Not derived for this report.</p>`;

function access({ roles, stores, cells, readers }: AccessMatrix): Markup {
  const names = new Map(roles.map(({ id, name }) => [id, name]));
  const listed = (clear: boolean, words: (roles: string) => string): Piece => {
    const those = readers.filter((reader) => reader.clear === clear);
    return those.length > 0 && html`<p>${words(`${those.length} ${those.length === 1 ? 'role' : 'roles'}`)}</p><ul class="readers">${those.map(({ role, how }) => html`<li><strong>${names.get(role) ?? role}</strong> ${text(how)}</li>`)}</ul>`;
  };
  const answer = html`${readers.every(({ clear }) => !clear) && html`<p>No role of the estate can read one in clear.</p>`}${listed(true, (roles) => `${roles} can read one in clear:`)}${listed(false, (roles) => `${roles} can read its records, and nothing of its texts, which are sealed under a key per person:`)}`;
  const found = new Map(cells.map((one) => [JSON.stringify([one.role, one.store]), one]));
  const rows = roles.map(({ id, name, usedBy }) => html`<tr><th scope="row">${name}${usedBy !== undefined && html`<p class="fine">${usedBy}</p>`}</th>${stores.map((store) => html`<td>${permitted(found.get(JSON.stringify([id, store.id])))}</td>`)}</tr>`);
  const columns = stores.map(({ name, holds }) => (holds === undefined ? name : `${name} (${holds})`));
  return html`${answer}<details><summary>Every role and store</summary>${table('Roles and stores', ['Role', ...columns], rows, 'scroll')}<p class="fine"><span class="mark wild">*</span> given by a wildcard. <span class="mark">?</span> it cannot be told from the template. An empty cell: nothing is allowed.</p>
${cells.length > 0 && html`<details><summary>Actions, as the policies write them</summary>${table('Actions', ['Role', 'Store', 'Actions', 'Condition'], cells.map(({ role, store, actions, condition, unknown }) => html`<tr>${cell('Role', names.get(role) ?? role)}${cell('Store', stores.find(({ id }) => id === store)?.name ?? store)}${cell('Actions', actions.map((action) => html`<span class="action">${code(action)}</span> `))}${cell('Condition', text(condition), text(unknown))}</tr>`))}</details>`}</details>`;
}

function permitted(allowed: AccessCell | undefined): Piece {
  if (allowed === undefined) return '';
  const { access, wildcard, unknown } = allowed;
  return html`${access.map((one) => html`<span class="access a-${one}">${one}</span> `)}${wildcard && html`<span class="mark wild" role="img" aria-label="by a wildcard">*</span>`}${unknown !== undefined && html` <span class="mark" role="img" aria-label="cannot be told: ${visible(unknown)}">?</span>`}`;
}

function ways(egress: readonly Egress[]): Markup {
  const leaves = egress.filter((way) => way.leaves === 'yes').length;
  const unknown = egress.filter((way) => way.leaves === 'unknown').length;
  const answer = egress.length === 0 ? 'No way out of the estate was found.' : `Of ${egress.length} ${egress.length === 1 ? 'way' : 'ways'} out of the estate, ${leaves} ${leaves === 1 ? 'leads' : 'lead'} out of the allowed regions${unknown > 0 ? ` and ${unknown} cannot be told` : ''}.`;
  const words = { yes: 'leaves', no: 'stays', unknown: 'cannot be told' };
  const row = (way: Egress): Markup => html`<tr>${cell('From', code(way.from))}${cell('To', joints(way.to))}${cell('Region', html`<span class="badge l-${way.leaves}">${words[way.leaves]}</span> `, text(way.region))}${cell('Data', text(way.data))}${cell('Processor', text(way.processor, 'none registered'))}${cell('Protection', text(way.protection))}</tr>`;
  return html`<p>${answer}</p>${egress.length > 0 && table('Ways out of the estate', ['From', 'To', 'Region', 'Data', 'Processor', 'Protection'], egress.map(row))}`;
}

const KEYS: Readonly<Record<EncryptionRow['keyKind'], string>> = { customer: 'customer key', 'aws-managed': 'AWS managed key', 'aws-owned': 'AWS owned key', none: 'not encrypted', unknown: 'cannot be told' };

function keys(rows: readonly EncryptionRow[]): Markup {
  return table('Encryption of each store', ['Store', 'Key', 'Kind', 'In transit'], rows.map(({ store, type, key, keyKind, rotated, inTransit }) => html`<tr>${cell('Store', code(store), html`<p class="fine">${joints(type)}</p>`)}${cell('Key', code(key))}${cell('Kind', html`<span class="badge k-${keyKind}">${KEYS[keyKind]}</span> `, rotated === true && 'rotated', rotated === false && 'not rotated')}${cell('In transit', text(inTransit))}</tr>`));
}

function records(all: readonly ProcessingRecord[]): Markup {
  const list = (items: readonly string[]): Piece => (items.length === 0 ? 'none' : items.join(', '));
  return table('Record of processing activities', ['Activity', 'Purpose', 'Legal basis', 'Data', 'Retention', 'Recipients', 'Transfers'], all.map(({ activity, purpose, legalBasis, data, stores, retention, recipients, transfers, owner }) => html`<tr>${cell('Activity', html`<strong>${activity}</strong><p class="fine">${stores.map((store) => html`${joints(store)}<br>`)}Owner: ${owner}</p>`)}${cell('Purpose', text(purpose))}${cell('Legal basis', text(legalBasis))}${cell('Data', text(data))}${cell('Retention', text(retention))}${cell('Recipients', list(recipients))}${cell('Transfers', list(transfers))}</tr>`));
}
