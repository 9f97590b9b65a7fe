import type { LocalFunction, SavedFunctions } from '@chorus/emulator-lambda';

/**
 * Drops functions that were created while an earlier start ran, through the Lambda API, and that the blueprint does not
 * name: no later start could say what they are. What the blueprint once named is kept, since it may name it again.
 *
 * @param report called with a line for each
 * @throws {LocalCloudError} if the file of functions cannot be written
 */
export async function forgetUnknown(
  state: SavedFunctions,
  functions: readonly LocalFunction[],
  report: (line: string) => void = () => {},
): Promise<void> {
  for (const [name, { image }] of Object.entries(state.saved)) {
    if (image === undefined || functions.some((each) => each.name === name)) continue;
    await state.remove(name);
    report(
      `Dropped the function ${name}: it was created from ${image} during an earlier start, and the blueprint does not name it.`,
    );
  }
}
