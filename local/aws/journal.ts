import { closeSync, existsSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, readdirSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from './errors.ts';
import { isObject } from './fields.ts';

/** State that is rebuilt from the journal: replay and live calls go through the same `apply`. */
export interface Journaled {
  /** Changes the state by one committed record. Must not fail for a record that was committed. */
  apply(record: unknown): void;
  /** Records that rebuild the present state from nothing. */
  dump(): Iterable<unknown>;
}

const SNAPSHOT = 'snapshot.ndjson';
const journalName = (generation: number): string => `journal-${generation}.ndjson`;
/** Bytes gathered before a snapshot write; larger gains nothing measurable. */
const CHUNK = 1 << 20;

/**
 * Append-only journal with one line per committed mutation, and a snapshot that replaces it at each start.
 * A line is handed to the operating system before the mutation is answered, so a killed process loses nothing
 * that it acknowledged. (A power cut may: lines are not fsynced one by one.)
 */
export class Journal {
  private readonly parts: ReadonlyMap<string, Journaled>;
  private file: number | undefined;
  private length = 0;
  private broken: string | undefined;

  private constructor(parts: ReadonlyMap<string, Journaled>) {
    this.parts = parts;
  }

  /**
   * Loads what `dataDir` holds into the parts, compacts it and opens a fresh journal.
   * @param dataDir folder, made if missing; undefined keeps everything in memory
   * @throws Error when a line before the last is damaged, naming file and line
   */
  static open(dataDir: string | undefined, parts: ReadonlyMap<string, Journaled>): Journal {
    const journal = new Journal(parts);
    if (dataDir === undefined) return journal;
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const generation = journal.load(dataDir) + 1;
    journal.compact(dataDir, generation);
    journal.file = openSync(join(dataDir, journalName(generation)), 'w', 0o600);
    // Older journals are in the snapshot now; a crash before this line leaves one that the next start removes.
    for (const name of readdirSync(dataDir)) {
      if (/^journal-\d+\.ndjson$/.test(name) && name !== journalName(generation)) rmSync(join(dataDir, name));
    }
    return journal;
  }

  /**
   * Writes one mutation and applies it. When this returns, a SIGKILL cannot undo it.
   * @throws Error when the disk refuses; the state is then unchanged
   */
  commit(part: string, record: unknown): void {
    if (this.broken !== undefined) throw new Error(`The journal cannot be written: ${this.broken}.`);
    if (this.file !== undefined) this.append(this.file, `${JSON.stringify([part, record])}\n`);
    this.part(part).apply(record);
  }

  /** Closes the file. Later commits fail. */
  close(): void {
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
    this.broken = 'the endpoint is closed';
  }

  private append(file: number, line: string): void {
    try {
      this.length += writeAll(file, line);
    } catch (error) {
      this.undoTornWrite(file);
      throw new Error(`The journal cannot be written: ${messageOf(error)}.`, { cause: error });
    }
  }

  /** Half a line in the middle would make the file unreadable: cut it off, or refuse all that follows. */
  private undoTornWrite(file: number): void {
    try {
      ftruncateSync(file, this.length);
    } catch (error) {
      this.broken = messageOf(error);
    }
  }

  private part(name: string): Journaled {
    const part = this.parts.get(name);
    if (!part) throw new Error(`The data directory holds records of '${name}', which this version does not know.`);
    return part;
  }

  private replay(line: unknown): void {
    if (!Array.isArray(line)) throw new Error('The data directory holds a line that is no record.');
    this.part(String(line[0])).apply(line[1]);
  }

  private load(dataDir: string): number {
    const snapshot = join(dataDir, SNAPSHOT);
    const lines = existsSync(snapshot) ? readLines(snapshot) : [];
    let generation = 0;
    for (const line of lines) {
      if (isObject(line)) generation = Number(line['generation']);
      else this.replay(line);
    }
    const path = join(dataDir, journalName(generation));
    if (!existsSync(path)) return generation;
    for (const line of readLines(path)) this.replay(line);
    return generation;
  }

  private compact(dataDir: string, generation: number): void {
    const temporary = join(dataDir, `${SNAPSHOT}.tmp`);
    const file = openSync(temporary, 'w', 0o600);
    let pending = `${JSON.stringify({ generation })}\n`;
    for (const [name, part] of this.parts) {
      for (const record of part.dump()) {
        pending += `${JSON.stringify([name, record])}\n`;
        if (pending.length > CHUNK) {
          writeAll(file, pending);
          pending = '';
        }
      }
    }
    writeAll(file, pending);
    fsyncSync(file);
    closeSync(file);
    renameSync(temporary, join(dataDir, SNAPSHOT));
  }
}

/** A write may take fewer bytes than asked for; the rest must follow. */
function writeAll(file: number, text: string): number {
  const bytes = Buffer.from(text, 'utf8');
  let written = 0;
  while (written < bytes.length) written += writeSync(file, bytes, written);
  return bytes.length;
}

function readLines(path: string): unknown[] {
  const text = readFileSync(path, 'utf8');
  const lines = text.split('\n');
  // A committed line ends with a line feed: what follows the last one was never acknowledged.
  lines.pop();
  return lines.map((line, index) => {
    try {
      return JSON.parse(line) as unknown;
    } catch (error) {
      throw new Error(`${path}, line ${index + 1} is damaged (${messageOf(error)}). Restore the folder from a copy, or delete it to start empty.`, { cause: error });
    }
  });
}
