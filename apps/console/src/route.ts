import { useEffect, useState } from 'preact/hooks';

/** Returns the parts of the view's address: `#/models/churn` is `['models', 'churn']`. */
function partsOf(hash: string): readonly string[] {
  return hash
    .replace(/^#\/?/, '')
    .split('/')
    .filter((part) => part !== '')
    .map(decodeURIComponent);
}

/** Returns the address of a view. */
export function addressOf(...parts: readonly string[]): string {
  return `#/${parts.map(encodeURIComponent).join('/')}`;
}

/** Returns the parts of the address that is shown now. */
export function useRoute(): readonly string[] {
  const [hash, setHash] = useState(window.location.hash);
  useEffect(() => {
    const changed = (): void => setHash(window.location.hash);
    window.addEventListener('hashchange', changed);
    return () => window.removeEventListener('hashchange', changed);
  }, []);
  return partsOf(hash);
}
