import { createHmac, timingSafeEqual } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSecret, signedHeaders } from './index.ts';

it('signs as the libraries of Standard Webhooks do', () => {
  // What their package for JavaScript, 1.0.0, says of its own example.
  const message = {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    timestamp: 1_614_265_330,
    body: '{"test": 2432232314}',
  };
  expect(signedHeaders(message, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')).toEqual({
    'webhook-id': message.id,
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

it('makes secrets of 32 bytes, each another one', () => {
  const secrets = Array.from({ length: 50 }, createSecret);
  expect(new Set(secrets).size).toBe(50);
  for (const secret of secrets) {
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(Buffer.from(secret.slice(6), 'base64')).toHaveLength(32);
  }
});

it('signs the bytes of any body', () => {
  const secret = createSecret();
  const key = Buffer.from(secret.slice(6), 'base64');
  fc.assert(
    fc.property(fc.uuid(), fc.nat(), fc.string({ unit: 'binary' }), (id, timestamp, body) => {
      const signature = signedHeaders({ id, timestamp, body }, secret)['webhook-signature'];
      const bytes = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), Buffer.from(body)]);
      const expected = createHmac('sha256', key).update(bytes).digest();
      const given = Buffer.from(signature?.slice(3) ?? '', 'base64');
      expect(timingSafeEqual(given, expected)).toBe(true);
    }),
  );
});
