/** A server's address as it may be shown: without its password. */
export function shown(url: string): string {
  const parsed = URL.parse(url);
  if (parsed === null) return 'an address that is no URL';
  parsed.password = '';
  return parsed.href;
}
