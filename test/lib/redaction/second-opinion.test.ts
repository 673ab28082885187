import { describe, expect, it } from 'vitest';
import { Redaction } from '../../../config/schema/redaction.ts';
import { grantSecondOpinion, secondOpinionSettings } from '../../../lib/redaction/index.ts';
import { capability, grantsOf } from '../../support/capability-app.ts';

const make = (redaction: object) => capability(({ caller }) => grantSecondOpinion(Redaction.parse(redaction), caller())).template;

describe('the second opinion', () => {
  it('is off unless asked for, and then changes nothing', () => {
    expect(Redaction.parse({})).toEqual({ comprehend: { enabled: false } });
    expect(JSON.stringify(make({}))).not.toContain('comprehend');
    expect(secondOpinionSettings(Redaction.parse({}))).toEqual({});
  });

  it('is one action, for which AWS has no resource', () => {
    expect(grantsOf(make({ comprehend: { enabled: true } }), 'demo-interactions')).toEqual(['comprehend:DetectPiiEntities on *']);
    expect(secondOpinionSettings(Redaction.parse({ comprehend: { enabled: true, minimumScorePercent: 90 } }))).toEqual({ secondOpinion: { minimumScore: 0.9 } });
  });
});
