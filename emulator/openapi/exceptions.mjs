// What Twilio's documents do not have, and where the emulator is content with less than they say.
// Each has its reason, and one that no sample needs any more is a mistake.

/** Paths that are in no document, as the emulator serves them: the host without `.twilio.com`, then the path. */
export const UNDOCUMENTED = [
  {
    path: /^\/serverless-upload\//,
    why: 'contents are uploaded to a host of their own, which only the Serverless pages describe',
  },
  {
    path: /^\/iam\/v1\/Accounts\/AC[0-9a-f]{32}\/Tokens\//,
    why: 'Flex tokens: described with `twilio-flex-token-validator` alone',
  },
  { path: /^\/flex-api\/v1\/Accounts\/AC[0-9a-f]{32}\/Tokens\//, why: 'the Flex UI asks for its token there' },
  {
    path: /^\/flex-api\/v1\/Instances\/GO[0-9a-f]{32}\/Teams\/Context$/,
    why: 'the Flex UI asks there for the teams of whoever signed in',
  },
  {
    path: /^\/flex-plugin-upload\.us1\//,
    why: 'the Flex CLI has the bundle of a plugin looked at before it deploys it',
  },
  { path: /^\/flex\//, why: 'what the Flex UI loads of its own host' },
  { path: /^\/assets(\.flex)?\//, why: 'fonts, flags and countries, files that the Flex UI loads' },
  { path: /^\/status\//, why: "Twilio's status page, which the Flex UI asks for incidents" },
  { path: /^\/event-bridge\//, why: 'what tells the Flex UI of its Worker' },
];

/** Of the configuration of Flex the emulator keeps what is read of it. */
const SHORT_CONFIGURATION = {
  says:
    'the answer lacks call_recording_enabled, call_recording_webhook_url, channel_configs, citrix_voice_vdi, ' +
    'crm_attributes, crm_callback_url, crm_enabled, crm_fallback_url, crm_type, debugger_integration, ' +
    'flex_insights_drilldown, flex_insights_hr, flex_ui_status_report, flex_url, integrations, ' +
    'messaging_service_instance_sid, offline_config, public_attributes, queue_stats_configuration, ' +
    'service_version, ' +
    'taskrouter_offline_activity_sid, taskrouter_target_taskqueue_sid, taskrouter_target_workflow_sid, ' +
    'taskrouter_taskqueues, taskrouter_worker_attributes, taskrouter_worker_channels, url',
  why: 'the emulator has neither recordings, nor a CRM, nor Flex Insights; the Flex UI and the Flex CLI do without',
};

/** Sentences that are no mistake, word for word, by the operation they are said of. */
export const DIFFERENCES = [
  {
    operation: 'POST /serverless/v1/Services/{ServiceSid}/Environments',
    says: 'the request at /body has what is unknown: FriendlyName',
    why: 'the Serverless Toolkit sends it, although an Environment has no such name',
  },
  { operation: 'GET /flex-api/v1/Configuration', ...SHORT_CONFIGURATION },
  { operation: 'POST /flex-api/v1/Configuration', ...SHORT_CONFIGURATION },
];
