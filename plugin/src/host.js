// What the WASM module is given of Flex. How an administrator configures it stands in `settings.js`.
import { SyncClient } from 'twilio-sync';

import { settings } from './settings';

/** The Twilio region of the account, where it is not the default one. */
function region(manager) {
  const flex = ((manager.configuration || {}).sdkOptions || {}).flex || {};
  return (flex.environmentConfig || {}).region;
}

/** The object behind `Host` in `flex/sys.rs`. */
export function createHost(flex, manager) {
  const { functionsBase, syncMapName } = settings(manager.serviceConfiguration);
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
