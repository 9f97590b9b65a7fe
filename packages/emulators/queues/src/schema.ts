/**
 * The tables of all queues and topics. A message is one row until it is deleted: when it can be received is a time in the row, so
 * nothing has to be moved when a delay or a visibility timeout ends, and a restart finds everything as it was.
 */
export const schema = `
  CREATE TABLE IF NOT EXISTS queues (
    name TEXT PRIMARY KEY, attributes TEXT NOT NULL, created INTEGER NOT NULL, modified INTEGER NOT NULL
  );
  CREATE TABLE IF NOT EXISTS messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, message_id TEXT NOT NULL, body TEXT NOT NULL,
    attributes TEXT, trace TEXT, group_id TEXT, deduplication_id TEXT, source TEXT,
    sent INTEGER NOT NULL, visible INTEGER NOT NULL,
    receipt TEXT, receives INTEGER NOT NULL, first_received INTEGER
  );
  CREATE INDEX IF NOT EXISTS messages_by_time ON messages (queue, visible);
  CREATE INDEX IF NOT EXISTS messages_by_order ON messages (queue, id);
  CREATE INDEX IF NOT EXISTS messages_by_receipts ON messages (queue, receives) WHERE receives > 0;
  CREATE INDEX IF NOT EXISTS messages_by_age ON messages (queue, sent);
  CREATE TABLE IF NOT EXISTS deduplications (
    queue TEXT, id TEXT, message_id TEXT NOT NULL, sequence INTEGER NOT NULL, until INTEGER NOT NULL,
    PRIMARY KEY (queue, id)
  );
  CREATE INDEX IF NOT EXISTS deduplications_by_end ON deduplications (until);
  CREATE TABLE IF NOT EXISTS topics (arn TEXT PRIMARY KEY, attributes TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS subscriptions (
    arn TEXT PRIMARY KEY, topic TEXT NOT NULL, queue TEXT NOT NULL, attributes TEXT NOT NULL, UNIQUE (topic, queue)
  );
`;
