// How an administrator configures the plugin: in Flex's service configuration, or while the bundle is built.
// Knows nothing of what the settings are for.

const DEFAULT_MAP = 'AgentExtensionMaps';

/** A variable that the Flex CLI puts in while it builds; a page that is built otherwise has none. */
function built(read) {
  try {
    return text(read());
  } catch (error) {
    return undefined;
  }
}

/** A text with something in it. */
function text(value) {
  return (typeof value === 'string' && value.trim()) || undefined;
}

/**
 * Where the server is (undefined where nobody said so), and the name of the Sync Map. Flex's service configuration
 * comes first, so that one build serves several accounts. The Flex CLI replaces each `process.env.NAME` as a whole.
 */
export function settings(serviceConfiguration) {
  const attributes = (serviceConfiguration || {}).ui_attributes || {};
  const configured = attributes.agent_did_extensions || {};
  return {
    functionsBase: text(configured.functions_base) || built(() => process.env.FLEX_APP_FUNCTIONS_BASE),
    syncMapName:
      text(configured.sync_map_name) ||
      built(() => process.env.FLEX_APP_SYNC_MAP_NAME) ||
      built(() => process.env.REACT_APP_SYNC_MAP_NAME) ||
      DEFAULT_MAP,
  };
}
