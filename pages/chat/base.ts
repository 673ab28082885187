/**
 * Base URL of the API: the folder above the one that the script came from, so that an API Gateway stage before the path stays in it.
 * @param override Value of the `api` attribute; relative ones count from the page.
 * @throws TypeError when neither gives a URL.
 */
export function apiBase(scriptUrl: string, override: string | null, pageUrl: string): URL {
  if (override === null || override.trim() === '') return new URL('..', scriptUrl);
  const base = new URL(override.trim(), pageUrl);
  if (!base.pathname.endsWith('/')) base.pathname += '/';
  base.search = '';
  base.hash = '';
  return base;
}
