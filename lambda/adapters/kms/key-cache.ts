/** Options of a {@link KeyCache}. */
export interface KeyCacheOptions {
  /** Entries kept; the one used longest ago goes first. */
  readonly limit: number;
  /** Milliseconds that an entry is kept, from when it was made. */
  readonly milliseconds: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const EVERY_MILLISECONDS = 1_000;

/** Bounded cache of values that take a call to make. Callers at the same time share one call; failures are not kept. */
export class KeyCache<T> {
  private readonly entries = new Map<string, { readonly value: Promise<T>; readonly until: number }>();
  private readonly options: KeyCacheOptions;
  private nextEviction = 0;

  constructor(options: KeyCacheOptions) {
    this.options = options;
  }

  /** The value of a key, made by `make` when there is none. @throws what `make` throws */
  get(key: string, make: () => Promise<T>): Promise<T> {
    const now = this.options.now();
    const found = this.entries.get(key);
    this.entries.delete(key);
    const entry = found !== undefined && found.until > now ? found : { value: make(), until: now + this.options.milliseconds };
    // Inserted last again: the map's order is the order of use.
    this.entries.set(key, entry);
    if (entry !== found) entry.value.catch(() => this.forget(key, entry.value));
    if (this.entries.size > this.options.limit || now >= this.nextEviction) this.evict(now);
    return entry.value;
  }

  private forget(key: string, value: Promise<T>): void {
    if (this.entries.get(key)?.value === value) this.entries.delete(key);
  }

  /** Looks at every entry: not at each use. What has expired is never given out, and forgotten within a second of the next use. */
  private evict(now: number): void {
    this.nextEviction = now + EVERY_MILLISECONDS;
    for (const [key, entry] of this.entries) {
      if (this.entries.size > this.options.limit || entry.until <= now) this.entries.delete(key);
    }
  }
}
