// The React side of the view: an element for the WASM module to draw in, with Flex's design tokens on it.
import React from 'react';

import { themeProperties } from './theme';

const FAILED =
  'Agent DID Extensions could not be started in this browser. Reload the page; if it stays, ask an administrator ' +
  'whether WebAssembly is allowed here.';

/** A component that Flex puts into the view. It is taken down whenever another view is chosen; `application` stays. */
export function createView(flex, application) {
  function ExtensionsView({ theme }) {
    const element = React.useRef(null);
    React.useEffect(() => {
      if (!application) {
        return undefined;
      }
      const mounted = application.mount(element.current);
      return () => mounted.unmount();
    }, []);
    const { light, style } = themeProperties(theme);
    return React.createElement(
      'div',
      {
        ref: element,
        'data-ade-theme': light ? 'light' : 'dark',
        // Without it the browser draws its own controls, such as checkboxes, light on dark.
        style: { ...style, colorScheme: light ? 'light' : 'dark', flex: '1 1 0', minWidth: 0, minHeight: 0, display: 'flex' },
      },
      application ? null : React.createElement('p', { role: 'alert', style: { margin: '2rem' } }, FAILED),
    );
  }
  return flex.withTheme(ExtensionsView);
}
