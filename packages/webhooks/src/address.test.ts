import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLoopbackAddress, isPublicAddress } from './index.ts';

describe('an address is public', () => {
  it.each(['8.8.8.8', '93.184.216.34', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00::1'])(
    '%s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );
});

describe('an address is not public', () => {
  it.each([
    ['this host', '0.0.0.0'],
    ['private', '10.0.0.1'],
    ['private', '172.16.0.1'],
    ['private', '172.31.255.255'],
    ['private', '192.168.1.1'],
    ['shared by carriers', '100.64.0.1'],
    ['loopback', '127.0.0.1'],
    ['loopback', '127.255.0.1'],
    ['link-local', '169.254.0.1'],
    ['credentials of a cloud', '169.254.169.254'],
    ['multicast', '224.0.0.1'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['documentation', '203.0.113.9'],
    ['loopback', '::1'],
    ['none', '::'],
    ['IPv4 in IPv6', '::ffff:8.8.8.8'],
    ['IPv4 in IPv6, in hexadecimal', '::ffff:7f00:1'],
    ['NAT64', '64:ff9b::7f00:1'],
    ['6to4', '2002:7f00:1::'],
    ['Teredo', '2001:0:1::'],
    ['documentation', '2001:db8::1'],
    ['unique local', 'fd00::1'],
    ['credentials of a cloud', 'fd00:ec2::254'],
    ['link-local', 'fe80::1'],
    ['with a zone', '2606:4700::1111%eth0'],
    ['multicast', 'ff02::1'],
  ])('of %s: %s', (_, address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it('whatever text is none', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!/^[\d.:a-f]+$/i.test(text));
        expect(isPublicAddress(text)).toBe(false);
        expect(isLoopbackAddress(text)).toBe(false);
      }),
    );
  });

  it('when it is of this machine', () => {
    fc.assert(
      fc.property(fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)), (bytes) => {
        const address = `127.${bytes.join('.')}`;
        expect([isLoopbackAddress(address), isPublicAddress(address)]).toEqual([true, false]);
      }),
    );
  });
});
