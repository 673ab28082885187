import type { IApplyRule, NagPack, NagPackProps } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { once } from '../once.ts';
import type { Collector } from './collector.ts';

/** A class of packs. */
type PackClass = new (scope?: IConstruct, props?: NagPackProps) => NagPack;

/** What a pack does with a rule: not public, but meant to be overridden. */
interface Applies {
  applyRule(params: IApplyRule): void;
}

/** A pack that tells a collector of every outcome, and otherwise is the pack that it was: each rule runs once, and gives what it gave. */
export function recording(Pack: PackClass, collector: Collector): PackClass {
  const version = versionOf(Pack);
  const pack = Pack.prototype as Applies;
  // The methods that the type calls abstract are those of the pack.
  const Recording = class extends (Pack as unknown as new () => object) {} as unknown as PackClass;
  (Recording.prototype as unknown as Applies).applyRule = function apply(this: NagPack, params: IApplyRule): void {
    const result = once(() => params.rule(params.node));
    collector.record(this, version, params, result);
    // The id of a rule comes from its name, which the wrapped one has not.
    pack.applyRule.call(this, { ...params, ruleSuffixOverride: params.ruleSuffixOverride ? params.ruleSuffixOverride : params.rule.name, rule: result });
  };
  return Recording;
}

/** Version of the library that a class comes from: jsii writes it into the class. */
function versionOf(Pack: PackClass): string {
  let found: unknown = Pack;
  while (typeof found === 'function') {
    const info = (found as unknown as Record<symbol, { readonly fqn: string; readonly version: string } | undefined>)[Symbol.for('jsii.rtti')];
    if (info !== undefined) return `${info.fqn.split('.')[0] ?? ''} ${info.version}`;
    found = Object.getPrototypeOf(found);
  }
  return 'unknown';
}
