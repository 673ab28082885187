/** Rounds of tools in one reply; then no tool is offered any more. */
export const MOST_ROUNDS = 2;

/** Calls that one reply makes at the most when tools are offered, for the claim's reservation; without tools it is one. */
export const MOST_CALLS = MOST_ROUNDS + 1;
