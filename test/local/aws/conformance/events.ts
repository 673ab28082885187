import { CreateEventBusCommand, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { expect } from 'vitest';
import { failure } from '../support/clients.ts';
import type { Case } from './case.ts';

export const events: readonly Case[] = [
  {
    name: 'good entries get an id, bad ones an error, in order',
    run: async (c) => {
      const EventBusName = c.unique('bus');
      const made = await c.events.send(new CreateEventBusCommand({ Name: EventBusName }));
      expect(made.EventBusArn).toBe(`arn:aws:events:eu-central-1:123456789012:event-bus/${EventBusName}`);
      const good = { EventBusName, Source: 'bot', DetailType: 'Opened', Detail: '{"a":1}' };
      const { FailedEntryCount, Entries } = await c.events.send(
        new PutEventsCommand({
          Entries: [good, { ...good, Detail: 'not json' }, { ...good, DetailType: undefined }, { ...good, Source: undefined }, { ...good, Detail: undefined }],
        }),
      );
      expect(FailedEntryCount).toBe(4);
      expect(Entries?.[0]?.EventId).toMatch(/^[0-9a-f-]{36}$/);
      expect(Entries?.slice(1).map((entry) => entry.ErrorCode)).toEqual(['MalformedDetail', 'InvalidArgument', 'InvalidArgument', 'InvalidArgument']);
      expect(Entries?.[2]?.ErrorMessage).toMatch(/DetailType is a required argument/);
    },
  },
  {
    name: 'more than ten entries are refused',
    run: async (c) => {
      const Entries = Array.from({ length: 11 }, () => ({ Source: 'bot', DetailType: 't', Detail: '{}' }));
      await failure(c.events.send(new PutEventsCommand({ Entries })), 'ValidationException');
    },
  },
];
