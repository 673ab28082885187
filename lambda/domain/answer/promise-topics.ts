/** What a sentence may promise, and how. */
export interface Topic {
  /**
   * `topic`: the source must say something of the topic. `words`: it must use the very words. `done`: it must say so of this case, not of
   * cases in general. `one`: one sentence must give it, of what this one speaks of and on its conditions. `never`: nothing supports it.
   */
  readonly needs: 'topic' | 'words' | 'done' | 'one' | 'never';
  readonly pattern: RegExp;
}

const DONE = '(?:refunded|cancell?ed|processed|issued|approved|shipped|dispatched|credited|extended|waived|sent|delivered|paid|booked|arranged|confirmed|granted|reserved|escalated|forwarded|changed|updated|replaced|resolved|fixed)';
const DONE_GERMAN = '(?:erstattet|storniert|bearbeitet|genehmigt|verschickt|versendet|gutgeschrieben|verlangert|erlassen|zugestellt|bezahlt|gebucht|bestatigt|reserviert|weitergeleitet|geandert|ersetzt|veranlasst)';
const ACT = '(?:cancel|refund|book|change|update|escalate|forward|arrange|send|ship|process|issue|credit|extend|waive|contact|call|notify|make an exception|approve|confirm|reserve|order|reimburse|grant|upgrade|promise|guarantee|assure)';

