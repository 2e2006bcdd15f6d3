/**
 * Checks what came over the wire and gives it a type. What is missing or of another kind fails with its place;
 * what is not known is dropped, so that a newer server may say more.
 */
export type Shape<T> = (value: unknown, at: string) => T;
export type Of<S> = S extends Shape<infer T> ? T : never;

export class ShapeError extends Error {}

function fail(at: string, wanted: string, value: unknown): never {
  throw new ShapeError(`${at} should be ${wanted} but is ${value === undefined ? 'absent' : JSON.stringify(value)}`);
}

export const text: Shape<string> = (value, at) => (typeof value === 'string' ? value : fail(at, 'a text', value));

export const integer: Shape<number> = (value, at) =>
  typeof value === 'number' && Number.isInteger(value) ? value : fail(at, 'a whole number', value);

export const truth: Shape<boolean> = (value, at) => (typeof value === 'boolean' ? value : fail(at, 'true or false', value));

export const moment: Shape<string> = (value, at) =>
  typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? value : fail(at, 'a moment', value);

export const anything: Shape<unknown> = (value) => value;

export function oneOf<const T extends string>(...values: readonly T[]): Shape<T> {
  return (value, at) => values.find((known) => known === value) ?? fail(at, `one of ${values.join(', ')}`, value);
}

export function orNull<T>(shape: Shape<T>): Shape<T | null> {
  return (value, at) => (value === null ? null : shape(value, at));
}

export function list<T>(shape: Shape<T>): Shape<T[]> {
  return (value, at) => (Array.isArray(value) ? value.map((item, index) => shape(item, `${at}[${index}]`)) : fail(at, 'a list', value));
}

export function record<T extends object>(fields: { readonly [K in keyof T]: Shape<T[K]> }): Shape<T> {
  return (value, at) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) fail(at, 'an object', value);
    const given = value as Record<string, unknown>;
    const names = Object.keys(fields) as (keyof T & string)[];
    return Object.fromEntries(names.map((name) => [name, fields[name](given[name], `${at}.${name}`)])) as T;
  };
}
