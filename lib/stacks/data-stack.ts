import { RemovalPolicy, Stack, Stage } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { EnvironmentConfig } from '../../config/schema/index.ts';
import { auditLogGroups } from '../api/index.ts';
import { acceptNoAccessRecords, acceptNoCallRecords, AuditTrail, breachLogGroup } from '../audit/index.ts';
import { ConversationStore } from '../conversation/index.ts';
import { EstateKeys } from '../encryption/index.ts';
import { SigningSecret, StaffPool } from '../identity/index.ts';
import { VendorCredentials } from '../integration/index.ts';
import { NotificationTopics } from '../observability/index.ts';
import type { Observability } from '../observability/index.ts';
import { DataSubjectRoles } from '../privacy/index.ts';
import type { RuntimeProps } from '../runtime/index.ts';

/** Props of {@link DataStack}. */
export interface DataStackProps extends StackProps {
  readonly config: EnvironmentConfig;
  /** Folder of the built bundles. */
  readonly bundles: string;
  /** Version of this release. */
  readonly release: string;
}

/** Everything with state: keys, topics, stores, secrets, staff, the audit trail. Protected against deletion. */
export class DataStack extends Stack {
  readonly keys: EstateKeys;
  readonly observability: Observability;
  readonly runtime: RuntimeProps;
  readonly store: ConversationStore;
  readonly signing: SigningSecret;
  readonly staff: StaffPool;
  readonly vendors: VendorCredentials;

  constructor(scope: Construct, id: string, props: DataStackProps) {
    super(scope, id, { ...props, terminationProtection: true });
    const { naming, existing, dataPolicy, responsible, conversation, alarms, trail, vendorCredentials } = props.config;
    const { prefix } = naming;
    const { owner } = responsible;
    const deletionProtection = dataPolicy.removal.kind === 'retain';
    const removal = deletionProtection ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;

    this.keys = new EstateKeys(this, 'Keys', { prefix, auditLogGroups: [...auditLogGroups(prefix), breachLogGroup(prefix)], existing: existing.keys, removal });
    const { topics } = new NotificationTopics(this, 'Topics', { prefix, subscribers: alarms, existing: existing.topics, key: this.keys.operations, owner });
    this.observability = { topics, prefix };
    const { observability } = this;
    this.runtime = { prefix, bundles: props.bundles, release: props.release, logsKey: this.keys.logs, logRetentionDays: dataPolicy.logRetentionDays, owner, vpc: existing.vpc };
    this.store = new ConversationStore(this, 'Store', {
      prefix,
      tableKey: this.keys.conversations,
      subjectKey: this.keys.subjects,
      pointInTimeRecoveryDays: dataPolicy.pointInTimeRecoveryDays,
      retentionDays: conversation.retentionDays,
      legalBasis: dataPolicy.legalBasis,
      owner,
      removal: dataPolicy.removal,
      observability,
    });
    this.signing = new SigningSecret(this, 'Signing', { prefix, key: this.keys.operations, runtime: this.runtime, owner, removal, observability });
    this.staff = new StaffPool(this, 'Staff', { prefix, existing: existing.userPool, owner, removal, deletionProtection });
    new DataSubjectRoles(this, 'Privacy', { prefix, stores: [this.store, this.staff] });
    this.vendors = new VendorCredentials(this, 'Vendors', { prefix, credentials: vendorCredentials, key: this.keys.operations, runtime: this.runtime, removal, owner, maxAgeDays: alarms.thresholds.credentialAgeDays, observability });
    if (trail.enabled) {
      const tableArns = [this.store.conversations.tableArn, this.store.keys.tableArn];
      new AuditTrail(this, 'Audit', { prefix, tableArns, managementEvents: trail.managementEvents === undefined, key: this.keys.audit, retentionDays: dataPolicy.auditRetentionDays, removal, owner, bucketName: existing.logArchiveBucket });
    } else if (existing.organisationTrailArn === undefined) {
      acceptNoAccessRecords([this.store.conversations, this.store.keys], trail.reason);
      const stage = Stage.of(this);
      if (stage !== undefined && props.config.model.provider === 'bedrock') acceptNoCallRecords(stage, trail.reason);
    }
  }
}