/** Promises by what they are about: money, goods that come and go back, guarantees, rights and law, health and safety, prices, what was done. */
export const TOPICS: readonly Topic[] = [
  { needs: 'topic', pattern: /\b(?:refund\w*|(?:money|price|amount|sum|cash|payment|costs?)(?: \w+){0,3} back|back(?: \w+){0,2} (?:money|price|amount)|reimburs\w*|compensat\w*|credited|pay(?:s|ing)? you|paid out|pay out|pay back|give you money|store credit|cash ?back|erstatt\w*|ruckerstatt\w*|(?:geld|preis|betrag|summe)(?: \w+){0,3} zuruck\w*|ruckzahl\w*|gutschrift\w*|gutgeschrieben|entschadig\w*|auszahl\w*)\b/ },
  { needs: 'topic', pattern: /\b(?:return(?:s|ed|ing|able)?|(?:take|takes|send|sends|sent|give|bring|go|goes)(?: \w+){0,4} back|zuruck(?:geb|gegeb|schick|geschick|send|gesend|nehm|genomm)\w*|ruckgabe\w*)\b/ },
  { needs: 'topic', pattern: /\b(?:(?:can|may|get to|allowed to|free to) keep|behalten|exchang\w*|swap(?:s|ped|ping)?)\b/ },
  { needs: 'topic', pattern: /\b(?:replacements?|replace it|replace them|free repair|ersatzlieferung|ersatzartikel|umtausch\w*)\b/ },
  { needs: 'words', pattern: /\b(?:guarantee[ds]?|promise[ds]?|assure[ds]?|definitely|certainly|surely|no matter (?:what|why|how)|whatever (?:the|your|you)|regardless|for any reason|without conditions?|unconditional\w*|bedingungslos\w*|egal (?:warum|was|wie)|in any case|in every case|without fail|100 ?(?:%|percent)|you can rely on|rest assured|garantier\w*|garantie|versprech\w*|versprochen|zusicher\w*|zugesichert|versichern (?:ihnen|dir)|auf jeden fall|in jedem fall|bestimmt|sicherlich|verlassen sie sich)\b/ },
  { needs: 'topic', pattern: /\b(?:entitled|entitlement|(?:legal|statutory|your|a|the) rights? (?:to|of|under)|your rights|legal\w*|illegal\w*|lawful\w*|unlawful\w*|liab\w+|lawsuit|sue|court|by law|the law|warrant(?:y|ies)|anspruch|ihr recht|recht auf|gesetz\w*|rechtlich\w*|legal|illegal|haft(?:en|et|bar|ung)|verklagen|gewahrleistung\w*)\b/ },
  { needs: 'topic', pattern: /\b(?:safe(?:ly)? (?:to|for|in|with(?! us\b)|around|during)|(?:is|are|its|be|totally|completely|perfectly|absolutely) safe(?! with us\b)|harmless|cures?|cured|heals?|medic\w+|dos(?:e|age|es)|diagnos\w+|symptoms?|tablets?|pills?|capsules?|drugs?|alcohol|painkillers?|cancers?|tumou?rs?|diabet\w+|illness\w*|diseases?|sickness|headaches?|migraines?|fevers?|(?:back|joint|knee|neck|muscle) pain|insomnia|asthma|eczema|remed(?:y|ies)|treats|side effects?|blood pressure|immune \w+|breast ?feed\w*|tabletten?|pillen?|kapseln?|medikament\w*|arznei\w*|alkohol|krebs|krankheit\w*|fieber|kopfschmerz\w*|kopfweh|nebenwirkung\w*|blutdruck|allerg\w+|hypoallergenic|pregnan\w+|toxic|non toxic|nontoxic|poison\w*|doctor|therapy|pain relief|relieves?|infection|carcinogen\w*|fireproof|flame retardant|unbedenklich|ungefahrlich|ungiftig|giftig|heilt|heilung|arzt|arztlich\w*|dosis|dosierung|schwanger\w*|allergi\w*|schmerz\w*|sicher (?:fur|bei|zu))\b/ },
  { needs: 'one', pattern: /\b(?:free of (?:charge|cost)|for free|(?<!\b(?:feel|feeling|step|toll|hands|tax|duty|sugar|care|fragrance) )free(?! to\b| of\b| space\b| standing\b| choice\b)|complimentary|at no (?:extra |additional )?(?:cost|charge)|no (?:extra |additional )?(?:cost|costs|charge|charges|fee|fees)|costs? (?:you )?nothing|pays? nothing|(?:not|dont|doesnt|never|wont|without) (?:have to |need to )?pay(?:ing)?|(?:at|on) our (?:own )?(?:expense|cost)|we (?:pay|cover|bear)(?: \w+){0,4} (?:costs?|fees?|charges?|postage|labels?|shipping|delivery)|on the house|kostenlos\w*|kostenfrei\w*|gebuhrenfrei\w*|gratis|umsonst|(?:zahlen|bezahlen|kostet)(?: sie)? nichts|ohne (?:zusatz)?kosten|keine (?:zusatzlichen )?(?:kosten|gebuhren)|auf unsere kosten|portofrei|versandkostenfrei)\b/ },
  { needs: 'one', pattern: /\b(?:waiv\w+|(?<!with (?:the )?|without |no )exceptions?|goodwill|as a favou?r|just for you|only for you|drop(?:ped|s)? the (?:fee|charge)|erlassen|erlasst|verzichten|(?<!mit |ohne |keine )ausnahm\w+|kulan\w+|nur fur sie)\b/ },
  { needs: 'one', pattern: /\b(?:gifts? (?:from us|for you|on top)|as a (?:gift|present)|(?:get|gets|receive|receives|send you|give you|gives you|offer you)(?: \w+){0,3} (?:gifts?|presents?)(?! (?:receipt|wrap\w*)\b)|geschenk\w*|(?:bekommen|erhalten)(?: \w+){0,3} (?:geschenk\w*|gutschein\w*))\b/ },
  { needs: 'topic', pattern: /\b(?:discount\w*|price match\w*|vouchers?|coupons?|rabatt\w*|gutschein\w*)\b/ },
  { needs: 'done', pattern: new RegExp(`\\b(?:has|have|was|were|is|are)(?: now| already| just| successfully)* (?:(?<=(?:has|have|now|already|just|successfully) )|(?<=(?:was|were) ))(?:been |being )?${DONE}\\b|\\b(?:we|ive|weve)(?: have| just| already| now){0,2} ${DONE}\\b`) },
  { needs: 'done', pattern: new RegExp(`\\b(?:wurde|wurden|ist|sind|haben wir|wir haben)(?: \\w+){0,6} ${DONE_GERMAN}\\b`) },
  { needs: 'done', pattern: /\b(?:money|refund|payment|amount|price|credit|geld|betrag|erstattung)(?: \w+){0,2} (?:(?:on|under) (?:its|the)? ?way|underway|coming|unterwegs)\b/ },
  { needs: 'never', pattern: new RegExp(`\\b(?:i|ive|ill|im)(?: have| will| can| am| just| already| now| going| to| happily| gladly| personally){0,4} (?:${ACT}|${DONE}|cancell?ing|refunding|sending|processing|issuing)\\b`) },
  { needs: 'never', pattern: new RegExp(`\\b(?:ich habe|ich werde|ich kann|werde ich|habe ich)(?: \\w+){0,6} (?:${DONE_GERMAN}|erstatten|stornieren|andern|veranlassen|verschicken|gutschreiben|verlangern|erlassen|genehmigen|buchen|uberweisen)\\b`) },
  { needs: 'never', pattern: /\b(?:legally binding|my word|trust me|rechtsverbindlich|mein wort)\b/ },
];
