import { randomBytes } from 'node:crypto';
import { aliasArn, keyArn } from '../arn.ts';
import { AwsError } from '../errors.ts';
import type { Journaled } from '../journal.ts';
import type { Commit } from '../service.ts';
import type { Estate, KeyDeclaration } from '../types.ts';

/** A key's state, as DescribeKey reports it. */
export type KeyState = 'Enabled' | 'Disabled' | 'PendingDeletion';

/** A KMS key. */
export interface MasterKey {
  readonly id: string;
  /** 32 random bytes, base64. */
  readonly material: string;
  readonly state: KeyState;
  /** `enabled` of the last declaration, so that only a changed one changes the state. */
  readonly declared: boolean;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly description: string;
  /** Epoch milliseconds; only while deletion is pending. */
  readonly deletionAt?: number;
}

type Line = { readonly k: 'key'; readonly v: MasterKey } | { readonly k: 'alias'; readonly a: string; readonly id: string };
const KEY_BYTES = 32;

/** All keys and aliases. */
export class KeyStore implements Journaled {
  private readonly keys = new Map<string, MasterKey>();
  private readonly aliases = new Map<string, string>();
  private readonly commit: Commit;
  private readonly estate: Estate;

  constructor(estate: Estate, commit: Commit) {
    this.estate = estate;
    this.commit = commit;
  }

  /** Makes a key with new material, or updates alias and enablement of a present one. */
  declare({ keyId, alias, enabled = true }: KeyDeclaration): void {
    const present = this.keys.get(keyId);
    if (!present) this.create(keyId, '', enabled);
    else if (present.declared !== enabled) {
      this.save({ ...present, declared: enabled, state: present.state === 'PendingDeletion' ? present.state : stateFor(enabled) });
    }
    if (alias !== undefined && this.aliases.get(alias) !== keyId) this.alias(alias, keyId);
  }

  /** Makes a key. */
  create(id: string, description: string, enabled = true): MasterKey {
    const material = randomBytes(KEY_BYTES).toString('base64');
    return this.save({ id, material, state: stateFor(enabled), declared: enabled, createdAt: this.estate.now(), description });
  }

  /** Points an alias at a key. */
  alias(alias: string, id: string): void {
    this.commit({ k: 'alias', a: alias, id } satisfies Line);
  }

  /** Whether an alias exists. */
  hasAlias(alias: string): boolean {
    return this.aliases.has(alias);
  }

  /** Stores a changed key. */
  save(key: MasterKey): MasterKey {
    this.commit({ k: 'key', v: key } satisfies Line);
    return key;
  }

  /** A key by id, ARN, alias or alias ARN. @throws NotFoundException */
  find(name: string): MasterKey {
    const local = name.replace(/^arn:[^:]*:kms:[^:]*:[^:]*:/, '').replace(/^key\//, '');
    const isAlias = local.startsWith('alias/');
    const key = this.keys.get(isAlias ? (this.aliases.get(local) ?? '') : local);
    // A key whose waiting time is over is gone.
    if (key && (key.deletionAt ?? Number.POSITIVE_INFINITY) > this.estate.now()) return key;
    throw new AwsError(
      'NotFoundException',
      isAlias ? `Alias ${aliasArn(this.estate, local)} is not found.` : `Key '${keyArn(this.estate, local)}' does not exist`,
    );
  }

  /** A key that may be used. @throws NotFoundException, DisabledException, KMSInvalidStateException */
  usable(name: string): MasterKey {
    const key = this.find(name);
    const arn = keyArn(this.estate, key.id);
    if (key.state === 'Disabled') throw new AwsError('DisabledException', `${arn} is disabled.`);
    if (key.state === 'PendingDeletion') throw new AwsError('KMSInvalidStateException', `${arn} is pending deletion.`);
    return key;
  }

  apply(line: Line): void {
    if (line.k === 'key') this.keys.set(line.v.id, line.v);
    else this.aliases.set(line.a, line.id);
  }

  *dump(): Iterable<Line> {
    for (const key of this.keys.values()) yield { k: 'key', v: key };
    for (const [a, id] of this.aliases) yield { k: 'alias', a, id };
  }
}

const stateFor = (enabled: boolean): KeyState => (enabled ? 'Enabled' : 'Disabled');
