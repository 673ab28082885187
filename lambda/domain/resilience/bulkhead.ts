/**
 * Bounds the calls to one dependency that are under way, without a queue: who finds it full is refused at once. A call that was given up
 * keeps its place until it really ends, so that a dependency which hangs cannot collect sockets and memory.
 */
export class Bulkhead {
  private readonly places: number;
  private taken = 0;

  /** @param places calls at once, at least 1 */
  constructor(places: number) {
    this.places = places;
  }

  /** Calls under way. */
  get busy(): number {
    return this.taken;
  }

  /** Takes a place; undefined when all are taken. What is returned leaves it, however often it is called. */
  enter(): (() => void) | undefined {
    if (this.taken >= this.places) return undefined;
    this.taken += 1;
    let inside = true;
    return () => {
      if (inside) this.taken -= 1;
      inside = false;
    };
  }
}
