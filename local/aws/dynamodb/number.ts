import { validationError } from '../errors.ts';

/** Significant digits that DynamoDB keeps. */
const MAX_DIGITS = 38;
/** Exponent of the largest leading digit: 9.99…E+125. */
const MAX_EXPONENT = 125;
/** Exponent of the smallest leading digit: 1E-130. */
const MIN_EXPONENT = -130;
/** Decimals this short are distinct as doubles and in the same order, so the fast path is exact. */
const EXACT_LENGTH = 15;

interface Decimal {
  /** Integer without trailing zeros; carries the sign. */
  readonly digits: bigint;
  /** Power of ten of the last digit. */
  readonly exponent: number;
}

const FORM = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,9}))?$/;

function decimal(text: string): Decimal {
  const match = FORM.exec(text);
  const whole = match?.[2] ?? '';
  const fraction = match?.[3] ?? '';
  if (!match || whole + fraction === '') throw validationError(`The parameter cannot be converted to a numeric value: ${text}`);
  const significant = (whole + fraction).replace(/^0+/, '');
  const stripped = significant.replace(/0+$/, '');
  if (stripped === '') return { digits: 0n, exponent: 0 };
  const exponent = Number(match[4] ?? '0') - fraction.length + (significant.length - stripped.length);
  const leading = exponent + stripped.length - 1;
  if (stripped.length > MAX_DIGITS) throw validationError('Attempting to store more than 38 significant digits in a Number');
  if (leading > MAX_EXPONENT) {
    throw validationError('Number overflow. Attempting to store a number with magnitude larger than supported range');
  }
  if (leading < MIN_EXPONENT) {
    throw validationError('Number underflow. Attempting to store a number with magnitude smaller than supported range');
  }
  const digits = BigInt(stripped);
  return { digits: match[1] === '-' ? -digits : digits, exponent };
}

function format({ digits, exponent }: Decimal): string {
  const sign = digits < 0n ? '-' : '';
  const text = (digits < 0n ? -digits : digits).toString();
  if (exponent >= 0) return `${sign}${text}${'0'.repeat(exponent)}`;
  const point = text.length + exponent;
  return point > 0 ? `${sign}${text.slice(0, point)}.${text.slice(point)}` : `${sign}0.${'0'.repeat(-point)}${text}`;
}

/**
 * The one way to write a number: plain decimal, no superfluous zeros. Equal numbers have equal text.
 * @throws ValidationException for text that is no number, over 38 digits, or outside 1E-130 to 9.9…E+125
 */
export const canonicalNumber = (text: string): string => (/^[1-9]\d{0,14}$|^0$/.test(text) ? text : format(decimal(text)));

function aligned(a: Decimal, b: Decimal): [bigint, bigint, number] {
  const exponent = Math.min(a.exponent, b.exponent);
  return [a.digits * 10n ** BigInt(a.exponent - exponent), b.digits * 10n ** BigInt(b.exponent - exponent), exponent];
}

/** Order of two canonical numbers: negative, 0 or positive. Exact. */
export function compareNumbers(a: string, b: string): number {
  if (a === b) return 0;
  if (a.length <= EXACT_LENGTH && b.length <= EXACT_LENGTH) return Number(a) - Number(b);
  const [left, right] = aligned(decimal(a), decimal(b));
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Sum of two canonical numbers, exact. @throws ValidationException when the result does not fit a DynamoDB number */
export function addNumbers(a: string, b: string): string {
  const [left, right, exponent] = aligned(decimal(a), decimal(b));
  return canonicalNumber(`${left + right}e${exponent}`);
}

/** Difference of two canonical numbers, exact. @throws as `addNumbers` */
export const subtractNumbers = (a: string, b: string): string => addNumbers(a, b.startsWith('-') ? b.slice(1) : `-${b}`);
