import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A small function and its code. */
export interface FunctionFixture {
  /** Source of `index.mjs`. */
  readonly code: string;
  /** Further properties of the function. */
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** A stack of the fixture. */
export interface StackFixture {
  readonly name: string;
  readonly functions?: Readonly<Record<string, FunctionFixture>>;
  /** Resources by logical id, as in a template. */
  readonly resources?: Readonly<Record<string, object>>;
  /** Outputs, parameters and the like. @default - none */
  readonly rest?: object;
}

const write = (file: string, value: unknown): void => writeFileSync(file, JSON.stringify(value));

/** Writes a cloud assembly with one stage, as CDK does. Returns the folder. */
export function writeAssembly(folder: string, environment: string, stacks: readonly StackFixture[]): string {
  const nested = join(folder, `assembly-${environment}`);
  mkdirSync(nested, { recursive: true });
  const artifacts = Object.assign({}, ...stacks.map((stack) => writeStack(folder, nested, environment, stack))) as object;
  write(join(nested, 'manifest.json'), { version: '55.0.0', artifacts });
  write(join(folder, 'manifest.json'), {
    version: '55.0.0',
    artifacts: {
      [`assembly-${environment}`]: { type: 'cdk:cloud-assembly', properties: { directoryName: `assembly-${environment}`, displayName: environment } },
      Tree: { type: 'cdk:tree', properties: { file: 'tree.json' } },
    },
  });
  return folder;
}

function writeStack(folder: string, nested: string, environment: string, { name, functions = {}, resources = {}, rest = {} }: StackFixture): object {
  const files: Record<string, unknown> = {};
  const lambdas = Object.entries(functions).map(([logicalId, { code, properties }]) => {
    const hash = `${name}-${logicalId}`.toLowerCase();
    mkdirSync(join(folder, `asset.${hash}`), { recursive: true });
    writeFileSync(join(folder, `asset.${hash}`, 'index.mjs'), code);
    files[hash] = { source: { path: `../asset.${hash}`, packaging: 'zip' }, destinations: { here: { bucketName: 'assets', objectKey: `${hash}.zip` } } };
    const Properties = { Code: { S3Bucket: 'assets', S3Key: `${hash}.zip` }, Handler: 'index.handler', Runtime: 'nodejs24.x', MemorySize: 256, Timeout: 5, ...properties };
    return [logicalId, { Type: 'AWS::Lambda::Function', Properties }] as const;
  });
  write(join(nested, `${name}.assets.json`), { version: '55.0.0', files, dockerImages: {} });
  write(join(nested, `${name}.template.json`), { ...rest, Resources: { ...Object.fromEntries(lambdas), ...resources } });
  return {
    [`${name}.assets`]: { type: 'cdk:asset-manifest', properties: { file: `${name}.assets.json` } },
    [name]: {
      type: 'aws:cloudformation:stack',
      environment: 'aws://111122223333/eu-central-1',
      properties: { templateFile: `${name}.template.json`, stackName: `${environment}-${name}` },
    },
  };
}
