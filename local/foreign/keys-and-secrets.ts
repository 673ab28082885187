import type { EstateModel } from '../assembly/model.ts';
import type { SecretDeclaration } from '../aws/index.ts';
import type { ClientConfig } from './access.ts';

/** Creates the keys, found again by an alias of their own, and gives the model their ARNs. @throws Error as the endpoint answers */
export async function createKeys(model: EstateModel, config: ClientConfig): Promise<void> {
  const { KMSClient, CreateAliasCommand, CreateKeyCommand, DescribeKeyCommand } = await import('@aws-sdk/client-kms');
  const client = new KMSClient(config);
  for (const key of model.ofType('AWS::KMS::Key')) {
    const alias = `alias/local-${key.ref}`;
    const found = await client.send(new DescribeKeyCommand({ KeyId: alias })).catch(() => undefined);
    const metadata = found?.KeyMetadata ?? (await client.send(new CreateKeyCommand({}))).KeyMetadata;
    const keyId = metadata?.KeyId ?? '';
    if (found === undefined) await client.send(new CreateAliasCommand({ AliasName: alias, TargetKeyId: keyId }));
    model.override(key, { ref: keyId, attributes: { Arn: metadata?.Arn ?? keyId, KeyId: keyId } });
  }
  client.destroy();
}

/** Creates the secrets that are not there yet, with a first value, and gives the model their ARNs. @throws Error as the endpoint answers */
export async function createSecrets(model: EstateModel, declarations: readonly SecretDeclaration[], config: ClientConfig): Promise<void> {
  const { SecretsManagerClient, CreateSecretCommand, DescribeSecretCommand, GetRandomPasswordCommand } = await import('@aws-sdk/client-secrets-manager');
  const client = new SecretsManagerClient(config);
  const firstValue = async ({ generateSecretString: generate, secretString }: SecretDeclaration): Promise<string | undefined> => {
    if (generate === undefined) return secretString;
    const { RandomPassword = '' } = await client.send(new GetRandomPasswordCommand({
      PasswordLength: generate.passwordLength ?? 32,
      ExcludePunctuation: generate.excludePunctuation ?? false,
      ExcludeCharacters: generate.excludeCharacters ?? '',
    }));
    const { secretStringTemplate, generateStringKey } = generate;
    if (secretStringTemplate === undefined || generateStringKey === undefined) return RandomPassword;
    return JSON.stringify({ ...(JSON.parse(secretStringTemplate) as object), [generateStringKey]: RandomPassword });
  };
  for (const declaration of declarations) {
    const resource = model.ofType('AWS::SecretsManager::Secret').find(({ ref }) => ref === declaration.arn);
    if (resource === undefined) continue;
    const found = await client.send(new DescribeSecretCommand({ SecretId: declaration.name })).catch(() => undefined);
    const value = found === undefined ? await firstValue(declaration) : undefined;
    const arn = found?.ARN ?? (await client.send(new CreateSecretCommand({ Name: declaration.name, ...(value === undefined ? {} : { SecretString: value }) }))).ARN ?? '';
    model.override(resource, { ref: arn, attributes: { Id: arn } });
  }
  client.destroy();
}
