import { memberOf, type Value } from '../template/value.ts';

/** Where each kind of FSx says how long it keeps automatic backups. */
const KINDS = ['WindowsConfiguration', 'OntapConfiguration', 'OpenZFSConfiguration', 'LustreConfiguration'];

/** Property with the days that a file system of FSx keeps automatic backups; undefined when nothing of its kind is set, which then decides. @param all its properties */
export function fsxBackups(all: Value): string | undefined {
  const kind = KINDS.find((each) => memberOf(all, each).kind !== 'absent');
  return kind === undefined ? undefined : `${kind}.AutomaticBackupRetentionDays`;
}
