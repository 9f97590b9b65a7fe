import { wordOf } from '../arguments.ts';
import { type Reply, ReplyError, text } from '../replies.ts';
import type { Call, CommandTable } from './command.ts';

const slots = 16_384;
const nodeId = '0'.repeat(40);

/** Returns a cluster of one node that has every slot, which is what a cluster client wants to hear. */
function cluster({ session: { host, port }, given: [command] }: Call): Reply {
  switch (wordOf(command)) {
    case 'SLOTS':
      return [[0, slots - 1, [text(host), port, text(nodeId), []]]];
    case 'SHARDS': {
      const node = new Map<string, Reply>([
        ['id', text(nodeId)],
        ['port', port],
        ['ip', text(host)],
        ['endpoint', text(host)],
        ['role', text('master')],
        ['replication-offset', 0],
        ['health', text('online')],
      ]);
      return [
        new Map<string, Reply>([
          ['slots', [0, slots - 1]],
          ['nodes', [node]],
        ]),
      ];
    }
    case 'NODES':
      return text(`${nodeId} ${host}:${port}@0 myself,master - 0 0 1 connected 0-${slots - 1}\n`);
    case 'INFO':
      return text(
        `cluster_enabled:1\r\ncluster_state:ok\r\ncluster_slots_assigned:${slots}\r\ncluster_slots_ok:${slots}\r\ncluster_known_nodes:1\r\ncluster_size:1\r\n`,
      );
    case 'MYID':
      return text(nodeId);
    default:
      throw new ReplyError(`ERR unknown subcommand '${command}'. Try CLUSTER HELP.`);
  }
}

export const clusters: CommandTable = { cluster: { arity: -2, run: cluster } };
