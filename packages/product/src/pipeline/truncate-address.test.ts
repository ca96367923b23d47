import { describe, expect, it } from 'vitest';
import { truncateAddress } from './truncate-address.ts';

describe('a truncated address', () => {
  it.each([
    ['203.0.113.77', '203.0.113.0'],
    ['::ffff:203.0.113.77', '203.0.113.0'],
    ['2001:db8:85a3:1:2:8a2e:370:7334', '2001:db8:85a3::'],
    ['2001:0db8::1', '2001:db8:0::'],
    ['::1', '0:0:0::'],
    ['fe80::1%eth0', 'fe80:0:0::'],
    ['0.0.0.0', '0.0.0.0'],
  ])('of %s is %s', (address, truncated) => {
    expect(truncateAddress(address)).toBe(truncated);
  });

  it.each(['', 'localhost', '999.1.1.1', '1.2.3', '1:2:3', 'g::1', '1::2::3'])('of “%s” is none', (address) => {
    expect(truncateAddress(address)).toBeUndefined();
  });
});
