export {
  createRedis,
  type RedisEmulator,
  type RedisOptions,
  type RedisService,
} from './create-redis.ts';
export { type RunningRedis, type RunOptions, startRedis } from './start-redis.ts';
