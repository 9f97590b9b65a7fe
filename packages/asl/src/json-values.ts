/** Tells whether two JSON values are the same, whatever the order of their fields. */
export function jsonEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || !left || !right) return false;
  if (Array.isArray(left) || Array.isArray(right)) {
    return (
      Array.isArray(left) &&
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((item, index) => jsonEqual(item, right[index]))
    );
  }
  const fields = Object.entries(left);
  return (
    fields.length === Object.keys(right).length &&
    fields.every(
      ([key, item]) =>
        Object.hasOwn(right, key) && jsonEqual(item, (right as Record<string, unknown>)[key]),
    )
  );
}

/** Tells whether a JSON value is an object: neither an array nor null. */
export function isJsonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
