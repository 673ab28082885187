import { arrayOf, objectOf, textOf } from '../json.ts';

/** One answer of a MOCK integration. */
export interface MockResponse {
  readonly status: number;
  /** Expression that the status of the request template must match; undefined: the default answer. */
  readonly selection: RegExp | undefined;
  /** `method.response.header.Name` to a quoted text. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Mapping template by media type. */
  readonly templates: ReadonlyMap<string, string>;
}

/** Answers by itself, as a CORS preflight does. */
export interface MockIntegration {
  readonly type: 'mock';
  readonly passthrough: 'WHEN_NO_MATCH' | 'WHEN_NO_TEMPLATES' | 'NEVER';
  /** Mapping template by media type. */
  readonly requestTemplates: ReadonlyMap<string, string>;
  readonly responses: readonly MockResponse[];
  /** Bodies of binary media types become text; otherwise no template can be applied to them. */
  readonly convertsToText: boolean;
}

/** Reads a MOCK integration out of a method's `Integration`. */
export function mockOf(integration: Readonly<Record<string, unknown>>): MockIntegration {
  const passthrough = integration['PassthroughBehavior'];
  return {
    type: 'mock',
    passthrough: passthrough === 'NEVER' || passthrough === 'WHEN_NO_TEMPLATES' ? passthrough : 'WHEN_NO_MATCH',
    requestTemplates: textsOf(integration['RequestTemplates']),
    convertsToText: integration['ContentHandling'] === 'CONVERT_TO_TEXT',
    responses: arrayOf(integration['IntegrationResponses']).map(objectOf).map((response) => {
      const selection = textOf(response['SelectionPattern']);
      return {
        status: Number(response['StatusCode']),
        selection: selection === undefined || selection === '' ? undefined : new RegExp(`^(?:${selection})$`),
        parameters: textsOf(response['ResponseParameters']),
        templates: textsOf(response['ResponseTemplates']),
      };
    }),
  };
}

const textsOf = (value: unknown): ReadonlyMap<string, string> => new Map(Object.entries(objectOf(value)).map(([name, text]) => [name, String(text)]));
