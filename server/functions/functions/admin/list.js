// Public, because the view in Flex calls it; the server asks for a Flex token and for a role.
exports.handler = (context, event, callback) =>
  require(Runtime.getFunctions().server.path).answer('/admin/list', context, event, callback);
