export type {
  Architecture,
  Canary,
  DomainSpec,
  FunctionSize,
  JwtSpec,
  Rate,
  Repository,
  StageSpec,
} from '@chorus/blueprint';
