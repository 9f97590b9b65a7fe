import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Name of the cookie of a session. */
const cookieName = 'chorus-console';

/** How long a URL with a token may wait to be opened, in milliseconds. */
const tokenMs = 10 * 60_000;

/** How long a session lasts, in milliseconds. */
const sessionMs = 24 * 3_600_000;

/** The browsers that may use the console: those that were opened with a URL of it, each URL once. */
export interface Sessions {
  /** Returns a token for one URL. It opens one session, within ten minutes. */
  token(): string;
  /**
   * Takes a token, and returns the cookie of its session; undefined for one that was used, is too old, or never was.
   *
   * @param path the cookie is sent for this path and what is below it
   */
  open(token: string, path: string): string | undefined;
  /** True of a request with the cookie of a session that has not ended. */
  isOpen(request: Pick<IncomingMessage, 'headers'>): boolean;
}

/** Returns the values that a request's cookies have under a name. */
function cookiesOf({ headers }: Pick<IncomingMessage, 'headers'>, name: string): readonly string[] {
  const pairs = (headers.cookie ?? '').split(/;\s*/);
  return pairs
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
}

/**
 * Makes sessions. A cookie says when its session ends, and proves it: nothing is kept, so that sessions last when the server
 * starts again with the same secret.
 *
 * @param now the time in milliseconds
 */
export function createSessions(secret: string, now: () => number = Date.now): Sessions {
  const tokens = new Map<string, number>();
  const proofOf = (until: string): Buffer =>
    createHmac('sha256', secret).update(`chorus console until ${until}`).digest();
  return {
    token() {
      for (const [token, until] of tokens) if (until < now()) tokens.delete(token);
      const token = randomBytes(32).toString('base64url');
      tokens.set(token, now() + tokenMs);
      return token;
    },
    open(token, path) {
      const before = tokens.get(token);
      tokens.delete(token);
      if (before === undefined || before < now()) return undefined;
      const until = String(now() + sessionMs);
      const proof = proofOf(until).toString('base64url');
      return `${cookieName}=${until}.${proof}; Path=${path}; Max-Age=${sessionMs / 1000}; HttpOnly; SameSite=Strict`;
    },
    isOpen(request) {
      return cookiesOf(request, cookieName).some((cookie) => {
        const [until = '', proof = ''] = cookie.split('.');
        const given = Buffer.from(proof, 'base64url');
        const expected = proofOf(until);
        return (
          given.length === expected.length &&
          timingSafeEqual(given, expected) &&
          Number(until) > now()
        );
      });
    },
  };
}
