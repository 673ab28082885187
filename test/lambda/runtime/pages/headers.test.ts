import { describe, expect, it } from 'vitest';
import { assetHeaders, pagePolicy } from '../../../../lambda/runtime/pages/headers.ts';

describe('without origins that may embed', () => {
  const settings = { embedOrigins: [] };

  it('the page may not be framed at all', () => {
    expect(pagePolicy(settings)).toContain("frame-ancestors 'none';");
  });

  it('the script differs for no origin', () => {
    expect(assetHeaders(settings, 'https://shop.example')).not.toHaveProperty('Vary');
    expect(assetHeaders(settings, 'https://shop.example')).not.toHaveProperty('Access-Control-Allow-Origin');
  });
});
