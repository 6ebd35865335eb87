// What the WASM module is given of Flex, and how an administrator configures it.
import { SyncClient } from 'twilio-sync';

const DEFAULT_MAP = 'AgentExtensionMaps';

/** A variable that the Flex CLI puts in while it builds; a page that is built otherwise has none. */
function built(read) {
  try {
    return read() || undefined;
  } catch (error) {
    return undefined;
  }
}

/** Flex's service configuration comes first, so that one build serves several accounts. */
function settings(manager) {
  const attributes = (manager.serviceConfiguration && manager.serviceConfiguration.ui_attributes) || {};
  const configured = attributes.agent_did_extensions || {};
  return {
    functionsBase: configured.functions_base || built(() => process.env.FLEX_APP_FUNCTIONS_BASE),
    syncMapName: configured.sync_map_name || built(() => process.env.REACT_APP_SYNC_MAP_NAME) || DEFAULT_MAP,
  };
}

/** The Twilio region of the account, where it is not the default one. */
function region(manager) {
  const flex = ((manager.configuration || {}).sdkOptions || {}).flex || {};
  return (flex.environmentConfig || {}).region;
}

/** The object behind `Host` in `flex/sys.rs`. */
export function createHost(flex, manager) {
  const { functionsBase, syncMapName } = settings(manager);
  return {
    manager,
    notifications: flex.Notifications,
    functionsBase,
    syncMapName,
    createSyncClient(token) {
      const where = region(manager);
      // Without the session cache a reload asks for the Map anew, and misses no event between reading and listening.
      const options = { Sync: { enableSessionStorage: false } };
      return new SyncClient(token, where ? { ...options, region: where } : options);
    },
  };
}
