/** Tells whether a state, or one in a branch of it, goes on with the state of this name. */
export function leadsTo(states: unknown, name: string): boolean {
  if (typeof states !== 'object' || states === null) return false;
  return Object.entries(states).some(
    ([key, value]) =>
      ((key === 'Next' || key === 'Default') && value === name) || leadsTo(value, name),
  );
}
