import { Duration } from 'aws-cdk-lib';

/** How the share of fallbacks is watched. */
export interface FallbackWatch {
  /** Over which turns are counted. */
  readonly period: Duration;
  /** Turns in a period without which nothing is said. */
  readonly minimumTurns: number;
}

/** Turns of a contact. An assumption: with more turns than that the alarm only counts for longer than it must; with fewer it says nothing in quiet hours. */
const TURNS_PER_CONTACT = 4;
/** Hours of a month, on average. */
const HOURS_PER_MONTH = 730;
/**
 * Turns that a period must have on average. Of 100 turns with a true fallback rate of 25 %, 20 % or more are fallbacks in nine periods
 * of ten, so that one of two periods shows it in 99 of 100 cases; of 50 turns, in eight of ten.
 */
const AVERAGE_TURNS = 100;
/**
 * Fewer turns say nothing. Of 50 turns with a true rate of 5 %, 20 % or more are fallbacks in 1.6 of 10,000 periods: less than one
 * false alarm in two months if each quarter of an hour had no more than that. Of 20 turns it would be one period in 60.
 */
const MINIMUM_TURNS = 50;
/** Periods on offer, in minutes, and the longest, when none of these is enough: a day, as an alarm of CloudWatch allows. */
const PERIODS = [5, 15, 30, 60, 180, 360, 720] as const;
const LONGEST = 1_440;

/**
 * The shortest period in which an average hour gives turns enough to tell a fallback rate of 25 % from one of 5 %. A single period decides:
 * two in a row would see the same rise later and miss it more often. A platform with fewer than 100 turns a day gets a day, and hours with
 * few turns say nothing.
 * @param contactsPerMonth contacts in a month before the bot, as `baseline` has them
 */
export function fallbackWatch(contactsPerMonth: number): FallbackWatch {
  const turnsPerMinute = (contactsPerMonth * TURNS_PER_CONTACT) / HOURS_PER_MONTH / 60;
  const minutes = PERIODS.find((candidate) => candidate * turnsPerMinute >= AVERAGE_TURNS) ?? LONGEST;
  return { period: Duration.minutes(minutes), minimumTurns: MINIMUM_TURNS };
}
