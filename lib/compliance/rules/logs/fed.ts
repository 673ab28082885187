import { valueAt } from '../../template/resolve.ts';
import type { Estate, Resource } from '../../template/types.ts';
import { holdsUnknown } from '../../template/value.ts';
import { manyAt, patternOf, reasonsOf } from '../check.ts';
import { logTarget } from '../log-groups.ts';

/** Properties by which what handles requests names its log group. Trails and flow logs are not among them: no user's text passes there. */
const FEEDERS: Readonly<Record<string, readonly string[]>> = {
  'AWS::Lambda::Function': ['LoggingConfig.LogGroup'],
  'AWS::Serverless::Function': ['LoggingConfig.LogGroup'],
  'AWS::ApiGateway::Stage': ['AccessLogSetting.DestinationArn'],
  'AWS::ApiGateway::Deployment': ['StageDescription.AccessLogSetting.DestinationArn'],
  'AWS::ApiGatewayV2::Stage': ['AccessLogSettings.DestinationArn'],
  'AWS::StepFunctions::StateMachine': ['LoggingConfiguration.Destinations[].CloudWatchLogsLogGroup.LogGroupArn'],
  'AWS::Pipes::Pipe': ['LogConfiguration.CloudwatchLogsLogDestination.LogGroupArn', 'Target'],
  'AWS::Events::Rule': ['Targets[].Arn'],
  'AWS::WAFv2::LoggingConfiguration': ['LogDestinationConfigs[]'],
  'AWS::ECS::TaskDefinition': ['ContainerDefinitions[].LogConfiguration.Options.awslogs-group'],
  'AWS::Lex::BotAlias': ['ConversationLogSettings.TextLogSettings[].Destination.CloudWatch.CloudWatchLogGroupArn'],
  'AWS::Logs::DeliveryDestination': ['DestinationResourceArn'],
  'AWS::OpenSearchService::Domain': ['LogPublishingOptions.SEARCH_SLOW_LOGS.CloudWatchLogsLogGroupArn', 'LogPublishingOptions.AUDIT_LOGS.CloudWatchLogsLogGroupArn'],
};

/** Names that services give to the log groups of what handles requests. */
const NAMES = /^(\/aws\/lambda\/|\/aws\/apigateway\/|API-Gateway-Execution-Logs_|\/aws\/appsync\/|\/aws\/vendedlogs\/(states|bedrock)|\/aws\/states\/|\/aws\/lex|\/aws\/bedrock|aws-waf-logs-)/;

/** Types that write what requests hold to log groups. */
export const FEEDER_TYPES: readonly string[] = Object.keys(FEEDERS);

/** Whether user text can come to a log group, and by what; undefined when it cannot be told, with the reason. */
export function feederOf(estate: Estate, group: Resource): { readonly fed: boolean | undefined; readonly by: string } {
  const name = valueAt(estate, group, 'LogGroupName');
  const open: string[] = [];
  for (const writer of estate.resources) {
    const all = FEEDERS[writer.type] === undefined ? undefined : valueAt(estate, writer);
    for (const value of all === undefined ? [] : (FEEDERS[writer.type] ?? []).flatMap((path) => manyAt(all, path))) {
      const target = logTarget(estate, value);
      if (target.kind === 'group' && target.resource === group) return { fed: true, by: `${writer.logicalId} writes to it` };
      if (target.kind === 'unknown') open.push(`where ${writer.logicalId} writes is not told (${reasonsOf(value)})`);
    }
  }
  const known = NAMES.exec(patternOf(name))?.[1];
  if (known !== undefined) return { fed: true, by: `its name is that of ${known}` };
  if (holdsUnknown(name)) open.push('its name is not told');
  return { fed: open.length === 0 ? false : undefined, by: open.slice(0, 3).join('; ') };
}
