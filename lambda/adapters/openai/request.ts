import type { OpenAiCompatibleSettings } from '../../contracts/settings.ts';
import type { ModelPrompt, ToolRound, ToolSpec } from '../../domain/answer/ports.ts';

/** Body of a chat completion, streamed, with the usage at its end. */
export function completionBody(settings: OpenAiCompatibleSettings, { system, messages }: ModelPrompt, tools: readonly ToolSpec[], rounds: readonly ToolRound[]): object {
  return {
    model: settings.modelId,
    messages: [{ role: 'system', content: system }, ...messages.map(({ role, text }) => ({ role, content: text })), ...rounds.flatMap(messagesOf)],
    max_tokens: settings.maxTokens,
    temperature: settings.temperature,
    stream: true,
    stream_options: { include_usage: true },
    ...(tools.length === 0 ? {} : { tools: tools.map(({ name, description, inputSchema }) => ({ type: 'function', function: { name, description, parameters: inputSchema } })) }),
  };
}

function messagesOf({ use, result }: ToolRound): object[] {
  return [
    { role: 'assistant', content: null, tool_calls: [{ id: use.id, type: 'function', function: { name: use.name, arguments: use.input } }] },
    { role: 'tool', tool_call_id: use.id, content: result },
  ];
}
