import { BlockList, isIP } from 'node:net';
import { InvalidPatternError } from '../errors.ts';

const families = { 4: 'ipv4', 6: 'ipv6' } as const;

function familyOf(address: string): 'ipv4' | 'ipv6' | undefined {
  const version = isIP(address);
  return version === 4 || version === 6 ? families[version] : undefined;
}

/**
 * Returns whether addresses are in a block: `10.0.0.0/24`.
 *
 * @throws {InvalidPatternError} if it is no block
 */
export function cidrTest(block: unknown): (value: string) => boolean {
  const refused = new InvalidPatternError(`cidr ${JSON.stringify(block)} is no block of addresses`);
  const match = /^(?<address>[^/%]+)\/(?<bits>\d{1,3})$/.exec(String(block));
  const { address = '', bits } = match?.groups ?? {};
  const family = familyOf(address);
  if (typeof block !== 'string' || family === undefined) throw refused;
  if (Number(bits) > (family === 'ipv4' ? 32 : 128)) throw refused;
  const list = new BlockList();
  list.addSubnet(address, Number(bits), family);
  return (value) => {
    const other = familyOf(value);
    return other === family && list.check(value, other);
  };
}
