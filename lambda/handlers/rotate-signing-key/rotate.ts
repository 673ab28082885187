import type { LazyObserver } from '../../runtime/observe.ts';

const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;
type Step = (typeof STEPS)[number];

/** What Secrets Manager sends for each step. */
export interface RotationRequest {
  readonly Step: string;
  readonly SecretId: string;
  readonly ClientRequestToken: string;
}

/** What the rotation needs. */
export interface RotationDependencies {
  readonly rotation: { run(event: RotationRequest & { readonly Step: Step }): Promise<void> };
  readonly observe: LazyObserver;
}

/** Runs one step of a rotation. @throws Error for an unknown step, or when the step fails: Secrets Manager then repeats it */
export async function rotate({ rotation, observe }: RotationDependencies, event: RotationRequest): Promise<void> {
  const step = STEPS.find((one) => one === event.Step);
  if (step === undefined) throw new Error(`'${event.Step}' is no step of a rotation; allowed: ${STEPS.join(', ')}.`);
  await rotation.run({ ...event, Step: step });
  (await observe()).info('The signing key rotates', { step, secret: event.SecretId });
}
