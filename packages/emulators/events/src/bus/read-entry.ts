import { fieldsOf } from '@chorus/emulator-aws';
import { listOf, textOf, timeOf } from '../json-body.ts';

/** An entry of PutEvents, whose parts have the right types. */
export interface Entry {
  readonly source?: string;
  readonly detailType?: string;
  readonly detail?: string;
  readonly resources: readonly string[];
  readonly bus?: string;
  /** Epoch milliseconds. */
  readonly time?: number;
}

const members = ['Time', 'Source', 'Resources', 'DetailType', 'Detail', 'EventBusName'];

/** The names that an entry may have, and one that says nothing here. */
export const entryMembers: readonly string[] = [...members, 'TraceHeader'];

/** @throws {AwsApiError} SerializationException for a part of another type */
export function readEntry(value: unknown, index: number): Entry {
  const fields = fieldsOf(`Entries[${index}]`, value);
  const text = (name: string, most?: number): string | undefined =>
    textOf(`entries.${index + 1}.member.${name}`, fields[name], most === undefined ? {} : { most });
  const source = text('Source');
  const detailType = text('DetailType');
  const detail = text('Detail');
  const bus = text('EventBusName', 1600);
  const time = timeOf(`entries.${index + 1}.member.Time`, fields['Time']);
  text('TraceHeader', 500);
  return {
    ...(source !== undefined && { source }),
    ...(detailType !== undefined && { detailType }),
    ...(detail !== undefined && { detail }),
    ...(bus !== undefined && { bus }),
    ...(time !== undefined && { time }),
    resources: listOf('Resources', fields['Resources']).map(
      (each) => textOf('Resources', each) ?? '',
    ),
  };
}

/** Size of an entry in bytes, as AWS counts it. */
export function sizeOf({ source, detailType, detail, resources, time }: Entry): number {
  const texts = [source, detailType, detail, ...resources].filter((each) => each !== undefined);
  const bytes = texts.reduce((sum, each) => sum + Buffer.byteLength(each), 0);
  return bytes + (time === undefined ? 0 : 14);
}
