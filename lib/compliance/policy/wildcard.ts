/**
 * Whether a text fits a pattern of IAM, where `*` stands for any characters and `?` for one. In time linear in both for any number
 * of stars: a pattern is no regular expression here.
 */
export function fits(pattern: string, text: string): boolean {
  let [at, from, star, mark] = [0, 0, -1, 0];
  while (from < text.length) {
    if (at < pattern.length && pattern[at] === '*') [star, mark, at] = [at, from, at + 1];
    else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[from])) [at, from] = [at + 1, from + 1];
    else if (star >= 0) [at, mark, from] = [star + 1, mark + 1, mark + 1];
    else return false;
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}

/** Whether an action fits: names of services and actions know no case. */
export function fitsAction(pattern: string, action: string): boolean {
  return fits(pattern.toLowerCase(), action.toLowerCase());
}

/** Whether an ARN fits: each of its first five parts for itself, so that a star in one does not reach into the next. */
export function fitsArn(pattern: string, arn: string): boolean {
  if (pattern === '*') return true;
  const [left, right] = [partsOf(pattern), partsOf(arn)];
  return left.length === right.length && left.every((part, index) => fits(part, right[index] ?? ''));
}

/** `arn`, partition, service, region, account, and the rest. */
export function partsOf(arn: string): readonly string[] {
  const parts = arn.split(':');
  return parts.length <= 5 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}
