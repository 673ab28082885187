import { alarmsHaveSubscribers, deliveryHasAlarms } from './alarms.ts';
import { broughtResourcesAreNear } from './arns.ts';
import { reservationsFit } from './concurrency.ts';
import { defaultLocaleIsDisclosed, wordsFit } from './conversation.ts';
import { deliveryFitsInTwoDays } from './delivery.ts';
import { endpointKeyExists, endpointKeyIsHidden } from './endpoint.ts';
import { productionFloors } from './floors.ts';
import { integrationsAreUsed } from './integrations.ts';
import { domainIsConsistent, privateApiHasNoRegionalDomain, vpcIsConsistent } from './network.ts';
import { settingsHaveEffect } from './no-effect.ts';
import { profileMatches, regionsAreAllowed } from './residency.ts';
import { ownerIsNotApprover } from './responsible.ts';
import { retentionFollowsPolicy } from './retention.ts';
import type { Rule } from './rule.ts';
import { tagsAreFree } from './tags.ts';
import { timeOuts } from './time-outs.ts';
import { namesAreUnique } from './unique.ts';

/** Every rule between parts of one environment. */
export const rules: readonly Rule[] = [
  timeOuts,
  alarmsHaveSubscribers,
  deliveryHasAlarms,
  deliveryFitsInTwoDays,
  retentionFollowsPolicy,
  reservationsFit,
  regionsAreAllowed,
  profileMatches,
  endpointKeyExists,
  endpointKeyIsHidden,
  defaultLocaleIsDisclosed,
  wordsFit,
  namesAreUnique,
  tagsAreFree,
  ownerIsNotApprover,
  domainIsConsistent,
  vpcIsConsistent,
  privateApiHasNoRegionalDomain,
  broughtResourcesAreNear,
  settingsHaveEffect,
  integrationsAreUsed,
  productionFloors,
];
