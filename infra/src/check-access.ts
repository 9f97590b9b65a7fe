import type { Blueprint, Rate, RouteSpec, StageSpec } from '@chorus/blueprint';
import { functionsOfAccess } from './authorizer.ts';
import { OptionError } from './errors.ts';
import { hasPublicPages } from './pages/public-routes.ts';

/** An origin as browsers write it: no path, no slash at the end; without TLS only from the same machine. */
const origin = /^(?:https:\/\/(?:[a-z0-9-]+\.)+[a-z]+(?::\d+)?|http:\/\/localhost(?::\d+)?)$/;

/** Rate of the whole API where a stage says nothing else. */
export const defaultRate: Rate = { perSecond: 100 };

const nameOf = ({ method, path }: RouteSpec) => `${method} ${path}`;

function problemsOfJwt({ access, jwt }: StageSpec): readonly string[] {
  if (access !== 'jwt')
    return jwt === undefined ? [] : [`jwt: says whose tokens are taken, and access is not 'jwt'`];
  if (jwt === undefined) return [`access 'jwt' needs jwt: the issuer and the audience of tokens`];
  const { issuer, audience } = jwt;
  const url = URL.parse(issuer);
  return [
    ...(url?.protocol === 'https:' && !/[?#\s]/.test(issuer)
      ? []
      : [`jwt.issuer: expected an https address, the tokens' "iss" to the letter, got ${issuer}`]),
    ...(audience.length > 0 && audience.every((each) => /^\S+$/.test(each))
      ? []
      : [
          `jwt.audience: expected the ids of clients, without spaces, got ${JSON.stringify(audience)}`,
        ]),
  ];
}

/** The options that say something of a key, or of pages, where there is none. */
function problemsOfIdle(spec: StageSpec, blueprint: Blueprint): readonly string[] {
  const { access = 'api-key' } = spec;
  const idle = (options: readonly (keyof StageSpec)[], why: string) =>
    options.filter((each) => spec[each] !== undefined).map((each) => `${each}: ${why}`);
  return [
    ...(access === 'api-key'
      ? []
      : idle(['requestsPerMonth'], `is the quota of a key, and access '${access}' has none`)),
    ...(hasPublicPages(blueprint)
      ? []
      : idle(
          ['pageDomain', 'publicRate', 'publicRequestsPerMonth'],
          'is about public pages, and the blueprint has none (publicPages)',
        )),
  ];
}

function problemsOfRates(
  { routeRates = {}, rate = defaultRate }: StageSpec,
  { routes }: Blueprint,
): readonly string[] {
  return Object.entries(routeRates).flatMap(([name, { perSecond }]) => {
    const route = routes.find((each) => nameOf(each) === name);
    if (route === undefined)
      return [`routeRates: ${name} is no route: ${routes.map(nameOf).join(', ')}`];
    if (route.method === 'ANY')
      return [`routeRates: ${name} has any method, and API Gateway holds one method to a rate`];
    return perSecond <= rate.perSecond
      ? []
      : [`routeRates: ${name} has ${perSecond} a second, and the whole API ${rate.perSecond}`];
  });
}

function problemsOfOrigins({ origins = [] }: StageSpec): readonly string[] {
  const wrong = origins.filter((each) => !origin.test(each));
  const twice = origins.filter((each, index) => origins.indexOf(each) !== index);
  return [
    ...wrong.map(
      (each) =>
        `origins: expected origins such as https://shop.example.com, one by one and without a path, got ${each}`,
    ),
    ...twice.map((each) => `origins: ${each} is named twice`),
  ];
}

/**
 * Checks what a stage says of its callers, against each other and the routes that there are.
 *
 * @throws {OptionError} naming the stage and every problem
 */
export function checkAccess(name: string, spec: StageSpec, blueprint: Blueprint): void {
  const own = functionsOfAccess(spec).filter((each) =>
    blueprint.functions.some((other) => other.name === each.name),
  );
  const problems = [
    ...own.map((each) => `access: the service has a function ${each.name} of its own; rename it`),
    ...problemsOfJwt(spec),
    ...problemsOfIdle(spec, blueprint),
    ...problemsOfRates(spec, blueprint),
    ...problemsOfOrigins(spec),
  ];
  if (problems.length > 0) throw new OptionError(`stage ${name}: ${problems.join('; ')}`);
}
