/** Answer of GetSecretValue, as far as it is read. */
export interface SecretValueOutput {
  readonly VersionId?: string;
  readonly SecretString?: string;
}
