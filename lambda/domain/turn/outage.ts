/** Seconds after which trying again makes sense when something that a request needs does not answer. */
export const OUTAGE_RETRY_SECONDS = 5;
