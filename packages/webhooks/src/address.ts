import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** Blocks of IPv4 that are not addresses of single public hosts. @see https://www.iana.org/assignments/iana-ipv4-special-registry */
const notPublic4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  // Link-local, and the addresses at which clouds tell credentials.
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  // Multicast, reserved, broadcast.
  ['224.0.0.0', 3],
] as const;

/** Blocks within 2000::/3, outside of which no address of IPv6 is public. @see https://www.iana.org/assignments/iana-ipv6-special-registry */
const notPublic6 = [
  // Teredo, ORCHID and others for protocols.
  ['2001::', 23],
  ['2001:db8::', 32],
  // 6to4, which has an address of IPv4 in it.
  ['2002::', 16],
  ['3fff::', 20],
] as const;

const blocked = new BlockList();
for (const [address, prefix] of notPublic4) blocked.addSubnet(address, prefix, 'ipv4');
for (const [address, prefix] of notPublic6) blocked.addSubnet(address, prefix, 'ipv6');

const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');

const loopback4 = new BlockList();
loopback4.addSubnet('127.0.0.0', 8, 'ipv4');

// Without a block of IPv4, which addresses of IPv6 with one of IPv4 in them would be found in.
const loopback6 = new BlockList();
loopback6.addAddress('::1', 'ipv6');

/**
 * Tells whether an address is that of a host which everyone may reach. Private, link-local, loopback, shared, reserved and multicast
 * addresses are not, nor are those of IPv6 that have one of IPv4 in them. A text that is no address is none.
 */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !blocked.check(address, 'ipv4');
  return (
    isIPv6(address) &&
    !address.includes('%') &&
    global6.check(address, 'ipv6') &&
    !blocked.check(address, 'ipv6')
  );
}

/** Tells whether an address is of this machine: 127.0.0.0/8 or ::1. */
export function isLoopbackAddress(address: string): boolean {
  if (isIPv4(address)) return loopback4.check(address, 'ipv4');
  return isIPv6(address) && loopback6.check(address, 'ipv6');
}
