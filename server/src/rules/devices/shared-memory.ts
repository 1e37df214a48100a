/** Memory shared between guests (ivshmem): names, sizes, and what goes with a server. */
import type { Domain } from '../../domain/domain.ts';
import { formatSize, MEBIBYTE, sizeInBytes, splitSize } from '../../domain/sizes.ts';
import type { Fix } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { setAttribute, setText } from '../../xml/edits.ts';
import { attribute, attributeValue, child, nameSpan, textOf, textSpan, valueSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { addChild, dropElement, setValueOf } from '../fixes.ts';
import { addressOf, placeOf, type Refused, refusal, relatedTo } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'devices/shared-memory';

const PLAIN = 'ivshmem-plain';
const DOORBELL = 'ivshmem-doorbell';

function modelOf(shmem: XmlElement): string {
  return attributeValue(child(shmem, 'model'), 'type') ?? 'ivshmem';
}

/** The name is that of a file in the host's /dev/shm. */
function* names(domain: Domain): Generator<Refused> {
  for (const shmem of domain.devices('shmem')) {
    const name = attribute(shmem, 'name');
    const value = name?.value.trim() ?? '';
    if (!name || !(value.includes('/') || value === '.' || value === '..')) continue;
    const cured = value.replace(/^[./]+|\/+$/g, '').replaceAll('/', '-') || 'shmem0';
    yield {
      at: valueSpan(name),
      message: say`The name is that of a file in \`/dev/shm\`, not a path: libvirt refuses a slash in it, and the names \`.\` and \`..\`.`,
      fixes: [setValueOf(shmem, 'name', cured, domain.document)],
    };
  }
}

/** A PCI BAR has a power of two. The unit is bytes where none is written. */
function* sizes(domain: Domain): Generator<Refused> {
  for (const shmem of domain.devices('shmem')) {
    const size = child(shmem, 'size');
    const bytes = size && sizeInBytes(textOf(size), attributeValue(size, 'unit') ?? 'bytes');
    if (!size || !bytes || (bytes >= MEBIBYTE && Number.isInteger(Math.log2(bytes)))) continue;
    const better = Math.max(MEBIBYTE, 2 ** Math.ceil(Math.log2(bytes)));
    yield {
      at: textSpan(size),
      message: say`The guest sees the memory through a PCI BAR, whose size is a power of two and here 1 MiB at least; ${formatSize(bytes)} is refused, by releases before 11 at the start only. Use ${formatSize(better)}.`,
      fixes: [resize(size, better, domain)],
    };
  }
}

function resize(size: XmlElement, bytes: number, domain: Domain): Fix {
  const [number, unit] = splitSize(bytes);
  return {
    title: say`Change the size to ${formatSize(bytes)}`,
    edits: [...setAttribute(size, 'unit', unit, domain.document), ...setText(size, String(number))],
  };
}

function* models(domain: Domain): Generator<Refused> {
  for (const shmem of domain.devices('shmem')) {
    const model = child(shmem, 'model');
    if (modelOf(shmem) !== 'ivshmem') continue;
    const better = child(shmem, 'server') ? DOORBELL : PLAIN;
    yield {
      at: model ? placeOf(model, 'type') : nameSpan(shmem),
      message: say`${model ? say`The model \`ivshmem\`` : say`Without \`<model>\` libvirt takes \`ivshmem\`, which`} is gone from QEMU since 4.0: libvirt refuses it. Use \`${better}\`.`,
      fixes: [
        model
          ? setValueOf(model, 'type', better, domain.document)
          : addChild(shmem, `<model type='${better}'/>`, domain.document, say`Use model '${better}'`),
      ],
    };
  }
}

/** The doorbell rings through a server; plain memory has neither server nor interrupts. */
function* servers(domain: Domain): Generator<Refused> {
  for (const shmem of domain.devices('shmem')) {
    const model = modelOf(shmem);
    const [server, msi, size] = ['server', 'msi', 'size'].map((name) => child(shmem, name));
    const related = [relatedTo(placeOf(child(shmem, 'model') ?? shmem, 'type'), say`The model`)];
    if (!server && msi)
      yield {
        at: nameSpan(msi),
        message: say`Interrupts come from a server: libvirt refuses \`<msi>\` without a \`<server>\`. Remove it.`,
        fixes: [dropElement(msi, domain.document)],
      };
    else if (!server && model === DOORBELL)
      yield {
        at: nameSpan(shmem),
        message: say`\`${DOORBELL}\` talks to a server, and none is named: libvirt refuses it. Add \`<server>\`, or use \`${PLAIN}\`.`,
        related,
        fixes: [
          setValueOf(child(shmem, 'model') ?? shmem, 'type', PLAIN, domain.document),
          addChild(
            shmem,
            "<server path='/run/ivshmem.sock'/>",
            domain.document,
            say`Add a server (put your path in place)`,
            ['model', 'size'],
          ),
        ],
      };
    else if (server && model === PLAIN)
      yield {
        at: nameSpan(server),
        message: say`\`${PLAIN}\` is plain memory without a server: libvirt refuses \`<server>\` beside it. Use \`${DOORBELL}\`.`,
        related,
        fixes: [
          setValueOf(child(shmem, 'model') ?? shmem, 'type', DOORBELL, domain.document),
          dropElement(server, domain.document),
        ],
      };
    else if (server && size && model === DOORBELL)
      yield {
        at: nameSpan(size),
        message: say`The server says how much memory it shares: libvirt refuses \`<size>\` beside it. Remove it.`,
        related: [relatedTo(nameSpan(server), say`The server`)],
        fixes: [dropElement(size, domain.document)],
      };
  }
}

function* addresses(domain: Domain): Generator<Refused> {
  for (const shmem of domain.devices('shmem')) {
    const address = addressOf(shmem);
    if (!address || address.type.value.trim() === 'pci') continue;
    yield {
      at: valueSpan(address.type),
      message: say`Shared memory is a PCI device: an address of type \`${address.type.value.trim()}\` is refused at the start. Remove it.`,
      fixes: [dropElement(address.element, domain.document)],
    };
  }
}

export const refusals: readonly Rule[] = [
  refusal('devices/shmem', page, sizes, { since: '1.2.10', needs: ['shmem'] }),
  refusal('devices/shmem-name', page, names, { since: '6.10.0', needs: ['shmem'] }),
  refusal('devices/shmem-model', page, models, { since: '1.3.3', needs: ['shmem'] }),
  refusal('devices/shmem-server', page, servers, { since: '1.2.10', needs: ['shmem'] }),
  refusal('devices/shmem-address', page, addresses, { since: '1.2.10', needs: ['shmem'] }),
];
