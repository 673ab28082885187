import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../support/paths.ts';
import { chromiumPath, launch, visit } from './support/browser.ts';
import type { Visit } from './support/browser.ts';
import { stored, useEstate } from './support/estate.ts';

const executable = chromiumPath();
if (executable === undefined) process.stderr.write('\n!! There is no Chromium: the chat page was NOT checked in a browser. Install one, or name it: CHROMIUM_PATH=/path/to/chromium npm test\n\n');

const QUESTION = 'How many days do I have to send something back?';
const OUT_OF_SCOPE = 'Who won the chess world championship in 1972?';
/** Messages with short answers, for pictures that show a whole conversation. */
const PERSON = ['I would like to talk to a person.', 'help@ottermoss.example'] as const;
const RUST = ['My cast iron pan is rusty. Is it broken?', 'steel wool'] as const;
const ALLOWED = 'http://127.0.0.1:3000';
const FOREIGN = 'http://127.0.0.1:3999';

/** The page that the estate serves, in a real browser. */
describe.skipIf(executable === undefined)('the chat page', () => {
  const estate = useEstate('dev');
  let browser: Browser;
  const open: Visit[] = [];
  const newVisit = async (options?: Parameters<typeof visit>[1]): Promise<Visit> => {
    const fresh = await visit(browser, options);
    open.push(fresh);
    return fresh;
  };
  beforeAll(async () => {
    browser = await launch(executable ?? '');
  });
  afterEach(() => Promise.all(open.splice(0).map((each) => each.close())));
  afterAll(() => browser?.close());

  const log = (page: Page) => page.getByRole('log');
  const field = (page: Page) => page.getByRole('textbox', { name: 'Your message' });
  const ask = async (page: Page, text: string): Promise<void> => {
    await field(page).fill(text);
    await page.keyboard.press('Enter');
  };
  const answerTo = async (page: Page, text: string, part: string): Promise<void> => {
    await ask(page, text);
    await log(page).getByText(part).first().waitFor();
  };
  const sideways = (page: Page): Promise<number> => page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);

  it('says first that this is an AI, and keeps to its own security policy', async () => {
    const { page, errors } = await newVisit();
    const response = await page.goto(estate().url);
    expect(response?.headers()['content-security-policy']).toContain("default-src 'none'");
    await log(page).getByText('You are chatting with an AI assistant.').waitFor();
    expect(await log(page).locator('> *').first().textContent()).toContain('AI assistant');
    expect(await page.title()).toBe('Support chat');
    expect(await page.locator('chatbot-window').getAttribute('lang')).toBe('en-GB');
    expect(errors).toEqual([]);
  });

  it('answers with sources, by keyboard alone', async () => {
    const { page, errors } = await newVisit();
    await page.goto(estate().url);
    await log(page).getByText('AI assistant').waitFor();
    for (let presses = 0; presses < 10 && !(await field(page).evaluate((input) => input.matches(':focus'))); presses += 1) await page.keyboard.press('Tab');
    await page.keyboard.type('How many days do I');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('have to send something back?');
    await page.keyboard.press('Enter');
    await log(page).getByText('within 30 days of delivery').waitFor();
    expect(await log(page).textContent()).toMatch(/Sources.*How long do I have to return something\?/s);
    expect(await field(page).inputValue()).toBe('');
    expect(await field(page).evaluate((input) => input.matches(':focus'))).toBe(true);
    expect(errors).toEqual([]);
  });

  it('offers a human when it does not know', async () => {
    const { page } = await newVisit();
    await page.goto(estate().url);
    await answerTo(page, OUT_OF_SCOPE, 'help@ottermoss.example');
    expect(await log(page).textContent()).toContain('No sure answer found');
  });

  it('shows markup of a visitor as the text that it is', async () => {
    const { page, errors } = await newVisit();
    await page.goto(estate().url);
    await answerTo(page, '<img src=x onerror="document.title=1"> <b>how do I return it?</b>', '<b>how do I return it?</b>');
    await log(page).getByText('Assistant said:').first().waitFor({ state: 'attached' });
    expect(await page.title()).toBe('Support chat');
    expect(errors).toEqual([]);
  });

  it('restores the conversation after a reload, and begins another when asked', async () => {
    const { page, errors } = await newVisit();
    await page.goto(estate().url);
    await answerTo(page, QUESTION, 'within 30 days of delivery');
    await field(page).fill('half a thou');
    await page.reload();
    await log(page).getByText('within 30 days of delivery').waitFor();
    expect(await log(page).getByText(QUESTION).count()).toBe(1);
    expect(await log(page).locator('> *').first().textContent()).toContain('AI assistant');
    expect(await field(page).inputValue()).toBe('half a thou');

    const fresh = page.getByRole('button', { name: 'New conversation' });
    await fresh.first().click();
    await page.getByText('Start a new conversation?').waitFor();
    await page.getByRole('button', { name: 'Keep this one' }).click();
    expect(await log(page).getByText(QUESTION).count()).toBe(1);
    await fresh.first().click();
    await page.getByText('Start a new conversation?').waitFor();
    await fresh.last().click();
    await page.getByText('How can we help?').waitFor();
    expect(await log(page).getByText(QUESTION).count()).toBe(0);
    expect(errors).toEqual([]);
  });

  it('takes a rating', async () => {
    const { page, errors } = await newVisit();
    await page.goto(estate().url);
    await answerTo(page, QUESTION, 'within 30 days of delivery');
    await page.getByRole('button', { name: 'Rate this answer' }).click();
    await page.getByRole('radio', { name: '4: helpful' }).press('Space');
    await page.getByRole('radio', { name: 'Yes' }).press('Space');
    await page.getByRole('button', { name: 'Send rating' }).press('Enter');
    await page.getByText('Thank you, your rating has arrived.').waitFor();
    const ratings = (await stored(estate())).conversations.filter(({ sk }) => sk?.S?.startsWith('FEEDBACK#'));
    expect(ratings).toEqual([expect.objectContaining({ rating: { N: '4' }, resolved: { BOOL: true } })]);
    expect(errors).toEqual([]);
  });

  it('fits a phone, in the visitor’s language, dark or light', async () => {
    const { page, errors } = await newVisit({ viewport: { width: 375, height: 740 }, isMobile: true, hasTouch: true, locale: 'de-AT', colorScheme: 'dark' });
    await page.goto(estate().url);
    await log(page).getByText('Sie chatten mit einem KI-Assistenten').waitFor();
    const german = page.getByRole('textbox', { name: 'Ihre Nachricht' });
    await german.fill(`${QUESTION} ${'Donaudampfschifffahrtsgesellschaft'.repeat(6)}`);
    await page.getByRole('button', { name: 'Senden' }).tap();
    await log(page).getByText('Der Assistent schrieb:').first().waitFor({ state: 'attached' });
    expect(await sideways(page)).toBeLessThanOrEqual(0);
    const box = await german.boundingBox();
    expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 999) <= 375 && (box?.y ?? 999) + (box?.height ?? 999) <= 740).toBe(true);
    expect(errors).toEqual([]);
  });

  it('says so when it is offline, keeps the message, and sends it once it is back', async () => {
    const { page } = await newVisit();
    await page.goto(estate().url);
    await log(page).getByText('AI assistant').waitFor();
    await page.context().setOffline(true);
    await ask(page, QUESTION);
    await page.getByText('You are offline. Your message is kept').waitFor();
    await page.context().setOffline(false);
    await log(page).getByText('within 30 days of delivery').waitFor();
    expect(await log(page).getByText(QUESTION).count()).toBe(1);
  });

  it.each([
    ['an error of ours', { status: 500, contentType: 'application/problem+json', headers: { 'retry-after': '3600' }, body: '{}' }, 'Something went wrong on our side. Your message is kept.'],
    ['an overload', { status: 503, contentType: 'application/problem+json', headers: { 'retry-after': '3600' }, body: '{}' }, 'The assistant cannot be reached at the moment. Your message is kept.'],
    ['an answer that is none', { status: 200, contentType: 'text/html', body: '<p>Sign in to the Wi-Fi</p>' }, 'The connection broke. Your message is kept.'],
  ])('says so on %s, and answers when it is tried again', async (_, answer, sentence) => {
    const { page } = await newVisit();
    await page.goto(estate().url);
    await log(page).getByText('AI assistant').waitFor();
    await page.route('**/messages', (route) => route.fulfill(answer));
    await ask(page, QUESTION);
    await page.getByText(sentence).waitFor();
    await page.unroute('**/messages');
    await page.getByRole('button', { name: /^Try (now|again)$/ }).click();
    await log(page).getByText('within 30 days of delivery').waitFor();
    expect(await log(page).getByText(QUESTION).count()).toBe(1);
  });

  it('says so when a conversation cannot be opened', async () => {
    const { page } = await newVisit();
    await page.route('**/v1/conversations', (route) => route.abort());
    await page.goto(estate().url);
    await page.getByText('The connection broke.').waitFor();
    await page.unroute('**/v1/conversations');
    await page.getByRole('button', { name: /^Try (now|again)$/ }).click();
    await log(page).getByText('AI assistant').waitFor();
  });

  /** A page of another site with the one tag that embeds the chat. */
  const embedding = async (page: Page, origin: string): Promise<void> => {
    const html = `<!doctype html><html lang="en"><title>Shop</title><h1>Our shop</h1><script src="${estate().url}/pages/chatbot.js" data-launcher defer></script></html>`;
    await page.route(`${origin}/**`, (route) => route.fulfill({ contentType: 'text/html', body: html }));
    await page.goto(`${origin}/`);
  };

  it('is embedded by one tag where the configuration allows it', async () => {
    const { page, errors } = await newVisit();
    await embedding(page, ALLOWED);
    await page.getByRole('button', { name: 'Chat with us' }).click();
    const dialog = page.getByRole('dialog');
    await answerTo(page, QUESTION, 'within 30 days of delivery');
    expect(await dialog.getByRole('log').textContent()).toMatch(/^You are chatting with an AI/);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await page.getByRole('button', { name: 'Chat with us' }).evaluate((button) => button.matches(':focus'))).toBe(true);
    // The token travels in a header that only CORS shows: without it the reload would not find the conversation.
    await page.reload();
    await page.getByRole('button', { name: 'Chat with us' }).click();
    await log(page).getByText('within 30 days of delivery').waitFor();
    expect(errors.filter((text) => !text.includes('favicon'))).toEqual([]);
  });

  it('does not work on a site that the configuration does not name', async () => {
    const { page, errors } = await newVisit();
    await embedding(page, FOREIGN);
    await page.getByRole('button', { name: 'Chat with us' }).click();
    await page.getByText('The connection broke.').waitFor();
    expect(errors.join('\n')).toMatch(/blocked by CORS policy/);
    expect(await log(page).textContent()).not.toContain('AI assistant');
  });

  it('cannot be framed by such a site', async () => {
    const { page, errors } = await newVisit();
    await page.route(`${FOREIGN}/**`, (route) => route.fulfill({ contentType: 'text/html', body: `<iframe src="${estate().url}/"></iframe>` }));
    await page.goto(`${FOREIGN}/`);
    await expect.poll(() => errors.join('\n')).toMatch(/frame-ancestors/);
  });

  it.runIf(process.env['UPDATE_SCREENSHOTS'] === '1')('has its picture taken', async () => {
    const folder = join(ROOT, 'docs/images');
    mkdirSync(folder, { recursive: true });
    const pictures = [
      { file: 'chat-page.png', options: { viewport: { width: 1280, height: 800 } }, asks: [RUST, PERSON] },
      { file: 'chat-page-phone.png', options: { viewport: { width: 375, height: 740 }, isMobile: true }, asks: [RUST] },
    ];
    for (const { file, options, asks } of pictures) {
      const { page } = await newVisit(options);
      await page.goto(estate().url);
      for (const [question, part] of asks) await answerTo(page, question, part);
      await field(page).blur();
      await page.getByRole('region', { name: 'Conversation' }).first().evaluate((region) => region.scrollTo(0, 0));
      await page.screenshot({ path: join(folder, file) });
    }
  });
});
