import { randomUUID } from 'node:crypto';
import { queueArn } from '../arn.ts';
import type { Journaled } from '../journal.ts';
import type { Commit } from '../service.ts';
import type { Estate, QueueDeclaration } from '../types.ts';

/** A message attribute as on the wire. */
export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  /** Base64. */
  readonly BinaryValue?: string;
}

/** A message as it lies in its queue. Times are epoch milliseconds. */
export interface Message {
  readonly id: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, MessageAttribute>>;
  readonly senderId: string;
  readonly sentAt: number;
  /** From then on it can be received. */
  readonly visibleAt: number;
  readonly receiveCount: number;
  readonly firstReceivedAt?: number;
  /** ARN of the queue that gave up on it. */
  readonly deadLetterSource?: string;
}

/** A queue and its messages, oldest first. */
export interface Queue {
  readonly declaration: QueueDeclaration;
  readonly createdAt: number;
  readonly messages: Map<string, Message>;
}

type Line =
  | { readonly k: 'queue'; readonly d: QueueDeclaration; readonly at: number }
  | { readonly k: 'drop'; readonly q: string }
  /** Puts or replaces messages. */
  | { readonly k: 'put'; readonly q: string; readonly m: readonly Message[] }
  | { readonly k: 'delete'; readonly q: string; readonly ids: readonly string[] }
  /** To the dead-letter queue. */
  | { readonly k: 'move'; readonly q: string; readonly to: string; readonly m: readonly Message[] };

/** AWS's defaults. */
const DEFAULT_VISIBILITY_SECONDS = 30;
const DEFAULT_RETENTION_SECONDS = 345_600;

/** All queues. */
export class QueueStore implements Journaled {
  private readonly byName = new Map<string, Queue>();
  private readonly listeners = new Map<string, Set<() => void>>();
  private readonly commit: Commit;
  private readonly estate: Estate;

  constructor(estate: Estate, commit: Commit) {
    this.estate = estate;
    this.commit = commit;
  }

  /** Makes a queue or updates its settings; messages stay. */
  declare(declaration: QueueDeclaration): void {
    const present = this.byName.get(declaration.queueName);
    if (present && JSON.stringify(present.declaration) === JSON.stringify(declaration)) return;
    this.commit({ k: 'queue', d: declaration, at: this.estate.now() } satisfies Line);
  }

  /** Deletes a queue and its messages. */
  drop(name: string): void {
    this.commit({ k: 'drop', q: name } satisfies Line);
  }

  /** A queue by name. */
  get(name: string): Queue | undefined {
    return this.byName.get(name);
  }

  /** All queues. */
  all(): readonly Queue[] {
    return [...this.byName.values()];
  }

  /** Adds messages. */
  send(queue: Queue, messages: readonly { readonly body: string; readonly attributes: Message['attributes']; readonly delaySeconds: number }[], senderId: string): readonly Message[] {
    const at = this.estate.now();
    const made = messages.map(({ body, attributes, delaySeconds }) => ({
      id: randomUUID(),
      body,
      attributes,
      senderId,
      sentAt: at,
      visibleAt: at + delaySeconds * 1000,
      receiveCount: 0,
    }));
    this.commit({ k: 'put', q: queue.declaration.queueName, m: made } satisfies Line);
    this.announce(queue.declaration.queueName);
    return made;
  }

  /** Takes up to `max` visible messages and hides them. Messages received too often go to the dead-letter queue. */
  receive(queue: Queue, max: number, visibilitySeconds?: number): readonly Message[] {
    const { queueName, dlqName, maxReceiveCount, retentionSeconds = DEFAULT_RETENTION_SECONDS, visibilityTimeoutSeconds = DEFAULT_VISIBILITY_SECONDS } = queue.declaration;
    const at = this.estate.now();
    const taken: Message[] = [];
    const dead: Message[] = [];
    const old: string[] = [];
    for (const message of queue.messages.values()) {
      if (taken.length >= max) break;
      if (message.sentAt + retentionSeconds * 1000 <= at) old.push(message.id);
      else if (message.visibleAt <= at) {
        const tooOften = maxReceiveCount !== undefined && message.receiveCount >= maxReceiveCount && this.byName.has(dlqName ?? '');
        (tooOften ? dead : taken).push(message);
      }
    }
    if (old.length > 0) this.remove(queue, old);
    if (dead.length > 0 && dlqName !== undefined) this.bury(queueName, dlqName, dead);
    if (taken.length === 0) return [];
    const visibleAt = at + (visibilitySeconds ?? visibilityTimeoutSeconds) * 1000;
    const hidden = taken.map((message) => received(message, at, visibleAt));
    this.commit({ k: 'put', q: queueName, m: hidden } satisfies Line);
    return hidden;
  }

  /** Deletes messages; unknown ids are no error. */
  remove(queue: Queue, ids: readonly string[]): void {
    const present = ids.filter((id) => queue.messages.has(id));
    if (present.length > 0) this.commit({ k: 'delete', q: queue.declaration.queueName, ids: present } satisfies Line);
  }

  /** Changes when a message can be received again. */
  hideUntil(queue: Queue, message: Message, visibleAt: number): void {
    this.commit({ k: 'put', q: queue.declaration.queueName, m: [{ ...message, visibleAt }] } satisfies Line);
    this.announce(queue.declaration.queueName);
  }

  /** Calls back when messages may have become visible by a call. Returns the way to stop. */
  onChange(name: string, listener: () => void): () => void {
    const listeners = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  apply(line: Line): void {
    if (line.k === 'queue') {
      const present = this.byName.get(line.d.queueName);
      this.byName.set(line.d.queueName, { declaration: line.d, createdAt: present?.createdAt ?? line.at, messages: present?.messages ?? new Map() });
    } else if (line.k === 'drop') this.byName.delete(line.q);
    else if (line.k === 'delete') for (const id of line.ids) this.byName.get(line.q)?.messages.delete(id);
    else {
      const messages = this.byName.get(line.k === 'move' ? line.to : line.q)?.messages;
      for (const message of line.m) {
        if (line.k === 'move') this.byName.get(line.q)?.messages.delete(message.id);
        messages?.set(message.id, message);
      }
    }
  }

  *dump(): Iterable<Line> {
    for (const { declaration, createdAt, messages } of this.byName.values()) {
      yield { k: 'queue', d: declaration, at: createdAt };
      for (const message of messages.values()) yield { k: 'put', q: declaration.queueName, m: [message] };
    }
  }

  private bury(name: string, to: string, dead: readonly Message[]): void {
    const deadLetterSource = queueArn(this.estate, name);
    const moved = dead.map(({ firstReceivedAt: _first, ...message }) => ({ ...message, receiveCount: 0, visibleAt: this.estate.now(), deadLetterSource }));
    this.commit({ k: 'move', q: name, to, m: moved } satisfies Line);
    this.announce(to);
  }

  private announce(name: string): void {
    for (const listener of this.listeners.get(name) ?? []) listener();
  }
}

const received = (message: Message, at: number, visibleAt: number): Message => ({
  ...message,
  visibleAt,
  receiveCount: message.receiveCount + 1,
  firstReceivedAt: message.firstReceivedAt ?? at,
});
