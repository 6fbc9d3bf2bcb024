import { expect, test } from 'vitest';
import { z } from 'zod';
import { type CommandName, commandNames, commands, OFFLINE, type OfflineFacts, offlineOf } from '../index.ts';

const fieldsOf = (name: CommandName): string[] =>
  Object.keys(z.toJSONSchema(commands[name].input, { io: 'input', unrepresentable: 'any' }).properties ?? {});

const withFacts = commandNames.flatMap((name): [CommandName, OfflineFacts][] => {
  const facts = offlineOf(name);
  return facts ? [[name, facts]] : [];
});

test('what the queue knows of a command is what its definition says', () => {
  for (const name of commandNames) expect(commands[name].offline, name).toBe(offlineOf(name));
  expect(Object.keys(OFFLINE).toSorted()).toEqual(withFacts.map(([name]) => name).toSorted());
});

test('every field that the queue looks at is one of the command’s input', () => {
  for (const [name, { names, makes, versions = {} }] of withFacts) {
    const looked = [...names, ...(makes ? [makes] : []), ...Object.entries(versions).flat()];
    expect(fieldsOf(name), name).toEqual(expect.arrayContaining(looked));
    if (makes) expect(names, name).toContain(makes);
  }
});

test('whoever expects a version, or names what another command makes, tells the queue', () => {
  const made = new Set(withFacts.map(([, { makes }]) => makes).filter((field) => field !== undefined));
  for (const name of commandNames) {
    const { names = [], versions = {} } = offlineOf(name) ?? {};
    const fields = fieldsOf(name);
    expect(names, name).toEqual(expect.arrayContaining(fields.filter((field) => made.has(field))));
    const expected = fields.filter((field) => /version$/i.test(field));
    expect(expected.length === 0 || offlineOf(name) !== undefined, name).toBe(true);
    expect(['expectedVersion', ...Object.keys(versions)], name).toEqual(expect.arrayContaining(expected));
  }
});

test('a command is refused for being made already only by a code that it may answer', () => {
  for (const [name, { makes, madeIf }] of withFacts) {
    if (madeIf === undefined) continue;
    expect(makes, name).toBeDefined();
    expect(commands[name].errors, name).toContain(madeIf);
  }
});
