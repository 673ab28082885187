import { createHash } from 'node:crypto';
import type { EstateModel, Resource } from '../assembly/model.ts';
import { numberOf, objectOf, textOf } from '../json.ts';

/** A Lambda function as its template declares it. */
export interface FunctionDefinition {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** Version that the alias points at; the only one there is. */
  readonly version: string;
  readonly region: string;
  /** Folder of the bundle. */
  readonly taskRoot: string;
  readonly handler: string;
  readonly runtime: string;
  /** 128-10240 MB. */
  readonly memoryMegabytes: number;
  /** 1-900 s. */
  readonly timeoutSeconds: number;
  /** Most invocations at once; undefined when nothing is reserved. */
  readonly reservedConcurrency: number | undefined;
  /** Variables of the template, resolved. */
  readonly environment: Readonly<Record<string, string>>;
  /** Log group of the function. */
  readonly logGroup: string;
  /** Id that the function's AWS calls are signed with, so that each call can be told by its function. */
  readonly accessKeyId: string;
}

/** Base32 alphabet of access key ids. */
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Access key id of a function: `AKIA` and sixteen letters and digits that follow from its name. */
export function accessKeyIdOf(functionName: string): string {
  const digest = createHash('sha256').update(functionName).digest();
  return `AKIA${[...digest.subarray(0, 16)].map((byte) => BASE32[byte % 32]).join('')}`;
}

/** @throws Error when the function has no asset here, or a variable that cannot be resolved */
export function readFunction(model: EstateModel, resource: Resource): FunctionDefinition {
  const name = resource.ref;
  return {
    logicalId: resource.logicalId,
    name,
    arn: resource.attribute('Arn'),
    version: '1',
    region: resource.stack.region,
    taskRoot: taskRootOf(resource),
    handler: textOf(resource.get('Handler')) ?? 'index.handler',
    runtime: textOf(resource.get('Runtime')) ?? 'unknown',
    memoryMegabytes: numberOf(resource.get('MemorySize')) ?? 128,
    timeoutSeconds: numberOf(resource.get('Timeout')) ?? 3,
    reservedConcurrency: numberOf(resource.get('ReservedConcurrentExecutions')),
    environment: environmentOf(resource),
    logGroup: textOf(objectOf(resource.get('LoggingConfig'))['LogGroup']) ?? logGroupOf(model, name),
    accessKeyId: accessKeyIdOf(name),
  };
}

function taskRootOf(resource: Resource): string {
  const key = textOf(objectOf(resource.get('Code'))['S3Key']);
  const folder = key === undefined ? undefined : resource.stack.assets.get(key);
  if (folder === undefined) {
    throw new Error(`The function ${resource.stack.name}/${resource.logicalId} has no bundle in the cloud assembly. Synthesize again; code written into the template is not run here.`);
  }
  return folder;
}

function environmentOf(resource: Resource): Readonly<Record<string, string>> {
  const variables = objectOf(objectOf(resource.get('Environment'))['Variables']);
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, String(value)]));
}

function logGroupOf(model: EstateModel, functionName: string): string {
  const usual = `/aws/lambda/${functionName}`;
  return model.ofType('AWS::Logs::LogGroup').find((group) => textOf(group.get('LogGroupName')) === usual)?.ref ?? usual;
}
