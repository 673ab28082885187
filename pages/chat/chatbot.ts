import { ChatbotLauncher } from './launcher.ts';
import { ChatbotWindow } from './window.ts';

/**
 * Entry of `chatbot.js`. Loaded by one tag it defines `<chatbot-window>`; with `data-launcher` on that tag it also puts a launcher
 * button on the page. `data-locale`, `data-heading`, `data-accent`, `data-api` and `data-limit` become the launcher's attributes.
 */
const script = document.currentScript;

function addLauncher({ dataset }: HTMLOrSVGElement): void {
  const launcher = document.createElement('chatbot-launcher');
  for (const name of ['locale', 'heading', 'accent', 'api', 'limit']) {
    const value = dataset[name];
    if (value !== undefined) launcher.setAttribute(name, value);
  }
  document.body.append(launcher);
}

if (script instanceof HTMLScriptElement) {
  ChatbotWindow.define(script.src);
  ChatbotLauncher.define();
  if (script.dataset['launcher'] !== undefined) {
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', () => addLauncher(script), { once: true });
    else addLauncher(script);
  }
}
