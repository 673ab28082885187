import type { Break } from './break.ts';

export const breaks: readonly Break[] = [
  { promise: 'S3', file: 'lambda/runtime/http/body.ts', find: 'const twice = duplicateKey(text);', replace: 'const twice = undefined;', means: 'of two members with one name the last wins in silence' },
  { promise: 'S3', file: 'lambda/runtime/http/body.ts', find: 'const broken = brokenText(value);', replace: 'const broken: ReturnType<typeof brokenText> = [];', means: 'half of a surrogate pair is taken, and comes back as something else' },
  { promise: 'S3', file: 'lambda/runtime/http/body.ts', find: 'if (size > MAX_BODY_BYTES)', replace: 'if (size > 2 * MAX_BODY_BYTES)', means: 'bodies over the limit are read' },
  { promise: 'S3', file: 'lambda/runtime/http/body.ts', find: "return type === 'application/json' &&", replace: "return type?.includes('json') === true &&", means: 'other media types pass for JSON' },
  { promise: 'S3', file: 'lambda/runtime/http/body.ts', find: "new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })", replace: "new TextDecoder('utf-8', { ignoreBOM: true })", means: 'bytes that are no UTF-8 are replaced in silence' },
  { promise: 'S3', file: 'lib/api/rest-api.ts', find: "const BYTES_OF = ['application/json'];", replace: 'const BYTES_OF: string[] = [];', means: 'the gateway decodes bodies before anybody can see what is no UTF-8' },
];
