import { StatesApiError } from './errors.ts';

/** @throws {StatesApiError} InvalidName */
export function checkName(name: string | undefined): void {
  if (name !== undefined && !/^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]+$/u.test(name))
    throw new StatesApiError('InvalidName', `Invalid Name: '${name}'`);
}
