import { createHash } from 'node:crypto';
import type { Model } from '../model.ts';
import type { ReportViews } from '../views.ts';
import { controls } from './controls.ts';
import { decisions, remainder } from './decisions.ts';
import { inventory, questions } from './derived.ts';
import { html, Markup } from './markup.ts';
import { SCRIPT } from './script.ts';
import { sheets } from './sign.ts';
import { attention, frameworks, summary } from './summary.ts';
import { COLOURS } from './style-colours.ts';
import { PRINT, STYLE } from './style.ts';

const CSS = `${COLOURS}${STYLE}${PRINT}`;

/** Nothing is fetched, and nothing runs or is styled but what this room wrote. */
const POLICY = `default-src 'none'; style-src '${digest(CSS)}'; script-src '${digest(SCRIPT)}'; img-src data:; base-uri 'none'; form-action 'none'`;

/** The report as one page that needs nothing else, and whose filters alone need its script. */
export function page(model: Model, views: ReportViews): string {
  const { evidence } = model;
  const links: readonly (readonly [string, string] | false)[] = [
    ['summary', 'Summary'],
    ['access', 'Who can read'],
    ['egress', 'What leaves'],
    ['attention', 'To be fixed or decided'],
    ['frameworks', 'By framework'],
    ['decisions', 'Accepted risks'],
    ['controls', 'Controls and evidence'],
    views.dataFlowSvg !== undefined && ['flow', 'Data flow'],
    ['encryption', 'Encryption'],
    ['records', 'Record of processing'],
    ['unexamined', 'Unexamined types'],
    evidence.claims.length > 0 && ['claims', 'Other tools'],
    ['templates', 'Templates'],
  ];
  return Markup.of(html`${new Markup('<!doctype html>')}
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>Compliance evidence: ${evidence.name}</title>
<style>${new Markup(CSS)}</style>
</head>
<body>
<a class="skip" href="#main">To the report</a>
<header><p class="kicker">Compliance evidence</p><h1>${evidence.name}</h1><p class="fine">Release ${evidence.release}${evidence.commit !== undefined && html`, commit <code>${evidence.commit.slice(0, 12)}</code>`}, <time datetime="${evidence.at}">${evidence.at.slice(0, 16).replace('T', ' ')} UTC</time>. Printing gives two pages to sign.</p></header>
<div class="columns">
<nav aria-label="Sections"><ul>${links.map((link) => link !== false && html`<li><a href="#${link[0]}">${link[1]}</a></li>`)}</ul></nav>
<main id="main" tabindex="-1">
${summary(model)}
${questions(views)}
${attention(model)}
${frameworks(model)}
${decisions(model)}
${controls(model)}
${inventory(views)}
${remainder(model)}
</main>
</div>
${sheets(model)}
<script>${new Markup(SCRIPT)}</script>
</body>
</html>
`);
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`;
}
