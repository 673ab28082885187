/** Why a wait is called off that nobody waits for any more. Without a reason `abort()` makes an error with its stack: 40 µs each, a dozen times a turn. */
export const OVER = Symbol('over');
