import { AwsError } from '../errors.ts';

/** SQS error; the query code is what SDKs put into `error.Code`. */
const sqsError = (code: string, message: string, queryCode = code): AwsError =>
  new AwsError(code, message, { fields: { queryErrorCode: queryCode } });

/** A parameter is outside its range. */
export const invalidValue = (message: string): AwsError => sqsError('InvalidParameterValueException', message, 'InvalidParameterValue');
/** A parameter is missing. */
export const missingParameter = (name: string): AwsError =>
  sqsError('MissingRequiredParameterException', `The request must contain the parameter ${name}.`, 'MissingParameter');
/** The queue does not exist. */
export const noQueue = (): AwsError => sqsError('QueueDoesNotExist', 'The specified queue does not exist.', 'AWS.SimpleQueueService.NonExistentQueue');
/** The receipt handle is not one of this queue. */
export const badReceipt = (handle: string): AwsError =>
  sqsError('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`);
/** The message is not in flight. */
export const notInFlight = (): AwsError =>
  sqsError('MessageNotInflight', 'The message referred to is not in flight.', 'AWS.SimpleQueueService.MessageNotInflight');
/** The body has characters that SQS does not take. */
export const badContents = (): AwsError =>
  sqsError('InvalidMessageContents', 'Invalid characters were found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF.');
/** The batch is empty. */
export const emptyBatch = (): AwsError =>
  sqsError('EmptyBatchRequest', 'There should be at least one entry in the request.', 'AWS.SimpleQueueService.EmptyBatchRequest');
/** The batch has over ten entries. */
export const tooManyEntries = (count: number): AwsError =>
  sqsError('TooManyEntriesInBatchRequest', `Maximum number of entries per request are 10. You have sent ${count}.`, 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest');
/** Two entries of a batch have one id. */
export const idsNotDistinct = (id: string): AwsError =>
  sqsError('BatchEntryIdsNotDistinct', `Id ${id} repeated.`, 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct');
/** An entry's id has the wrong form. */
export const badEntryId = (): AwsError =>
  sqsError('InvalidBatchEntryId', 'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.', 'AWS.SimpleQueueService.InvalidBatchEntryId');
/** The entries of a batch are too long together. */
export const batchTooLong = (limit: number): AwsError =>
  sqsError('BatchRequestTooLong', `Batch requests cannot be longer than ${limit} bytes.`, 'AWS.SimpleQueueService.BatchRequestTooLong');
/** A queue of that name has other attributes. */
export const nameTaken = (name: string): AwsError =>
  sqsError('QueueNameExists', `A queue named ${name} already exists with other attributes.`, 'QueueAlreadyExists');
/** The request asks for what is not emulated. */
export const unsupported = (message: string): AwsError => sqsError('UnsupportedOperation', message, 'AWS.SimpleQueueService.UnsupportedOperation');
