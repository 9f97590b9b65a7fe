import { describe, expect, it } from 'vitest';
import { createSessions } from './session.ts';

const asked = (cookie: string | undefined) => ({
  headers: cookie === undefined ? {} : { cookie: `other=1; ${cookie.split(';')[0]}` },
});

describe('createSessions', () => {
  it('opens one session for each token', () => {
    const sessions = createSessions('secret');
    const token = sessions.token();
    const cookie = sessions.open(token, '/console');
    expect(cookie).toMatch(/; Path=\/console; Max-Age=86400; HttpOnly; SameSite=Strict$/);
    expect(sessions.isOpen(asked(cookie))).toBe(true);
    expect(sessions.open(token, '/console')).toBeUndefined();
    expect(sessions.open('made up', '/console')).toBeUndefined();
  });

  it('opens nothing for a token of ten minutes ago', () => {
    let now = 0;
    const sessions = createSessions('secret', () => now);
    const [early, late] = [sessions.token(), sessions.token()];
    now = 10 * 60_000;
    expect(sessions.open(early, '/console')).toBeDefined();
    now += 1;
    expect(sessions.open(late, '/console')).toBeUndefined();
  });

  it('ends a session after a day', () => {
    let now = 0;
    const sessions = createSessions('secret', () => now);
    const cookie = sessions.open(sessions.token(), '/console');
    now = 86_400_000 - 1;
    expect(sessions.isOpen(asked(cookie))).toBe(true);
    now += 1;
    expect(sessions.isOpen(asked(cookie))).toBe(false);
  });

  it('knows a session again after a start with the same secret, and no other', () => {
    const before = createSessions('secret');
    const cookie = before.open(before.token(), '/console');
    expect(createSessions('secret').isOpen(asked(cookie))).toBe(true);
    expect(createSessions('another').isOpen(asked(cookie))).toBe(false);
  });

  it.each([undefined, 'chorus-console=', 'chorus-console=1', 'chorus-console=99999999999999.AAAA'])(
    'is not open to the cookie %s',
    (cookie) => {
      expect(createSessions('secret').isOpen(asked(cookie))).toBe(false);
    },
  );

  it('is not open to a cookie whose end was moved', () => {
    const sessions = createSessions('secret');
    const cookie = sessions.open(sessions.token(), '/console') ?? '';
    const moved = cookie.replace(/=\d+\./, '=99999999999999.');
    expect(moved).not.toBe(cookie);
    expect(sessions.isOpen(asked(moved))).toBe(false);
  });
});
