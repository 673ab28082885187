import { Aws, Duration, Stack } from 'aws-cdk-lib';
import type { RemovalPolicy } from 'aws-cdk-lib';
import { AccountRecovery, CfnUserPoolGroup, FeaturePlan, Mfa, StandardThreatProtectionMode, UserPool } from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import type { ExistingConfig } from '../../config/schema/index.ts';
import { ENV } from '../../lambda/contracts/env.ts';
import { STAFF_ROLES } from '../../lambda/contracts/routes.ts';
import { acceptRisk } from '../compliance/index.ts';
import { declareData } from '../governance/index.ts';
import type { Grantee, ServiceFunction } from '../runtime/index.ts';

/** Props of {@link StaffPool}. */
export interface StaffPoolProps {
  readonly prefix: string;
  readonly existing: ExistingConfig['userPool'];
  readonly owner: string;
  readonly removal: RemovalPolicy;
  readonly deletionProtection: boolean;
}

/** Staff: a user pool with mandatory MFA whose groups are the roles, or one that the organisation brings. */
export class StaffPool extends Construct {
  /** Issuer of staff tokens. */
  readonly issuer: string;
  readonly clientId: string;
  /** Undefined for a pool that is brought: who brings it serves requests about it. */
  readonly #pool: UserPool | undefined;

  constructor(scope: Construct, id: string, props: StaffPoolProps) {
    super(scope, id);
    if (props.existing) {
      const { userPoolId } = props.existing;
      // In the region of the environment: config refuses a pool of another one (`config/rules/arns.ts`).
      this.issuer = `https://cognito-idp.${Stack.of(this).region}.${Aws.URL_SUFFIX}/${userPoolId}`;
      this.clientId = props.existing.clientId;
      return;
    }
    const pool = new UserPool(this, 'Pool', {
      userPoolName: `${props.prefix}-staff`,
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      passwordPolicy: { minLength: 14, requireDigits: true, requireLowercase: true, requireUppercase: true, requireSymbols: true, tempPasswordValidity: Duration.days(3) },
      featurePlan: FeaturePlan.PLUS,
      standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION,
      deletionProtection: props.deletionProtection,
      removalPolicy: props.removal,
    });
    for (const role of STAFF_ROLES) new CfnUserPoolGroup(this, `Group-${role}`, { userPoolId: pool.userPoolId, groupName: role });
    const client = pool.addClient('Console', {
      userPoolClientName: `${props.prefix}-console`,
      // Staff have no page to sign in at yet. Until they do, somebody with IAM credentials for this pool signs in for them by the command
      // line (runbook: make a staff account). No password flow is open to the internet: SRP sends none.
      authFlows: { userSrp: true, adminUserPassword: true },
      disableOAuth: true,
      generateSecret: false,
      preventUserExistenceErrors: true,
      accessTokenValidity: Duration.minutes(15),
      idTokenValidity: Duration.minutes(15),
      refreshTokenValidity: Duration.hours(9),
      enableTokenRevocation: true,
    });
    // Members of staff are data subjects too; the contract is that of their work.
    declareData(pool, { dataClass: 'staff-identity', purpose: 'staff sign-in', legalBasis: 'contract', retentionDays: 365, owner: props.owner });
    acceptKeyOfAws(pool);
    this.#pool = pool;
    this.issuer = pool.userPoolProviderUrl;
    this.clientId = client.userPoolClientId;
  }

  /** Allows to look an account up by its address, and to delete it. */
  grantErase(role: Grantee): void {
    if (this.#pool !== undefined) role.allow(['cognito-idp:AdminGetUser', 'cognito-idp:AdminDeleteUser'], [this.#pool.userPoolArn]);
  }

  /** Allows to read one account by its address. */
  grantExport(role: Grantee): void {
    if (this.#pool !== undefined) role.allow(['cognito-idp:AdminGetUser'], [this.#pool.userPoolArn]);
  }

  /** Tells a function whose tokens are staff tokens. */
  trustedBy(fn: ServiceFunction): void {
    fn.tell(ENV.staffIssuer, this.issuer);
    fn.tell(ENV.staffClient, this.clientId);
  }
}

function acceptKeyOfAws(pool: UserPool): void {
  acceptRisk(
    {
      id: 'staff-pool-under-a-key-of-aws',
      findings: ['GDPR::G14'],
      justification: 'The pool holds names and addresses of a few members of staff and nothing of conversations, and it is encrypted under a key that AWS owns. A key of the estate that lacks a right of the service would lock all staff out; that has to be tried in an account first, and has not been.',
      compensatingControl: 'Of the estate, only the two roles for requests of data subjects may look an account up, by its address, and none may list accounts; signing in takes a second factor.',
      since: '2026-11-22',
      expires: '2027-05-21',
    },
    pool,
  );
}
