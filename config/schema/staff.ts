import * as z from 'zod';
import { prefixLength } from './api.ts';
import { option } from './option.ts';

/** Network that staff call from. */
const Network = z
  .union([z.cidrv4(), z.cidrv6()])
  .refine((range) => prefixLength(range) > 0, 'must not be /0: it holds every address')
  .meta({ allowed: 'an address range such as 203.0.113.0/24 or 2001:db8::/32, never /0', mend: 'Name the ranges of your offices and VPN, or leave the list empty: then only the token counts.' });

/** Members of staff. */
export const Staff = z.strictObject({
  networks: option(z.array(Network).max(20).default([]), {
    description: 'Networks that staff must call from, as the gateway sees their addresses. From anywhere else a staff token is refused like a wrong one. Empty: from anywhere.',
  }),
});
