import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { acceptRisk } from '../compliance/index.ts';

/** What a function has by design, so that nothing is accepted that is not there. */
export interface FunctionShape {
  readonly inVpc: boolean;
  readonly reserved: boolean;
  readonly deadLetters: boolean;
}

/** Accepts what the packs demand of every function and this one does without. */
export function acceptFunctionRisks(fn: LambdaFunction, shape: FunctionShape): void {
  if (!shape.inVpc) {
    acceptRisk(
      {
        id: 'functions-outside-a-vpc',
        findings: ['HIPAA.Security::HIPAA.Security-LambdaInsideVPC', 'NIST.800.53.R5::NIST.800.53.R5-LambdaInsideVPC'],
        justification: 'The functions call only AWS services over TLS with IAM; a VPC with endpoints in two zones costs more than the rest of the estate and adds no boundary that IAM lacks.',
        compensatingControl: 'Exact IAM policies and customer managed keys; a VPC can be brought by config (existing.vpc).',
        since: '2026-11-22',
        expires: '2027-05-21',
      },
      fn,
    );
  }
  if (!shape.reserved) {
    acceptRisk(
      {
        id: 'no-concurrency-reserved',
        findings: ['HIPAA.Security::HIPAA.Security-LambdaConcurrency', 'NIST.800.53.R5::NIST.800.53.R5-LambdaConcurrency'],
        justification: 'A reservation takes concurrency from every other function of the account, and new accounts have ten in all; this function is bounded by what wakes it.',
        compensatingControl: 'API throttles, batch sizes and schedules bound it; functions.*.reservedConcurrency sets a ceiling.',
        since: '2026-11-22',
        expires: '2027-05-21',
      },
      fn,
    );
  }
  if (!shape.deadLetters) {
    acceptRisk(
      {
        id: 'callers-wait-for-the-result',
        findings: ['HIPAA.Security::HIPAA.Security-LambdaDLQ', 'NIST.800.53.R5::NIST.800.53.R5-LambdaDLQ'],
        justification: 'Dead-letter queues take events of asynchronous calls; whoever calls this function waits for its result, keeps the event and tries again.',
        compensatingControl: 'Event sources have dead-letter queues of their own; failed calls raise an alarm.',
        since: '2026-11-22',
        expires: '2027-05-21',
      },
      fn,
    );
  }
}
