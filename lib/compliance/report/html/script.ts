/** Filters of the page, and the opening of what a link leads to. It reads what stands in the page and writes no markup. */
export const SCRIPT = `'use strict';
(() => {
  const byId = (id) => document.getElementById(id);
  const filters = byId('filters');
  const search = byId('filter-text');
  const framework = byId('filter-framework');
  const checks = [...filters.querySelectorAll('input[type=checkbox]')];
  const controls = [...document.querySelectorAll('details.control')].map((element) => ({
    element,
    text: element.querySelector('summary').textContent.toLowerCase(),
    rows: [...element.querySelectorAll('[data-verdict]')].map((row) => ({ row, verdict: row.dataset.verdict, text: row.textContent.toLowerCase() })),
    settled: element.querySelector('details.settled'),
    wasOpen: element.open,
  }));
  const apply = () => {
    const wanted = search.value.trim().toLowerCase();
    const verdicts = new Set(checks.filter((check) => check.checked).map((check) => check.value));
    const narrowed = wanted !== '' || framework.value !== '' || verdicts.size < checks.length;
    let rowsShown = 0;
    let controlsShown = 0;
    for (const control of controls) {
      const mine = framework.value === '' || control.element.dataset.framework === framework.value;
      const named = control.text.includes(wanted);
      let shown = 0;
      for (const { row, verdict, text } of control.rows) {
        row.hidden = !(mine && verdicts.has(verdict) && (named || text.includes(wanted)));
        if (!row.hidden) shown += 1;
      }
      const empty = control.rows.length === 0 && mine && named && verdicts.size === checks.length;
      control.element.hidden = shown === 0 && !empty;
      control.element.open = narrowed && wanted !== '' && !named && shown > 0 ? true : control.wasOpen;
      if (control.settled !== null) {
        control.settled.hidden = control.settled.querySelector('[data-verdict]:not([hidden])') === null;
        control.settled.open = narrowed;
      }
      rowsShown += shown;
      if (!control.element.hidden) controlsShown += 1;
    }
    for (const section of document.querySelectorAll('section.framework')) section.hidden = section.querySelector('details.control:not([hidden])') === null;
    byId('filter-count').textContent = rowsShown + ' checks of ' + controlsShown + ' controls';
  };
  const openTarget = () => {
    let id = '';
    try {
      id = decodeURIComponent(location.hash.slice(1));
    } catch {
      return;
    }
    const target = id === '' ? null : byId(id);
    for (let at = target; at !== null; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true;
    if (target !== null) target.scrollIntoView();
  };
  let waiting = 0;
  search.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, 120);
  });
  framework.addEventListener('change', apply);
  for (const check of checks) check.addEventListener('change', apply);
  byId('filter-reset').addEventListener('click', () => {
    search.value = '';
    framework.value = '';
    for (const check of checks) check.checked = true;
    apply();
  });
  filters.hidden = false;
  apply();
  addEventListener('hashchange', openTarget);
  openTarget();
})();
`;
