// The entry that Flex loads: registers the plugin, and nothing else.
import * as FlexPlugin from '@twilio/flex-plugin';

import AgentDidExtensionsPlugin from './AgentDidExtensionsPlugin';

FlexPlugin.loadPlugin(AgentDidExtensionsPlugin);
