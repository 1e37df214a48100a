/** Names and numbers of which each device has its own: aliases, ACPI indices, the paths of block I/O limits. */
import type { Domain } from '../../domain/domain.ts';
import { numberOfAnyBase } from '../../domain/numbers.ts';
import type { Fix } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { insertChild, removeElement } from '../../xml/edits.ts';
import { attribute, child, childElements, nameSpan, textOf, textSpan, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute, XmlElement } from '../../xml/tree.ts';
import { dropElement, setValueOf } from '../fixes.ts';
import { type Refused, refusal, relatedTo } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'consistency-references/aliases';

/** Aliases that libvirt keeps (virDomainDeviceAliasIsUserAlias); others it drops and makes anew. */
const USER_ALIAS = /^ua-[\w-]*$/;

function* aliasesTwice(domain: Domain): Generator<Refused> {
  const named = domain.devices().flatMap((device) => {
    const at = attribute(child(device, 'alias'), 'name');
    // The first console is often the first serial port under another name, and then has its alias too.
    return at && device.name !== 'console' && USER_ALIAS.test(at.value) ? [at] : [];
  });
  const taken = new Set(named.map((at) => at.value));
  const seen = new Map<string, XmlAttribute>();
  for (const at of named) {
    const first = seen.get(at.value);
    if (!first) {
      seen.set(at.value, at);
      continue;
    }
    yield {
      at: valueSpan(at),
      message: say`The alias \`${at.value}\` is that of another device, and commands find devices by it: libvirt refuses the definition.`,
      related: [relatedTo(valueSpan(first), say`The first \`${at.value}\``)],
      get fixes() {
        return [setValueOf(at.parent, 'name', freeName(at.value, taken), domain.document)];
      },
    };
  }
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  let count = 2;
  while (taken.has(name + count)) count++;
  return name + count;
}

const MOST_INDEX = 16383;

function acpiIndices(domain: Domain): readonly XmlAttribute[] {
  return domain.devices().flatMap((device) => attribute(child(device, 'acpi'), 'index') ?? []);
}

function withoutAcpi(at: XmlAttribute, { document }: Domain): Fix {
  return dropElement(at.parent, document);
}

/** 0 and what is above QEMU's limit, and numbers that another device has. */
function* wrongAcpiIndices(domain: Domain): Generator<Refused> {
  const all = acpiIndices(domain);
  const taken = new Set(all.map((at) => numberOfAnyBase(at.value)));
  const seen = new Map<number, XmlAttribute>();
  let free = 1;
  for (const at of all) {
    const index = numberOfAnyBase(at.value);
    if (index === undefined || index === 0) continue;
    const first = seen.get(index);
    if (!first) seen.set(index, at);
    if (!first && index <= MOST_INDEX) continue;
    while (taken.has(free)) free++;
    taken.add(free);
    const fresh = String(free);
    yield {
      at: valueSpan(at),
      message: first
        ? say`ACPI index ${index} is that of another device; libvirt lets it pass, and QEMU does not start the guest. ${fresh} is free.`
        : say`An ACPI index is at most ${MOST_INDEX}; libvirt lets ${index} pass, and QEMU does not start the guest. ${fresh} is free.`,
      ...(first && { related: [relatedTo(valueSpan(first), say`The first index ${index}`)] }),
      get fixes() {
        return [setValueOf(at.parent, 'index', fresh, domain.document), withoutAcpi(at, domain)];
      },
    };
  }
}

function* limitedDevices(domain: Domain): Generator<Refused> {
  const tune = child(domain.root, 'blkiotune');
  const seen = new Map<string, XmlElement>();
  for (const device of tune ? childElements(tune, 'device') : []) {
    const path = child(device, 'path');
    const name = textOf(path);
    if (!path || name === '') {
      yield {
        at: nameSpan(device),
        message: say`Limits of block I/O are those of a host device: without \`<path>\` libvirt refuses the definition.`,
        fixes: [dropElement(device, domain.document)],
      };
      continue;
    }
    const first = seen.get(name);
    if (!first) {
      seen.set(name, path);
      continue;
    }
    yield {
      at: textSpan(path),
      message: say`\`${name}\` has a \`<device>\` already, and libvirt refuses a second one: write all of its limits into one.`,
      related: [relatedTo(textSpan(first), say`The first \`${name}\``)],
      fixes: [merged(first, device, domain)],
    };
  }
}

/** The limits that the first device lacks go there, and the second one goes. */
function merged(firstPath: XmlElement, device: XmlElement, { document }: Domain): Fix | undefined {
  const first = firstPath.parent;
  if (!first) return undefined;
  const more = childElements(device)
    .filter(({ name }) => !child(first, name))
    .map(({ start, end }) => document.text.slice(start, end));
  const added = more.length ? insertChild(first, more.join('\n'), document) : [];
  return { title: say`Merge into the first <device>`, edits: [...added, ...removeElement(device, document)] };
}

export const refusals: readonly Rule[] = [
  refusal('consistency-references/alias', page, aliasesTwice, { since: '3.9.0', needs: ['alias'] }),
  refusal('consistency-references/acpi-index', page, wrongAcpiIndices, {
    since: '7.3.0',
    atStart: true,
    needs: ['acpi'],
  }),
  refusal('consistency-references/blkio-device-duplicate', page, limitedDevices, {
    since: '0.9.8',
    needs: ['blkiotune'],
  }),
];
