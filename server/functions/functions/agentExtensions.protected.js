// The lookup. It is protected: Twilio calls it, and checks the signature of everybody else.
exports.handler = (context, event, callback) =>
  require(Runtime.getFunctions().server.path).answer('/agentExtensions', context, event, callback);
