// For `twilio flex:plugins:start`: copy to appConfig.js and put your account in.
var appConfig = {
  pluginService: {
    enabled: true,
    url: '/plugins',
  },
  sso: {
    accountSid: 'ACxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
  },
  ytica: false,
  logLevel: 'info',
  showSupervisorDesktopView: true,
};
