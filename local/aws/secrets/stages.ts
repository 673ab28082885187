import { AwsError } from '../errors.ts';
import type { Secret, Version } from './store.ts';

/** Labels that one version may carry. */
const MAX_STAGES = 20;

/** The version that carries a stage. */
export const versionAt = (secret: Secret, stage: string): Version | undefined =>
  secret.versions.find((version) => version.stages.includes(stage));

/**
 * The versions after `stage` went to the version `to` (or to none). A stage is on one version at a time, and whatever
 * lost AWSCURRENT gets AWSPREVIOUS.
 */
export function moveStage(versions: readonly Version[], stage: string, to: string | undefined): readonly Version[] {
  const from = versions.find((version) => version.stages.includes(stage));
  const moved = versions.map((version) => {
    const others = version.stages.filter((each) => each !== stage);
    return version.id === to ? { ...version, stages: [...others, stage] } : { ...version, stages: others };
  });
  const lostCurrent = stage === 'AWSCURRENT' && from !== undefined && from.id !== to;
  return lostCurrent ? moveStage(moved, 'AWSPREVIOUS', from.id) : moved;
}

/** The versions after a new one was put under some stages. @throws InvalidParameterException for more than 20 stages */
export function putVersion(secret: Secret, version: Omit<Version, 'stages'>, stages: readonly string[]): readonly Version[] {
  if (stages.length > MAX_STAGES) throw new AwsError('InvalidParameterException', `VersionStages takes at most ${MAX_STAGES} labels.`);
  // The first version of a secret becomes current, whatever was asked for.
  const first = secret.versions.every((each) => each.text === undefined && each.binary === undefined);
  const wanted = first && !stages.includes('AWSCURRENT') ? [...stages, 'AWSCURRENT'] : stages;
  const others = secret.versions.filter((each) => each.id !== version.id);
  const kept = secret.versions.find((each) => each.id === version.id)?.stages ?? [];
  let versions: readonly Version[] = [...others, { ...version, stages: kept }];
  for (const stage of wanted) versions = moveStage(versions, stage, version.id);
  return versions;
}
