import { Construct } from 'constructs';
import { acceptRisk } from '../compliance/index.ts';
import type { Grantee } from '../runtime/index.ts';
import { DutyRole } from './duty-role.ts';

/** A store of personal data, as far as requests of data subjects concern it. */
export interface PersonalStore {
  /** Allows what erasing a subject takes. */
  grantErase(role: Grantee): void;
  /** Allows what handing a subject their data takes. */
  grantExport(role: Grantee): void;
}

/** Props of {@link DataSubjectRoles}. */
export interface DataSubjectRolesProps {
  readonly prefix: string;
  /** Every personal store whose service deletes single records. One that is missing is found by rule G29. */
  readonly stores: readonly PersonalStore[];
}

/** The two roles that requests of data subjects (Articles 15, 17 and 20 GDPR) run under: one erases and opens nothing, one reads and changes nothing. */
export class DataSubjectRoles extends Construct {
  readonly erase: DutyRole;
  readonly export: DutyRole;

  constructor(scope: Construct, id: string, { prefix, stores }: DataSubjectRolesProps) {
    super(scope, id);
    this.erase = new DutyRole(this, 'Erase', { roleName: `${prefix}-erase`, description: 'Erases a data subject from every personal store' });
    this.export = new DutyRole(this, 'Export', { roleName: `${prefix}-export`, description: 'Reads what is kept of a data subject, for them' });
    for (const store of stores) {
      store.grantErase(this.erase);
      store.grantExport(this.export);
    }
    acceptRisk(
      {
        id: 'data-subject-requests-by-hand',
        findings: ['GDPR::G29[in use]'],
        justification: 'The code that erases and exports is not in this release; the roles stand with exactly the rights that it will have, so that they can be reviewed, and nothing runs under them yet.',
        compensatingControl: 'Requests are served by hand within the month of Article 12(3), as docs/runbook.md tells under "Serve a request of a data subject": erasure by destroying the key of the subject, access as transcripts to the privacy role, accounts of staff in their pool, each step recorded.',
        since: '2026-11-22',
        expires: '2027-05-21',
      },
      this.erase.role,
      this.export.role,
    );
  }
}
