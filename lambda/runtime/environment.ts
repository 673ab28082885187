/** Environment variables by name. Only `compose.ts` reads the process's own. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Value of a variable; undefined when it is unset or empty. */
export function optional(variables: Variables, name: string): string | undefined {
  const value = variables[name];
  return value === '' ? undefined : value;
}

/** Value of a variable. @throws Error that names it when it is unset or empty */
export function required(variables: Variables, name: string): string {
  const value = optional(variables, name);
  if (value === undefined) throw new Error(`The environment variable ${name} is not set. A construct's grant sets it: see lambda/contracts/env.ts.`);
  return value;
}

/** JSON of a variable, for the caller to give a type: it was written from typed config at synthesis. @throws Error that names the variable */
export function requiredJson(variables: Variables, name: string): ReturnType<typeof JSON.parse> {
  const text = required(variables, name);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`The environment variable ${name} holds no valid JSON.`, { cause: error });
  }
}
