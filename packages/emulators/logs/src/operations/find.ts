import { noGroup } from '../errors.ts';
import { type GroupFiles, listGroups } from '../streams.ts';

/** @throws {AwsApiError} ResourceNotFoundException */
export async function findGroup(directory: string, name: string): Promise<GroupFiles> {
  const group = (await listGroups(directory)).find((each) => each.name === name);
  if (group === undefined) throw noGroup();
  return group;
}
