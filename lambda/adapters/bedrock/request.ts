import type { ConverseCommandInput, Message, Tool, ToolInputSchema, ToolUseBlock } from '@aws-sdk/client-bedrock-runtime';
import type { BedrockSettings } from '../../contracts/settings.ts';
import type { ModelPrompt, ToolRound, ToolSpec, ToolUse } from '../../domain/answer/ports.ts';

/** What Converse and ConverseStream are asked alike; the guardrail differs. */
export type ConverseRequest = Pick<ConverseCommandInput, 'modelId' | 'system' | 'messages' | 'inferenceConfig' | 'toolConfig'>;

/** A prompt with its tools as Converse wants it: each round of a tool is a message of the model's and one of ours. */
export function converseRequest(settings: BedrockSettings, { system, messages }: ModelPrompt, tools: readonly ToolSpec[], rounds: readonly ToolRound[]): ConverseRequest {
  const offered = toolsFor(tools, rounds);
  return {
    modelId: settings.modelId,
    system: [{ text: system }],
    messages: [...messages.map(({ role, text }): Message => ({ role, content: [{ text }] })), ...rounds.flatMap(messagesOf)],
    inferenceConfig: { maxTokens: settings.maxTokens, temperature: settings.temperature },
    ...(offered.length === 0 ? {} : { toolConfig: { tools: offered } }),
  };
}

/** Bedrock refuses rounds of a tool that it is not told of, so one that is no longer offered is named with nothing behind it. */
function toolsFor(tools: readonly ToolSpec[], rounds: readonly ToolRound[]): Tool[] {
  if (tools.length > 0) return tools.map(({ name, description, inputSchema }) => tool(name, description, inputSchema));
  return [...new Set(rounds.map(({ use }) => use.name))].map((name) => tool(name, 'No longer available.', { type: 'object' }));
}

function tool(name: string, description: string, inputSchema: ToolSpec['inputSchema']): Tool {
  const json: ToolInputSchema.JsonMember['json'] = JSON.parse(JSON.stringify(inputSchema));
  return { toolSpec: { name, description, inputSchema: { json } } };
}

function messagesOf({ use, result }: ToolRound): [Message, Message] {
  return [
    { role: 'assistant', content: [{ toolUse: { toolUseId: use.id, name: use.name, input: inputOf(use) } }] },
    { role: 'user', content: [{ toolResult: { toolUseId: use.id, content: [{ text: result }] } }] },
  ];
}

/** What the model wrote, as the object that Bedrock takes; broken JSON was answered as such, and goes back as nothing. */
function inputOf({ input }: ToolUse): ToolUseBlock['input'] {
  try {
    const parsed: ToolUseBlock['input'] = JSON.parse(input);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? parsed : {};
  } catch {
    return {};
  }
}
