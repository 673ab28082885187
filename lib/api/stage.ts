/** Name of the API stage. Routes carry their own version (`/v1`), so there is one stage and it never changes. */
export const API_STAGE = 'live';
