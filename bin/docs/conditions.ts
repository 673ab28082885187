import { listAt } from '../diagram/estate.ts';
import { named, namesText, textOf } from './names.ts';
import type { Surveyed } from './names.ts';

/** A condition of a statement in words, each part for itself; what is not known here stands as it is written. */
export function conditionTexts(condition: unknown, stack: string, surveyed: Surveyed): string[] {
  if (typeof condition !== 'object' || condition === null) return [];
  const texts = Object.entries(condition).flatMap(([operator, keys]) => Object.keys(keys as object).map((key) => part(operator, key, listAt(keys, key), stack, surveyed)));
  // Account and source together are one place.
  return texts.length === 2 && texts[0] === FROM_HERE && texts[1]?.startsWith('from ') ? [`${texts[1]} of this account`] : texts;
}

const FROM_HERE = 'from this account';

function part(operator: string, key: string, values: readonly unknown[], stack: string, surveyed: Surveyed): string {
  const texts = values.map((value) => textOf(value, stack, surveyed));
  const quoted = texts.map((text) => `\`${text}\``).join(', ');
  const equals = operator === 'StringEquals' || operator === 'ArnEquals';
  if (equals && key === 'kms:ViaService') return `through ${texts.map((text) => `\`${text.replace(`.${surveyed.region}.amazonaws.com`, '')}\``).join(', ')}`;
  if (equals && key === 'aws:SourceAccount') return `from ${texts.join(', ')}`;
  if (equals && key === 'aws:SourceArn') return `from ${namesText(values.map((value) => named(value, stack, surveyed)))}`;
  if (operator === 'ForAllValues:StringEquals' && key === 'kms:EncryptionContextKeys') return `no encryption context but ${quoted}`;
  const context = /^kms:EncryptionContext:(.+)$/.exec(key)?.[1];
  if (operator === 'Null' && context !== undefined && texts[0] === 'false') return `encryption context \`${context}\` given`;
  if (context !== undefined) return `encryption context \`${context}\` ${operator.endsWith('Like') ? 'like' : 'of'} ${namesText(values.map((value) => named(value, stack, surveyed)))}`;
  return `${operator} \`${key}\` ${quoted}`;
}
