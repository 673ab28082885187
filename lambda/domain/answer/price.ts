import type { CallableModelSettings } from '../../contracts/settings.ts';

/** List prices of a model. */
export type Prices = Pick<CallableModelSettings, 'inputUsdPer1000' | 'outputUsdPer1000'>;

/** Price of one call in millionths of a USD, rounded up. */
export function microUsdOf({ inputUsdPer1000, outputUsdPer1000 }: Prices, inputTokens: number, outputTokens: number): number {
  // USD for 1,000 tokens are as many thousandths, and 1,000 times as many millionths, for one.
  return Math.ceil(inputTokens * inputUsdPer1000 * 1000 + outputTokens * outputUsdPer1000 * 1000);
}
