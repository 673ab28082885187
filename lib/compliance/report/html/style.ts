const VERDICTS = ['pass', 'fail', 'accepted', 'unknown', 'manual', 'error'];

/** Grounds of badges and tiles, and fills of bars. */
const TONES = `${VERDICTS.map((name) => `.v-${name}{--ground:var(--${name}-ground);--ink:var(--${name})}`).join('')}
.v-not-applicable,.v-unexamined,.k-aws-owned,.k-aws-managed,.s-unused,.badge{--ground:var(--none-ground);--ink:var(--none)}
.badge.v-pass,.s-approved,.l-no,.k-customer{--ground:var(--pass-ground);--ink:var(--pass)}
.badge.v-fail,.s-expired,.s-invalid,.l-yes,.k-none{--ground:var(--fail-ground);--ink:var(--fail)}
.badge.v-accepted,.s-proposed{--ground:var(--accepted-ground);--ink:var(--accepted)}
.badge.v-unknown,.l-unknown,.k-unknown{--ground:var(--unknown-ground);--ink:var(--unknown)}
.badge.v-manual{--ground:var(--manual-ground);--ink:var(--manual)}
.badge.v-error{--ground:var(--error-ground);--ink:var(--error)}
.bar .v-error{--ink:var(--error-ground)}
`;

