import { ask } from './request.ts';

/** Exchanges the token in the URL, if it has one, for a session, and takes it out of the URL and the history. */
export async function openSession(): Promise<void> {
  const { search, pathname, hash } = window.location;
  const token = new URLSearchParams(search).get('token');
  if (token === null) return;
  window.history.replaceState(null, '', `${pathname}${hash}`);
  await ask('POST', 'session', { token });
}
