// What a sample breaks: the rules that a request and its answer must keep, each in the words it is reported in.
// Knows what Twilio's documents do not say: how errors look, and that the server must ask for nothing else.

/** How the requests of our own server are told from those of tests and of Twilio's clients. */
const SERVER = 'agent-did-extensions/';

/** The sentences that say what is wrong with a sample; none if it is as the documents have it. */
export function broken(documents, sample) {
  const operation = documents.operation(sample.method, sample.path);
  if (!operation) return isRefused(sample) ? [] : ['no document has this path with this method'];
  const byRequest = isRefused(sample) ? [] : brokenByRequest(documents, operation, sample);
  return [...byRequest, ...brokenByAnswer(documents, operation, sample)];
}

/** What a sample is counted under: the operation, or what was asked for if there is none. */
export function nameOf(documents, { method, path }) {
  const withoutSids = path.replaceAll(/\b[A-Z]{2}[0-9a-f]{32}\b/g, '{Sid}');
  return documents.operation(method, path)?.name ?? `${method} ${withoutSids}`;
}

/** Whether the server sent it. */
export function isOurs({ user_agent }) {
  return user_agent.startsWith(SERVER);
}

/** Tests may send what Twilio would refuse, if it is refused. Our server may not. */
function isRefused(sample) {
  return sample.status >= 400 && !isOurs(sample);
}

function brokenByRequest(documents, operation, { method, path, query, body, content_type }) {
  const types = operation.contentTypes;
  const type = body === null ? types[0] : content_type.split(';')[0].trim();
  if (body !== null && types.length === 0) return ['the request has a body where there is none'];
  if (type !== undefined && !types.includes(type)) {
    return [`the request is ${type || 'of no type'} where it is ${types.join(' or ')}`];
  }
  const request = { path: operation.parameters(method, path), query: query ?? {}, body: body ?? {} };
  return told('the request', documents.requestErrors(operation, type, request));
}

function brokenByAnswer(documents, operation, { status, answer_type, answer }) {
  if (status >= 400) return isError(answer, status) ? [] : ['the answer is no error as Twilio writes them'];
  const { statuses } = operation;
  if (!statuses.includes(status)) return [`the answer is ${status} where it is ${statuses.join(' or ')}`];
  if (!operation.hasBody(status)) return answer === null ? [] : ['the answer has a body where there is none'];
  if (!answer_type.startsWith('application/json')) return [`the answer is ${answer_type || 'of no type'}, not JSON`];
  return told('the answer', documents.answerErrors(operation, status, answer));
}

/** https://www.twilio.com/docs/usage/twilios-response#response-formats-exceptions */
function isError(answer, status) {
  return typeof answer?.message === 'string' && Number.isInteger(answer.code) && answer.status === status;
}

/** Ajv's errors as sentences. What one object lacks is one sentence, and so is what it has too much. */
function told(what, errors) {
  const names = new Map();
  for (const error of errors) {
    const [sentence, name] = sentenceOf(what, error);
    names.set(sentence, [...(names.get(sentence) ?? []), ...(name ? [name] : [])]);
  }
  return [...names].map(([sentence, names]) => [sentence, [...new Set(names)].sort().join(', ')].join(' ').trim());
}

/** A sentence, and the name that ends it. A hundred rows with one mistake are one mistake. */
function sentenceOf(what, { instancePath, keyword, message, params }) {
  const place = instancePath.replaceAll(/\/\d+(?=\/|$)/g, '/*');
  const where = place ? `${what} at ${place}` : what;
  if (keyword === 'required') return [`${where} lacks`, params.missingProperty];
  if (keyword === 'additionalProperties') return [`${where} has what is unknown:`, params.additionalProperty];
  return [`${where} ${message}${params.allowedValues ? `: ${params.allowedValues.join(', ')}` : ''}`];
}
