import { BlockList, isIP } from 'node:net';

/** Whether an address may call; undefined stands for one that the gateway did not give. */
export type AdmitsAddress = (address: string | undefined) => boolean;

/**
 * Admits addresses in some networks; any address when no networks are given.
 * @param cidrs IPv4 or IPv6, such as `198.51.100.0/24`
 * @throws Error for text that is no network
 */
export function networks(cidrs: readonly string[] | undefined): AdmitsAddress {
  if (cidrs === undefined) return () => true;
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [network = '', bits = ''] = cidr.split('/');
    list.addSubnet(network, Number(bits), familyOf(network) ?? 'ipv4');
  }
  return (address) => {
    const family = address === undefined ? undefined : familyOf(address);
    return address !== undefined && family !== undefined && list.check(address, family);
  };
}

function familyOf(address: string): 'ipv4' | 'ipv6' | undefined {
  const version = isIP(address);
  return version === 0 ? undefined : version === 4 ? 'ipv4' : 'ipv6';
}
