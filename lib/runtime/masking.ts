import { DataIdentifier, DataProtectionPolicy } from 'aws-cdk-lib/aws-logs';

/** Identifiers that log groups mask: what users type into a chat, or send along, and should never be read in a log. */
const MASKED = [DataIdentifier.EMAILADDRESS, DataIdentifier.CREDITCARDNUMBER, DataIdentifier.CREDITCARDSECURITYCODE, DataIdentifier.IPADDRESS, DataIdentifier.AWSSECRETKEY, DataIdentifier.PHONENUMBER_DE, DataIdentifier.PHONENUMBER_GB, DataIdentifier.PHONENUMBER_US, DataIdentifier.SSN_US];

/** Policy by which a log group masks them, whoever reads it without the right to unmask. @param name of the policy, unique in the account */
export function maskingPolicy(name: string): DataProtectionPolicy {
  return new DataProtectionPolicy({ name, identifiers: MASKED });
}
