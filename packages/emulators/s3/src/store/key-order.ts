/**
 * Compares keys by their UTF-8 bytes, the order of every S3 listing. JavaScript's `<` compares UTF-16 units, which puts
 * characters beyond U+FFFF (surrogates, 0xD800-0xDFFF) before U+E000-U+FFFF; moving the surrogates up corrects it.
 */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
}

/** Index of the first key for which `isBefore` is false; `keys` are sorted so that it is true, then false. */
export function firstIndex(keys: readonly string[], isBefore: (key: string) => boolean): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(keys[middle] ?? '')) low = middle + 1;
    else high = middle;
  }
  return low;
}
