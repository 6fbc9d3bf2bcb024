/**
 * Writes docs/reference.md from the contract: `pnpm reference`. A test compares what is committed with what this
 * makes, so that the page cannot say anything else than the code.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  commandNames,
  commands,
  ERROR_STATUS,
  events,
  eventTypes,
  namespaceOf,
  PROTOCOL,
  queries,
  queryNames,
  type RouteDefinition,
  routeLine,
  routeNames,
  routes,
  type SignalDefinition,
  signals,
  topicKeys,
  topicSchemas,
  topics,
} from '@almenara/events';
import { z } from 'zod';

const REFERENCE = fileURLToPath(new URL('../docs/reference.md', import.meta.url));

interface JsonSchema {
  type?: string;
  format?: string;
  enum?: unknown[];
  const?: unknown;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
}

/** A schema in a line: `{ name, email? }`; the names say what the values are. */
function shape(schema: JsonSchema, depth = 0): string {
  if (schema.anyOf) return [...new Set(schema.anyOf.map((one) => shape(one, depth)))].join(' or ');
  if (schema.enum) return schema.enum.map((value) => `'${value}'`).join(' or ');
  if (schema.items) return `[${shape(schema.items, depth)}]`;
  if (schema.properties) {
    const fields = Object.entries(schema.properties).map(([name, field]) => {
      const optional = schema.required?.includes(name) ? '' : '?';
      const nested = field.properties ?? field.items?.properties;
      return nested && depth < 1 ? `${name}${optional}: ${shape(field, depth + 1)}` : `${name}${optional}`;
    });
    return `{ ${fields.join(', ')} }`;
  }
  return schema.format ?? schema.type ?? 'any';
}

const inputOf = (type: z.ZodType): string =>
  shape(z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' }) as JsonSchema);
const outputOf = (type: z.ZodType): string =>
  shape(z.toJSONSchema(type, { io: 'output', unrepresentable: 'any' }) as JsonSchema, 1);

const row = (...cells: string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
const table = (head: string[], rows: string[][]): string =>
  [row(...head), row(...head.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n');
const code = (text: string): string => `\`${text}\``;

const takenBy = ({ query, body }: Pick<RouteDefinition, 'query' | 'body'>): string =>
  [query && `query ${code(inputOf(query))}`, body && code(inputOf(body))].filter(Boolean).join(', ');
const answeredBy = ({
  result,
  answers,
  status = 200,
}: Pick<RouteDefinition, 'result' | 'answers' | 'status'>): string =>
  [status === 200 ? '' : status, answers ?? (result && code(outputOf(result)))].filter(Boolean).join(' ');

/** The page, as one text. */
export function reference(): string {
  return `# Reference

Made from the contract in \`packages/events\` by \`pnpm reference\`; do not edit. Wire protocol ${PROTOCOL}.

## Topics

${table(
  ['topic', 'namespace', 'who', 'snapshot', 'events'],
  topicKeys.map((key) => {
    const { pattern, namespace, access } = topics[key];
    const { summary, events: listed } = topicSchemas[key];
    const roles = access.self === undefined ? access.roles.join(', ') : `the user of that ${access.self}`;
    const who = access.policy === undefined ? roles : `${roles}: ${access.policy}`;
    return [code(pattern), code(namespace), who, summary, listed.map((event) => code(event.type)).join(' ')];
  }),
)}

## Events

${table(
  ['event', 'what happened', 'data'],
  eventTypes.map((type) => [code(type), events[type].summary, code(outputOf(events[type].data))]),
)}

## Commands

Over a socket \`emit(name, { commandId, input }, ack)\`; over HTTP the input as JSON body and the \`commandId\` as
\`Idempotency-Key\`. Path parameters are fields of the input.

${table(
  ['command', 'namespace', 'HTTP', 'roles', 'what it does', 'input', 'result', 'may answer'],
  commandNames.map((name) => {
    const { http, roles, summary, input, output, errors } = commands[name];
    return [
      code(name),
      code(namespaceOf(commands[name])),
      code(`${http.method} ${http.path}`),
      roles.join(', '),
      summary,
      code(inputOf(input)),
      code(outputOf(output)),
      errors.map(code).join(' '),
    ];
  }),
)}

## Queries

${table(
  ['query', 'HTTP', 'roles', 'what it answers', 'parameters'],
  queryNames.map((name) => {
    const { path, roles, summary, params } = queries[name];
    return [code(name), code(`GET ${path}`), roles.join(', '), summary, code(inputOf(params))];
  }),
)}

## Other routes

What HTTP serves beside commands and queries. Like theirs, a refusal is \`application/problem+json\` with one of the codes
below; where nothing is said of an answer it is \`{}\`.

${table(
  ['route', 'HTTP', 'who', 'what it does', 'takes', 'answers', 'may answer'],
  routeNames.map((name) => {
    const { access, summary, errors = [], ...route }: RouteDefinition = routes[name];
    return [
      code(name),
      code(routeLine(route)),
      typeof access === 'string' ? access : access.join(', '),
      summary,
      takenBy(route),
      answeredBy(route),
      errors.map(code).join(' '),
    ];
  }),
)}

## Signals

${table(
  ['signal', 'namespace', 'sent by', 'data', 'what all are told'],
  Object.entries<SignalDefinition>(signals).map(([type, definition]) => [
    code(type),
    code(definition.namespace),
    definition.from,
    code(outputOf(definition.data)),
    definition.from === 'client' ? code(outputOf(definition.told)) : 'the same',
  ]),
)}

## Errors

${table(
  ['code', 'HTTP status'],
  Object.entries(ERROR_STATUS).map(([name, status]) => [code(name), String(status)]),
)}
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(REFERENCE, reference());
