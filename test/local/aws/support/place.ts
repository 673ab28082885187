/** Region and account of all test endpoints; moto's account is fixed. */
export const PLACE = { region: 'eu-central-1', accountId: '123456789012' } as const;
