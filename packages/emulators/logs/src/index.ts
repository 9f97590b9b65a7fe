export { createLogs, type LogsEmulator } from './create-logs.ts';
export type { LogsService } from './service.ts';
