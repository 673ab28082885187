/** What a worker is started with. */
export interface WorkerStart {
  /** Folder of the bundle, with `index.mjs` in it. */
  readonly taskRoot: string;
  /** `file.export`, as in the template. */
  readonly handler: string;
}

/** What the invoked function learns about itself. */
export interface InvocationContext {
  readonly awsRequestId: string;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  /** Megabytes, as text: so does Lambda. */
  readonly memoryLimitInMB: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly timeoutMilliseconds: number;
}

/** Status and headers that a streaming function sends ahead of its content. */
export interface StreamMetadata {
  readonly statusCode?: unknown;
  readonly headers?: unknown;
  readonly multiValueHeaders?: unknown;
  readonly cookies?: unknown;
}

/** A failed invocation, as Lambda describes it to the caller. */
export interface ErrorPayload {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** Messages from the runner to a worker. */
export type ToWorker =
  | { readonly type: 'invoke'; readonly event: string; readonly context: InvocationContext }
  /** The reader took so many bytes of the stream. */
  | { readonly type: 'taken'; readonly bytes: number };

/** Messages from a worker to the runner. One invocation runs at a time, so none needs an id. */
export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'metadata'; readonly metadata: StreamMetadata }
  | { readonly type: 'chunk'; readonly data: Uint8Array }
  /** The stream is whole; the handler may go on. */
  | { readonly type: 'ended' }
  /** The handler returned; `streamed` when it wrote to its response stream instead. */
  | { readonly type: 'done'; readonly payload: string; readonly streamed: boolean }
  | { readonly type: 'failed'; readonly error: ErrorPayload };
