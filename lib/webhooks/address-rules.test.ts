import { describe, expect, test } from 'vitest';
import { findAddressFault, mayConnect } from '@/lib/webhooks/address-rules';

describe('an address', () => {
  const inside = [
    '127.0.0.1',
    '127.255.255.254',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '100.64.0.1',
    '::1',
    'fc00::1',
    'fd12:3456::1',
  ];
  const never = [
    '0.0.0.0',
    '0.1.2.3',
    '169.254.169.254',
    '169.254.0.1',
    '192.0.0.170',
    '192.0.2.1',
    '192.88.99.1',
    '198.18.0.1',
    '198.51.100.7',
    '203.0.113.7',
    '224.0.0.1',
    '239.255.255.255',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::ffff:0:127.0.0.1',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b::8.8.8.8',
    '64:ff9b:1::7f00:1',
    '100::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'fd00::1%1',
    'fd00:ec2::254',
    'fd00:ec2:0:0:0:0:0:254',
    '100.100.100.200',
    'ff02::1',
    '3fff::1',
    '5f00::1',
    // Given out by nobody so far.
    '1000::1',
    '4000::1',
    'e000::1',
    'not an address',
    '',
  ];
  const outside = ['8.8.8.8', '1.1.1.1', '93.184.216.34', '2606:4700:4700::1111', '2a00:1450::5'];

  test.each(inside)('%s is of the inside', (address) => {
    expect(mayConnect(address, false)).toBe(false);
    expect(mayConnect(address, true)).toBe(true);
  });
  test.each(never)('%s is never connected to', (address) => {
    expect(mayConnect(address, false)).toBe(false);
    expect(mayConnect(address, true)).toBe(false);
  });
  test.each(outside)('%s is of the public internet', (address) => {
    expect(mayConnect(address, false)).toBe(true);
    expect(mayConnect(address, true)).toBe(true);
  });
});

describe('a URL', () => {
  test.each([
    ['https://hooks.shop.example/in', null],
    ['https://hooks.shop.example:443/in?key=1', null],
    ['https://8.8.8.8/', null],
    ['https://[2606:4700:4700::1111]/', null],
    // Names, however they are written, are judged by what they resolve to, when the connection is made.
    ['https://localhost./', null],
    ['https://127.0.0.1.nip.io/', null],
    ['', 'notAnAddress'],
    ['hooks.shop.example', 'notAnAddress'],
    ['//hooks.shop.example', 'notAnAddress'],
    ['file:///etc/passwd', 'notAnAddress'],
    ['gopher://hooks.shop.example/', 'notAnAddress'],
    ['ftp://hooks.shop.example/', 'notAnAddress'],
    ['javascript:alert(1)', 'notAnAddress'],
    ['https://', 'notAnAddress'],
    ['https://hooks.shop.example/#part', 'notAnAddress'],
    ['https://1.2.3.4.5/', 'notAnAddress'],
    ['https://user@hooks.shop.example/', 'userinfo'],
    ['https://user:word@hooks.shop.example/', 'userinfo'],
    ['https://hooks.shop.example@127.0.0.1/', 'userinfo'],
    ['http://hooks.shop.example/', 'notHttps'],
    ['https://hooks.shop.example:5432/', 'port'],
    ['https://hooks.shop.example:8443/', 'port'],
    ['https://127.0.0.1/', 'private'],
    ['https://127.1/', 'private'],
    ['https://2130706433/', 'private'],
    ['https://0x7f000001/', 'private'],
    ['https://0x7f.0.0.1/', 'private'],
    ['https://0177.0.0.1/', 'private'],
    ['https://017700000001/', 'private'],
    ['https://127.0.0.1./', 'private'],
    ['https://%31%32%37.0.0.1/', 'private'],
    ['https://①②⑦.0.0.1/', 'private'],
    ['https://127。0。0。1/', 'private'],
    ['https://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/', null],
    ['https://bücher.example/', null],
    ['https://0/', 'private'],
    ['https://0.0.0.0/', 'private'],
    ['https://169.254.169.254/latest/meta-data', 'private'],
    ['https://2852039166/', 'private'],
    ['https://10.1.2.3/', 'private'],
    ['https://[::1]/', 'private'],
    ['https://[::]/', 'private'],
    ['https://[0:0:0:0:0:ffff:7f00:1]/', 'private'],
    ['https://[::ffff:127.0.0.1]/', 'private'],
    ['https://[::ffff:a9fe:a9fe]/', 'private'],
    ['https://[64:ff9b::7f00:1]/', 'private'],
    ['https://[fd00::1]/', 'private'],
    ['https://[fe80::1]/', 'private'],
  ])('%s: %s', (url, fault) => {
    expect(findAddressFault(url, [])).toBe(fault);
  });

  test.each([
    ['http://10.1.2.3:8080/in', null],
    ['http://crm.intern:8080/in', null],
    ['https://10.1.2.3:8080/in', 'port'],
    ['http://10.1.2.3/in', 'notHttps'],
    ['http://10.1.2.4:8080/in', 'notHttps'],
    ['http://crm.intern.evil.example:8080/in', 'notHttps'],
    ['http://user@10.1.2.3:8080/in', 'userinfo'],
    ['http://169.254.169.254/', 'private'],
  ])('where the operator named some origins, %s: %s', (url, fault) => {
    const allowed = ['http://10.1.2.3:8080', 'http://crm.intern:8080', 'http://169.254.169.254'];
    expect(findAddressFault(url, allowed)).toBe(fault);
  });
});
