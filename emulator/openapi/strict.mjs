// Says in a document what Twilio leaves out: that nothing else may be sent, and that an answer has all its fields.
// Knows how Twilio writes its documents, nothing of requests.

const FORM = 'application/x-www-form-urlencoded';

/** The methods of a path. */
export const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** Makes a document strict, in place. */
export function makeStrict(document) {
  const schemas = document.components?.schemas ?? {};
  const operations = Object.values(document.paths).flatMap((item) => METHODS.map((method) => item[method] ?? {}));
  const answers = operations.flatMap(({ responses }) => Object.values(responses ?? {}).map(jsonOf)).filter(Boolean);
  closeOpenLists(schemas, answers);
  for (const { requestBody } of operations) {
    const form = requestBody?.content[FORM]?.schema;
    if (form) form.additionalProperties = false;
  }
  for (const { schema } of answers) close(schema);
  Object.values(schemas).forEach(close);
}

function jsonOf(response) {
  return response.content?.['application/json'];
}

/** What may be null has to say so in its list of values, too; what has no type may be anything. */
function close(schema) {
  if (!isObject(schema)) return;
  if (schema.properties) {
    schema.required = Object.keys(schema.properties);
    schema.additionalProperties ??= false;
  }
  if (schema.nullable && !schema.type) delete schema.nullable;
  if (schema.nullable && schema.enum) schema.enum = [...schema.enum, null];
  Object.values(schema.properties ?? {}).forEach(close);
  close(schema.items);
}

/** Where a document does not say what the rows of a list are, its examples do: the fields of all of them. */
function closeOpenLists(schemas, answers) {
  const rows = new Map();
  for (const { schema, examples } of answers) {
    for (const { value } of Object.values(examples ?? {})) collect(schemas, schema, value, rows);
  }
  for (const [items, shown] of rows) {
    const names = [...new Set(shown.flatMap(Object.keys))];
    items.type = 'object';
    items.required = names.filter((name) => shown.every((row) => name in row));
    items.properties = Object.fromEntries(names.map((name) => [name, {}]));
    items.additionalProperties = false;
  }
}

/** Finds the rows that an example has in lists that say nothing of their rows, by the place of the schema. */
function collect(schemas, reference, example, rows) {
  const schema = schemas[reference.$ref?.split('/').at(-1)] ?? reference;
  if (Array.isArray(example) && schema.items) {
    if (Object.keys(schema.items).length > 0)
      return example.forEach((row) => collect(schemas, schema.items, row, rows));
    const shown = example.filter(isObject);
    if (shown.length > 0) rows.set(schema.items, [...(rows.get(schema.items) ?? []), ...shown]);
  } else if (isObject(example)) {
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      if (name in example) collect(schemas, property, example[name], rows);
    }
  }
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
