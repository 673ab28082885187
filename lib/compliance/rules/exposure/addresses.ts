import { isIP } from 'node:net';

/** A range of addresses, its first and its last one included. */
interface Range {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

/** More addresses than these, together, are anybody's: what is broader than a /8 of IPv4 or a /32 of IPv6, where Amazon S3 begins to count a policy as public. */
const MOST = { 4: 1n << 24n, 6: 1n << 96n } as const;

/** Addresses that nobody on the internet comes from (RFC 1918). */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].flatMap((cidr) => rangeOf(cidr) ?? []);

/** Whether ranges (`203.0.113.0/24`, `2001:db8::/48`, or one address) hold, taken together, few enough addresses to be somebody's. False for what is no range. */
export function areNarrow(cidrs: readonly string[]): boolean {
  const ranges = cidrs.map(rangeOf);
  if (ranges.includes(undefined)) return false;
  const others = ranges.flatMap((range) => (range === undefined || PRIVATE.some((own) => own.family === range.family && own.first <= range.first && range.last <= own.last) ? [] : [range]));
  return ([4, 6] as const).every((family) => sizeOf(others.filter((range) => range.family === family)) <= MOST[family]);
}

/** How many addresses ranges of one family hold; what two of them share counts once. */
function sizeOf(ranges: readonly Range[]): bigint {
  let [size, until] = [0n, -1n];
  for (const { first, last } of ranges.toSorted((a, b) => (a.first < b.first ? -1 : 1))) {
    const from = first > until ? first : until + 1n;
    if (last >= from) [size, until] = [size + last - from + 1n, last];
  }
  return size;
}

function rangeOf(cidr: string): Range | undefined {
  const [, address = '', length] = /^([\da-f.:]+)(?:\/(\d{1,3}))?$/i.exec(cidr.trim()) ?? [];
  const family = isIP(address);
  if (family !== 4 && family !== 6) return undefined;
  const bits = family === 4 ? 32 : 128;
  const prefix = length === undefined ? bits : Number(length);
  if (prefix > bits) return undefined;
  const free = BigInt(bits - prefix);
  const first = ((family === 4 ? ofIpv4(address) : ofIpv6(address)) >> free) << free;
  return { family, first, last: first + (1n << free) - 1n };
}

function ofIpv4(address: string): bigint {
  return address.split('.').reduce((sum, part) => (sum << 8n) + BigInt(part), 0n);
}

function ofIpv6(address: string): bigint {
  const plain = address.replace(/[\d.]+$/, (tail) => (tail.includes('.') ? [ofIpv4(tail) >> 16n, ofIpv4(tail) & 0xffffn].map((group) => group.toString(16)).join(':') : tail));
  const [front = [], back = []] = plain.split('::').map((half) => half.split(':').filter((group) => group !== ''));
  const groups = [...front, ...Array.from({ length: 8 - front.length - back.length }, () => '0'), ...back];
  return groups.reduce((sum, group) => (sum << 16n) + BigInt(`0x${group}`), 0n);
}
