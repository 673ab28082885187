/** What an authorizer found out: strings only, as API Gateway hands them on. */
export type AuthorizerContext = Readonly<Record<string, string | number>>;
