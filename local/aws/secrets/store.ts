import { randomUUID } from 'node:crypto';
import { secretArn } from '../arn.ts';
import { AwsError } from '../errors.ts';
import type { Journaled } from '../journal.ts';
import type { Commit } from '../service.ts';
import type { Estate, SecretDeclaration } from '../types.ts';
import { generateSecretString } from './generate.ts';

/** One version of a secret. Both values are absent while a rotation has only announced it. */
export interface Version {
  readonly id: string;
  readonly text?: string;
  /** Base64. */
  readonly binary?: string;
  readonly stages: readonly string[];
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/** A secret with all its versions, newest last. */
export interface Secret {
  readonly name: string;
  readonly arn: string;
  readonly description?: string;
  readonly rotationEnabled: boolean;
  readonly createdAt: number;
  readonly changedAt: number;
  readonly versions: readonly Version[];
}

/** Versions without a stage that are kept, as AWS keeps about a hundred. */
const MAX_DEPRECATED = 100;

/** All secrets by name. */
export class SecretStore implements Journaled {
  private readonly byName = new Map<string, Secret>();
  private readonly commit: Commit;
  private readonly estate: Estate;

  constructor(estate: Estate, commit: Commit) {
    this.estate = estate;
    this.commit = commit;
  }

  /** Makes a secret with its first value, or updates what is declared about a present one; values are never replaced. */
  declare(declaration: SecretDeclaration): void {
    const { name, generateSecretString: spec, secretString, rotationEnabled = false } = declaration;
    const arn = declaration.arn ?? secretArn(this.estate, name);
    const present = this.byName.get(name);
    if (present) {
      if (present.arn !== arn || present.rotationEnabled !== rotationEnabled) this.save({ ...present, arn, rotationEnabled });
      return;
    }
    const text = spec ? generateSecretString(spec) : secretString;
    this.create(name, { arn, rotationEnabled, ...(text !== undefined && { first: { id: randomUUID(), text } }) });
  }

  /** Makes a secret. */
  create(
    name: string,
    options: { arn?: string; description?: string; rotationEnabled?: boolean; first?: { id: string; text?: string; binary?: string } },
  ): Secret {
    const at = this.estate.now();
    const { arn = secretArn(this.estate, name), description, rotationEnabled = false, first } = options;
    const versions = first ? [{ ...first, stages: ['AWSCURRENT'], createdAt: at }] : [];
    return this.save({ name, arn, ...(description !== undefined && { description }), rotationEnabled, createdAt: at, changedAt: at, versions });
  }

  /** Whether a name is taken. */
  has(name: string): boolean {
    return this.byName.has(name);
  }

  /** A secret by name, ARN, or ARN without its random suffix. @throws ResourceNotFoundException */
  find(id: string): Secret {
    const found = this.byName.get(id) ?? [...this.byName.values()].find(({ arn }) => arn === id || arn.replace(/-[^-]{6}$/, '') === id);
    if (!found) throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    return found;
  }

  /** Stores a changed secret. */
  save(secret: Secret): Secret {
    const spare = new Set(secret.versions.filter((version) => version.stages.length === 0).slice(0, -MAX_DEPRECATED));
    const versions = secret.versions.filter((version) => !spare.has(version));
    this.commit({ ...secret, versions } satisfies Secret);
    return secret;
  }

  apply(secret: Secret): void {
    this.byName.set(secret.name, secret);
  }

  dump(): Iterable<Secret> {
    return this.byName.values();
  }
}
