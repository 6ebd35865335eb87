// The entry of the bundle: puts React and the Flex UI where the hosted page has them.
// Flex itself sets window.Redux and window.ReactRedux while its Manager is created.
import * as React from 'react';
import * as ReactDOM from 'react-dom';

window.React = React;
window.ReactDOM = ReactDOM;
window.Twilio = window.Twilio || {};
window.Twilio.Flex = require('@twilio/flex-ui');