/** Style of the page on a screen. */
export const STYLE = `${TONES}
*,*::before,*::after{box-sizing:border-box}
html{scroll-padding-top:1rem;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--text);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;overflow-wrap:anywhere}
header,.columns{max-width:84rem;margin:0 auto;padding:0 clamp(1rem,3vw,2.5rem)}
header{padding-top:2.2rem}
.columns{padding-bottom:4rem}
h1,h2,h3{line-height:1.25;margin:0;text-wrap:balance}
h1{font-size:clamp(1.9rem,4vw,2.6rem);letter-spacing:-.02em}
h2{font-size:1.35rem;letter-spacing:-.01em;margin-bottom:.6rem}
h2 small{font-weight:400;font-size:.95rem;color:var(--muted)}
h3{font-size:1.05rem}
p{margin:.4rem 0}
a{color:var(--link);text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px;border-radius:.25rem}
main:focus{outline:none}
.kicker{margin:0;color:var(--muted);font-weight:600;letter-spacing:.04em}
.fine{color:var(--muted);font-size:.875rem}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:-999rem;top:0;background:var(--card);padding:.6rem 1rem;z-index:2}
.skip:focus{left:.5rem;top:.5rem}
.sheets{display:none}
[hidden]{display:none!important}
nav ul{list-style:none;margin:1rem 0 0;padding:.2rem;display:flex;gap:.1rem .3rem;overflow-x:auto;white-space:nowrap}
nav a{display:block;padding:.3rem .55rem;border-radius:.4rem;text-decoration:none;color:var(--muted)}
nav a:hover{background:var(--none-ground);color:var(--text)}
main>section{background:var(--card);border:1px solid var(--line);border-radius:.8rem;padding:clamp(1rem,2.5vw,1.6rem);margin-top:1.2rem}
.headline{font-size:clamp(1.1rem,2.1vw,1.4rem);line-height:1.45;margin:0 0 1rem;max-width:62ch}
.count{display:inline-block;font-size:.85rem;font-weight:600;color:var(--muted);background:var(--none-ground);border-radius:1rem;padding:0 .55rem;vertical-align:.15em}
.bar{display:block;width:100%;height:.8rem;border-radius:.4rem;background:var(--none-ground);overflow:hidden}
.bar rect{fill:var(--ink)}
.tiles{list-style:none;display:grid;grid-template-columns:repeat(auto-fit,minmax(6.9rem,1fr));gap:.6rem;margin:1rem 0;padding:0}
.tiles li{background:var(--ground);color:var(--ink);border-radius:.6rem;padding:.6rem .7rem;font-size:.875rem;line-height:1.3}
.tiles strong{display:block;font-size:1.7rem;line-height:1.15;font-variant-numeric:tabular-nums}
.tiles a{color:inherit}
.badge{display:inline-block;background:var(--ground);color:var(--ink);border-radius:.4rem;padding:.05rem .45rem;font-size:.8125rem;font-weight:600;white-space:nowrap}
.badges{display:inline-flex;flex-wrap:wrap;gap:.25rem}
code{font:.86em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.table{overflow-x:auto;margin:.6rem 0 0}
table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{text-align:left;vertical-align:top;padding:.55rem .7rem;border-top:1px solid var(--line)}
thead th{border-top:0;color:var(--muted);font-weight:600;font-size:.8125rem;white-space:nowrap}
th:first-child,td:first-child{padding-left:0}
td p{margin:.15rem 0}
td .bar{min-width:9rem;margin-top:.45rem}
tr:target td,li:target{background:var(--accepted-ground)}
.scroll th,.scroll td{min-width:8rem;max-width:14rem;white-space:normal}
.scroll th[scope=row],.scroll thead th:first-child{position:sticky;left:0;background:var(--card);min-width:9rem;font-weight:600}
.scroll th .fine{font-weight:400}
.cards td{min-width:8.2rem}
.control .cards td:nth-child(2),.control .cards td:nth-child(3){min-width:13rem}
.access{display:inline-block;border:1px solid var(--line);border-radius:.35rem;padding:0 .35rem;font-size:.8125rem;margin:.1rem 0}
.a-read,.a-decrypt{border-color:var(--accepted);color:var(--accepted);font-weight:600}
.mark{font-weight:700}
.wild{color:var(--fail)}
.action{display:inline-block}
.readers{margin:.3rem 0 .8rem;padding-left:1.2rem}
.readers strong{margin-right:.3rem}
.flow{overflow:auto}
.flow{margin-top:.6rem}
#flow-size{margin-right:.4rem}
#flow-size:checked~.flow img{max-width:none}
.flow img{display:block;max-width:max(100%,44rem);height:auto}
summary{cursor:pointer}
section>details:not(.control)>summary,details details summary,article>details>summary,td summary{color:var(--link)}
.framework h3{margin:1.6rem 0 .5rem}
.control{border:1px solid var(--line);border-radius:.6rem;margin-top:.5rem;background:var(--card)}
.control>summary{position:relative;padding:.6rem .9rem .6rem 2.1rem;list-style:none}
.control>summary::-webkit-details-marker{display:none}
.control>summary::before{content:"";position:absolute;left:.95rem;top:1.1rem;width:.45rem;height:.45rem;border:solid var(--muted);border-width:0 2px 2px 0;transform:rotate(-45deg)}
.control[open]>summary::before{transform:rotate(45deg)}
.control>summary:hover{background:var(--none-ground);border-radius:.6rem}
.control .id{font-weight:650}
.control .title{margin:0 .4rem}
.control>summary .badges{display:flex;margin-top:.3rem}
.control .table:not(:has(tbody tr:not([hidden]))),.none:not(:has(li:not([hidden]))){display:none}
.none{padding:0 .9rem .6rem}
.none ul{margin:.2rem 0;padding-left:1.2rem;font-size:.9rem}
.control[open]>summary{border-bottom:1px solid var(--line)}
.control>.about,.control>.table{padding:0 .9rem;margin-bottom:.7rem}
.about{max-width:80ch;padding-top:.5rem}
.settled>summary{padding:.3rem .9rem .7rem;color:var(--link)}
.settled>.table{padding:0 .9rem .5rem;margin:0}
.control:target{border-color:var(--link);box-shadow:0 0 0 1px var(--link)}
.ref{display:inline-block;border:1px solid var(--line);border-radius:.4rem;padding:0 .45rem;font-size:.8125rem}
.day{white-space:nowrap}
.link{text-decoration:none;color:var(--muted);padding:0 .3rem}
.decision{border-top:1px solid var(--line);padding:1rem 0}
.decision>p{max-width:80ch}
.decision:target{background:var(--accepted-ground);box-shadow:0 0 0 .6rem var(--accepted-ground);border-radius:.2rem}
.decision dl,.decision dl div{margin:.4rem 0}
.decision dl{display:flex;flex-wrap:wrap;gap:.2rem 2rem}
.decision dt{color:var(--muted);font-size:.8125rem}
.decision dd{margin:0}
.problem{color:var(--fail);font-weight:600}
.hash{font-size:.8rem}
.filters{position:sticky;top:0;z-index:1;display:flex;flex-wrap:wrap;gap:.6rem 1rem;align-items:end;background:var(--card);border-bottom:1px solid var(--line);padding:.7rem 0}
.filters label{font-size:.875rem;color:var(--muted)}
.filters input[type=search],.filters select{display:block;font:inherit;color:var(--text);background:var(--page);border:1px solid var(--muted);border-radius:.4rem;padding:.3rem .6rem;height:2.4rem;min-width:13rem;max-width:100%}
.filters fieldset{border:0;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:.3rem .9rem}
.filters legend{font-size:.875rem;color:var(--muted);padding:0}
.filters .check{color:var(--text);padding:.25rem 0}
.filters p{margin:0;flex-basis:100%;font-size:.9rem}
button{font:inherit;font-size:.875rem;color:var(--link);background:none;border:1px solid var(--line);border-radius:.4rem;padding:.2rem .7rem;cursor:pointer}
@media (min-width:70rem){
.columns{display:grid;grid-template-columns:12.5rem minmax(0,1fr);gap:2rem}
nav{position:sticky;top:0;align-self:start;max-height:100vh;overflow:auto}
nav ul{display:block;white-space:normal}
}
@media (max-width:46rem){
.cards thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
.cards,.cards tbody,.cards tr,.cards td{display:block;width:auto}
.cards tr{border-top:1px solid var(--line);padding:.6rem 0}
.cards td,.control .cards td{border:0;padding:.1rem 0;min-width:0}
.cards td:not(:first-child):empty{display:none}
.cards td:not(:first-child){display:grid;grid-template-columns:5.6rem minmax(0,1fr);gap:.6rem}
.cards td:not(:first-child)::before{content:attr(data-label);color:var(--muted);font-size:.8125rem;line-height:1.8}
.filters{position:static}
.filters label,.filters input[type=search],.filters select{width:100%}
.filters .check{width:auto}
}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
@media (forced-colors:active){.badge,.tiles li{border:1px solid}}
`;

