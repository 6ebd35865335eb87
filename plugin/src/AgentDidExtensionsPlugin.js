// What Flex starts: the side link, the view and the notifications, for supervisors and administrators.
// Everything else is in the WASM module. Knows nothing of extensions.
import { FlexPlugin } from '@twilio/flex-plugin';
import React from 'react';

import { createView } from './ExtensionsView';
import { createHost } from './host';
import { loadModule } from './module';

const NAME = 'AgentDidExtensionsPlugin';
const VIEW = 'agent-extensions-view';
const TITLE = 'Agent DID Extensions';
const ROLES = ['supervisor', 'admin'];

/** Registers each notification under its id, with its sentence among Flex's strings. */
function registerNotifications(flex, manager, notifications) {
  const strings = {};
  notifications.forEach(({ id, text }) => {
    strings[id] = text;
  });
  // Flex compiles the sentences when the whole object is assigned.
  manager.strings = { ...manager.strings, ...strings };
  notifications.forEach(({ id, type }) => {
    flex.Notifications.registerNotification({
      id,
      content: id,
      type: flex.NotificationType[type],
      timeout: type === 'error' ? 10000 : 5000,
      closeButton: true,
    });
  });
}

/** The entry in the side navigation. */
function createSideLink(flex) {
  return function ExtensionsSideLink({ activeView }) {
    return React.createElement(
      flex.SideLink,
      {
        showLabel: true,
        icon: 'Directory',
        iconActive: 'Directory',
        isActive: activeView === VIEW,
        onClick: () => flex.Actions.invokeAction('NavigateToView', { viewName: VIEW }),
      },
      TITLE,
    );
  };
}

export default class AgentDidExtensionsPlugin extends FlexPlugin {
  constructor() {
    super(NAME);
  }

  async init(flex, manager) {
    if (!(manager.user.roles || []).some((role) => ROLES.includes(role))) {
      return;
    }
    let application = null;
    try {
      const module = await loadModule();
      registerNotifications(flex, manager, module.notifications());
      application = module.start(createHost(flex, manager));
    } catch (error) {
      // The view says so to the person; the console keeps the reason for a developer.
      console.error('agent-did-extensions: the module could not be started', error);
    }
    const SideLink = createSideLink(flex);
    const ExtensionsView = createView(flex, application);
    flex.SideNav.Content.add(React.createElement(SideLink, { key: 'agent-did-extensions-link' }));
    flex.ViewCollection.Content.add(
      React.createElement(flex.View, { name: VIEW, key: VIEW }, React.createElement(ExtensionsView, { key: 'view' })),
    );
  }
}
