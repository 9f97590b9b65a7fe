import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { UnavailableError } from '@chorus/protocol';
import type { Done, Failed } from './prediction.ts';

/** The end of a request, as it is told. */
export type Ended = Pick<Done | Failed, 'id' | 'workflow' | 'status' | 'statusCode' | 'replays'> & {
  /** The URL that is told of it, or that there is one. */
  readonly webhook?: string | true;
};

/** Where the ends of requests are told of. */
export interface Announcements {
  /**
   * Tells that a request has ended: its id, its workflow, how, and whether it has a webhook, and nothing of what was asked or answered.
   * One that is told of again because it is not known whether it was is another event with the same id.
   *
   * @throws {UnavailableError} if the bus did not take the event
   */
  tell(ended: Ended): Promise<void>;
}

/** By what rules find the events. */
const source = 'chorus.predictions';
const detailType = 'Prediction ended';

/** Opens the bus of the ends of requests. */
export function openAnnouncements(
  bus: string,
  client: EventBridgeClient = new EventBridgeClient({}),
): Announcements {
  return {
    async tell({ id, workflow, status, statusCode, replays, webhook }) {
      const command = new PutEventsCommand({
        Entries: [
          {
            EventBusName: bus,
            Source: source,
            DetailType: detailType,
            Detail: JSON.stringify({
              ...{ id, workflow, status, statusCode, replays },
              ...(webhook !== undefined && { webhook: true }),
            }),
          },
        ],
      });
      const { FailedEntryCount, Entries: [entry] = [] } = await client.send(command);
      if (FailedEntryCount !== 0)
        throw new UnavailableError(`the bus ${bus} did not take an event: ${entry?.ErrorCode}`);
    },
  };
}
