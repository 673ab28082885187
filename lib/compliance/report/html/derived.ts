import type { AccessCell, AccessMatrix, Egress, EncryptionRow, ProcessingRecord, ReportViews } from '../views.ts';
import { grouped, visible } from '../text.ts';
import { html } from './markup.ts';
import type { Markup, Piece } from './markup.ts';
import { cell, code, joints, table, text } from './parts.ts';

/** The reader's first two questions. */
export function questions({ accessMatrix, egress, broken }: ReportViews): Markup {
  return html`<section id="access"><h2>Who can read a conversation</h2>${accessMatrix === undefined ? missing(broken?.['accessMatrix']) : access(accessMatrix)}</section>
<section id="egress"><h2>What leaves the region</h2>${egress === undefined ? missing(broken?.['egress']) : ways(egress)}</section>`;
}

/** What else is derived from the templates. */
export function inventory({ dataFlowSvg, encryption, processingRecords, controller, broken }: ReportViews): Markup {
  return html`${dataFlowSvg !== undefined && html`<section id="flow"><h2>Data flow</h2><input type="checkbox" id="flow-size"><label for="flow-size">Full size, to scroll</label><div class="flow" role="region" aria-label="Data flow diagram" tabindex="0"><img alt="Data flow between components, with trust boundaries; the tables of this page hold the same facts." src="data:image/svg+xml;base64,${Buffer.from(dataFlowSvg.toWellFormed(), 'utf8').toString('base64')}"></div></section>`}${broken?.['dataFlowSvg'] !== undefined && html`<section id="flow"><h2>Data flow</h2>${missing(broken['dataFlowSvg'])}</section>`}
<section id="encryption"><h2>Encryption</h2>${encryption === undefined ? missing(broken?.['encryption']) : keys(encryption)}</section>
<section id="records"><h2>Record of processing activities <small>Art. 30 GDPR</small></h2>${processingRecords === undefined ? missing(broken?.['processingRecords']) : records(processingRecords, controller)}</section>`;
}

const missing = (why: string | undefined): Markup => html`<p class="fine">Not derived for this report${why !== undefined && html`: deriving it broke (${text(why)})`}.</p>`;

function access({ roles, stores, cells, readers }: AccessMatrix): Markup {
  const names = new Map(roles.map(({ id, name }) => [id, name]));
  const outsiders = new Set(roles.filter(({ outside }) => outside === true).map(({ id }) => id));
  const listed = (clear: boolean, words: (roles: string) => string): Piece => {
    const those = readers.filter((reader) => reader.clear === clear);
    const many = (count: number, one: string, more = `${one}s`): string[] => (count === 0 ? [] : [`${count} ${count === 1 ? one : more}`]);
    const outside = those.filter(({ role }) => outsiders.has(role)).length;
    const who = [...many(those.length - outside, 'role'), ...many(outside, 'principal outside the templates', 'principals outside the templates')].join(' and ');
    return those.length > 0 && html`<p>${words(who)}</p><ul class="readers">${those.map(({ role, how }) => html`<li><strong>${names.get(role) ?? role}</strong> ${text(how)}</li>`)}</ul>`;
  };
  const answer = html`${readers.every(({ clear }) => !clear) && html`<p>No role of the estate can read one in clear.</p>`}${listed(true, (roles) => `${roles} can read one in clear:`)}${listed(false, (roles) => `${roles} can read its records, and nothing of its texts, which are sealed under a key per person:`)}`;
  return html`${answer}<details><summary>Every role and store</summary>${cells.length > MOST_CELLS ? html`<p class="fine">The table of ${roles.length} roles and ${stores.length} stores is left out: ${cells.length} of its cells would hold something. The list of actions has them all.</p>` : grid(roles, stores, cells)}<p class="fine"><span class="mark wild">*</span> given by a wildcard. <span class="mark">?</span> it cannot be told from the template. An empty cell: nothing is allowed.</p>
${cells.length > 0 && html`<details><summary>Actions, as the policies write them</summary>${granted(names, stores, cells)}</details>`}</details>`;
}

/** Cells that the table of roles and stores shows; where more hold something, nobody finds one. */
const MOST_CELLS = 3_000;

function grid(roles: AccessMatrix['roles'], stores: AccessMatrix['stores'], cells: AccessMatrix['cells']): Markup {
  const found = new Map(cells.map((one) => [JSON.stringify([one.role, one.store]), one]));
  const rows = roles.map(({ id, name, usedBy }) => html`<tr><th scope="row">${name}${usedBy !== undefined && html`<p class="fine">${usedBy}</p>`}</th>${stores.map((store) => html`<td>${permitted(found.get(JSON.stringify([id, store.id])))}</td>`)}</tr>`);
  const columns = stores.map(({ name, holds }) => (holds === undefined ? name : `${name} (${holds})`));
  return table('Roles and stores', ['Role', ...columns], rows, 'scroll');
}

/** A row for what a role may do alike to several stores. */
function granted(names: ReadonlyMap<string, string>, stores: AccessMatrix['stores'], cells: AccessMatrix['cells']): Markup {
  const called = new Map(stores.map(({ id, name }) => [id, name]));
  const alike = [...grouped(cells, ({ role, access, actions, wildcard, condition, unknown }) => JSON.stringify([role, access, actions, wildcard, condition, unknown])).values()];
  return table('Actions', ['Role', 'Stores', 'Access', 'Actions', 'Condition'], alike.map((same) => {
    const [one] = same as readonly [AccessCell];
    const { role, actions, condition, unknown } = one;
    return html`<tr>${cell('Role', names.get(role) ?? role)}${cell('Stores', same.map(({ store }) => called.get(store) ?? store).join(', '))}${cell('Access', permitted(one))}${cell('Actions', actions.map((action) => html`<span class="action">${code(action)}</span> `))}${cell('Condition', text(condition), text(unknown))}</tr>`;
  }));
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

function records(all: readonly ProcessingRecord[], controller: ReportViews['controller']): Markup {
  const list = (items: readonly string[]): Piece => (items.length === 0 ? 'none' : items.join(', '));
  const head = html`<p>Controller: ${controller ?? 'not declared'}</p>`;
  return html`${head}${table('Record of processing activities', ['Activity', 'Purpose', 'Legal basis', 'Data', 'Retention', 'Recipients', 'Transfers'], all.map(({ activity, purpose, legalBasis, data, subjects = 'not declared', stores, retention, residual, recipients, transfers, owner }) => html`<tr>${cell('Activity', html`<strong>${activity}</strong><p class="fine">${stores.map((store) => html`${joints(store)}<br>`)}Owner: ${owner}</p>`)}${cell('Purpose', text(purpose))}${cell('Legal basis', text(legalBasis))}${cell('Data', text(data), html`<p class="fine">Of: ${subjects}</p>`)}${cell('Retention', text(retention), residual !== undefined && html`<p class="fine">Then restorable: ${residual}</p>`)}${cell('Recipients', list(recipients))}${cell('Transfers', list(transfers))}</tr>`))}`;
}
