import { type FunctionSpec, http, type StageSpec } from '@chorus/blueprint';

/** The function that judges callers' tokens. */
const authorizer: FunctionSpec = http('authorizer', { timeoutSeconds: 10 });

/** Tells whether a function is the one that judges tokens. Its errors are refusals: no fault of the service. */
export function isAuthorizer({ name }: Pick<FunctionSpec, 'name'>): boolean {
  return name === authorizer.name;
}

/** Returns the functions that a stage has by its access, besides those of the blueprint. */
export function functionsOfAccess({ access }: Pick<StageSpec, 'access'>): readonly FunctionSpec[] {
  return access === 'jwt' ? [authorizer] : [];
}

/** Returns the variables that a function has by its stage's access: which tokens it takes, and which origins' pages. */
export function variablesOfAccess(
  spec: Pick<FunctionSpec, 'name' | 'kind'>,
  { access, jwt, origins = [] }: StageSpec,
): readonly (readonly [name: string, value: string])[] {
  if (isAuthorizer(spec))
    return access === 'jwt' && jwt !== undefined
      ? [
          ['JWT_ISSUER', jwt.issuer],
          ['JWT_AUDIENCE', jwt.audience.join(' ')],
        ]
      : [];
  return spec.kind === 'http' && origins.length > 0 ? [['ALLOWED_ORIGINS', origins.join(' ')]] : [];
}
