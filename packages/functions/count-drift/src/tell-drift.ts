import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { type DriftDetail, driftEvent } from '@chorus/blueprint';
import { UnavailableError } from '@chorus/protocol';

/** Tells that a model has begun to drift. @throws {UnavailableError} if the bus did not take the event */
export type TellDrift = (drift: DriftDetail) => Promise<void>;

/** Longest list of columns in an event, in characters of JSON: a rule's target takes 256 KB. */
const longestColumns = 100_000;

/** Returns what puts events on the bus of verdicts. */
export function tellOn(bus: string): TellDrift {
  const client = new EventBridgeClient({});
  return async (drift) => {
    const columns = [...drift.columns];
    while (JSON.stringify(columns).length > longestColumns) columns.length >>= 1;
    const { FailedEntryCount, Entries: [entry] = [] } = await client.send(
      new PutEventsCommand({
        Entries: [
          {
            EventBusName: bus,
            Source: driftEvent.source,
            DetailType: driftEvent.detailType,
            Detail: JSON.stringify({ ...drift, columns }),
          },
        ],
      }),
    );
    if (FailedEntryCount !== 0)
      throw new UnavailableError(`the bus ${bus} did not take an event: ${entry?.ErrorCode}`);
  };
}
