import { type Place, pathText } from './journal.ts';

/**
 * Returns the places that a redriven execution starts from: graphs that have not succeeded go on with the state that they
 * failed in, or were aborted in, its retries counted anew (developer guide: "Redriving executions"). A Parallel or a Map whose
 * branches all succeeded, and which failed by itself, runs all of them again.
 *
 * @param redriven the id of the event that tells of the redrive
 */
export function redrivenPlaces(
  places: ReadonlyMap<string, Place>,
  redriven: number,
): ReadonlyMap<string, Place> {
  const again = new Map<string, Place>();
  const forgotten: string[] = [];
  for (const [path, place] of places) {
    if (place.end && 'output' in place.end) {
      again.set(path, place);
      continue;
    }
    const prefix = `${path === '' ? '' : `${path},`}${pathText([place.state])},`;
    const inside = [...places].filter(([inner]) => inner.startsWith(prefix));
    const isOwnFailure =
      place.end !== undefined && inside.every(([, { end }]) => end && 'output' in end);
    if (isOwnFailure) forgotten.push(prefix);
    const { state, input, variables, entered } = place;
    again.set(path, {
      state,
      input,
      variables,
      previous: redriven,
      kept: inside.length > 0 && !isOwnFailure ? place.kept : keptRun(place),
      // "Reenters the Fail state", says the guide of this type only.
      ...(entered && entered.type !== 'Fail' && { entered }),
    });
  }
  for (const path of again.keys())
    if (forgotten.some((prefix) => path.startsWith(prefix))) again.delete(path);
  return again;
}

/** A distributed Map goes on with its Map Run: the children that have succeeded are not run again. */
function keptRun({ kept }: Place): Place['kept'] {
  const { mapRun } = kept;
  return mapRun === undefined ? {} : { mapRun };
}
