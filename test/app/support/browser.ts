import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** Where a Chromium usually is; `CHROMIUM_PATH` comes first. */
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];
/**
 * Without a sandbox, because containers have none; without whatever calls home. Pages of other sites are made up by the tests, and
 * have no address: Chromium would keep them from this machine's own.
 */
const ARGUMENTS = ['--disable-features=LocalNetworkAccessChecks', '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** The Chromium of this machine; undefined when there is none. */
export function chromiumPath(): string | undefined {
  return [process.env['CHROMIUM_PATH'] ?? '', ...PLACES].find((path) => path !== '' && existsSync(path));
}

/** Starts the browser. */
export const launch = (executablePath: string): Promise<Browser> => chromium.launch({ executablePath, args: ARGUMENTS });

/** A page in a context of its own, and what went wrong in it. */
export interface Visit {
  readonly page: Page;
  /** Errors of the console (refused by the Content-Security-Policy, failed requests) and of scripts. */
  readonly errors: readonly string[];
  close(): Promise<void>;
}

/** Opens a fresh page. */
export async function visit(browser: Browser, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', colorScheme: 'light', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => void errors.push(error.message));
  return { page, errors, close: () => context.close() };
}
