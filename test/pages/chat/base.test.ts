import { describe, expect, it } from 'vitest';
import { apiBase } from '../../../pages/chat/base.ts';

describe('apiBase', () => {
  it.each([
    ['https://api.example/pages/chatbot.js', null, 'https://api.example/'],
    ['https://api.example/dev/pages/chatbot.js?v=1', null, 'https://api.example/dev/'],
    ['https://cdn.example/pages/chatbot.js', 'https://api.example/prod', 'https://api.example/prod/'],
    ['https://cdn.example/pages/chatbot.js', '/chat/?x#y', 'https://shop.example/chat/'],
    ['https://cdn.example/pages/chatbot.js', ' ', 'https://cdn.example/'],
  ])('of %s with api=%j is %s', (script, override, base) => {
    expect(apiBase(script, override, 'https://shop.example/basket?a=b').href).toBe(base);
  });
});