/** Style on paper: the two sheets alone, black on white. */
export const PRINT = `@media print{
@page{size:A4;margin:16mm 15mm}
:root{color-scheme:light}
html,body{background:#fff;color:#000;font-size:10pt;line-height:1.4}
.skip,body>header,.columns{display:none!important}
.sheets{display:block}
.sheet{break-after:page;max-height:255mm;overflow:hidden}
.sheet:last-child{break-after:auto}
.sheet h1{font-size:20pt}
.sheet h2{font-size:12.5pt;margin:5mm 0 2mm}
.sheet .headline{font-size:12.5pt;max-width:none;margin:2mm 0}
.sheet .running{color:#444;font-size:8.5pt;margin:0 0 4mm}
.sheet table{font-size:8.5pt}
.sheet th,.sheet td{padding:1.2mm 2mm;border-top:.3pt solid #888;color:#000;white-space:normal}
.sheet th:first-child,.sheet td:first-child{padding-left:0}
.sheet .sum td{font-weight:700}
.sheet ul{margin:0;padding-left:4mm;font-size:9pt}
.sheet .digest{font:8.5pt ui-monospace,Menlo,Consolas,monospace}
.sheet .lines td{height:16mm;border:.3pt solid #444}
.sheet .lines th{border:0}
.sheet .lines td:last-child{width:38%}
}
`;
