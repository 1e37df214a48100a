/** Video devices: which go together, and what each model has. */
import type { Domain } from '../../domain/domain.ts';
import { wholeNumber } from '../../domain/numbers.ts';
import { platform } from '../../domain/platform.ts';
import { isMarked, type Video, videos } from '../../domain/video.ts';
import type { Fix } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { attribute, attributeSpan, attributeValue, child, nameSpan, valueSpan } from '../../xml/query.ts';
import type { Span, XmlAttribute, XmlDocument, XmlElement } from '../../xml/tree.ts';
import { addChild, dropAttribute, dropElement, setValueOf } from '../fixes.ts';
import { addressOf, placeOf, type Refused, refusal, relatedTo } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'devices/video-models';

/** Models that also work as second card, and have several heads. */
const SEVERAL = new Set(['qxl', 'virtio']);
/** Models of other hypervisors. */
const FOREIGN = new Set(['xen', 'vbox', 'parallels', 'gop']);

function typePlace({ element, model }: Video): Span {
  return model ? placeOf(model, 'type') : nameSpan(element);
}

/** Models that are at fixed ports; where none is written, the PC gets one of them. */
function isOnlyPrimary({ type }: Video, domain: Domain): boolean {
  if (type === undefined) return platform(domain).architecture === 'x86';
  return !SEVERAL.has(type) && !FOREIGN.has(type);
}

function withType({ element, model }: Video, type: string, document: XmlDocument): Fix {
  return model
    ? setValueOf(model, 'type', type, document)
    : addChild(element, `<model type='${type}'/>`, document, say`Add the model '${type}'`, ['driver']);
}

function* combinations(domain: Domain): Generator<Refused> {
  const all = videos(domain);
  const none = all.find(({ type }) => type === 'none');
  const marked = all.filter(({ element }) => isMarked(element));
  for (const video of all) {
    const drop = dropElement(video.element, domain.document, say`Remove this video device`);
    const primary = all.find(({ isPrimary }) => isPrimary);
    if (none && all.length > 1) {
      if (video !== none) continue;
      const other = all.find((one) => one !== none);
      yield {
        at: typePlace(video),
        message: say`\`none\` says that the guest has no video device, and here is another: libvirt refuses the two. Remove one.`,
        related: other ? [relatedTo(typePlace(other), say`The other one`)] : [],
        fixes: [drop],
      };
    } else if (marked.length > 1 && video !== marked[0] && isMarked(video.element) && video.model) {
      const mark = attribute(video.model, 'primary');
      yield {
        at: placeOf(video.model, 'primary'),
        message: say`Firmware draws on one video device, the primary one: libvirt refuses a second one marked so.`,
        related: marked[0] ? [relatedTo(typePlace(marked[0]), say`The first one marked`)] : [],
        fixes: [mark ? dropAttribute(mark, domain.document) : undefined],
      };
    } else if (!video.isPrimary && isOnlyPrimary(video, domain)) {
      if (video.type === 'none' || marked.length > 1) continue;
      yield {
        at: typePlace(video),
        message: say`${video.type === undefined ? say`A card without a model gets that of libvirt's default, which` : say`A \`${video.type}\` card`} is at fixed ports of a PC, so it can only be the primary one: libvirt refuses it as second. Use \`virtio\` or \`qxl\`, or remove it.`,
        related: primary ? [relatedTo(typePlace(primary), say`The primary one`)] : [],
        fixes: [withType(video, 'virtio', domain.document), drop],
      };
    }
  }
}

function* foreignModels(domain: Domain): Generator<Refused> {
  for (const video of videos(domain)) {
    if (video.type === undefined || !video.model || !FOREIGN.has(video.type)) continue;
    yield {
      at: typePlace(video),
      message: say`\`${video.type}\` is a card of another hypervisor; with QEMU libvirt refuses it. Use \`virtio\`, or \`vga\` for guests without its driver.`,
      fixes: ['virtio', 'vga'].map((type) => setValueOf(video.model ?? video.element, 'type', type, domain.document)),
    };
  }
}

interface Option {
  readonly at: Span;
  /** "`vgamem`", "A resolution": the beginning of a sentence. */
  readonly what: string;
  readonly models: readonly string[];
  readonly fix: Fix;
}

/** Everything in a video device that only some models have. */
function options({ element, model }: Video, { document }: Domain): Option[] {
  const driver = child(element, 'driver');
  const ofModel = (name: string, models: readonly string[]) => optionOf(attribute(model, name), models);
  const said = (at: XmlAttribute, models: readonly string[]): Option[] => [
    { at: attributeSpan(at), what: `\`${at.name}\``, models, fix: dropAttribute(at, document) },
  ];
  const optionOf = (at: XmlAttribute | undefined, models: readonly string[]): Option[] =>
    at && wholeNumber(at.value) !== 0 ? said(at, models) : [];
  const heads = attribute(model, 'heads');
  const resolution = model && child(model, 'resolution');
  const accel3d = attribute(model && child(model, 'acceleration'), 'accel3d');
  const name = attribute(driver, 'name');
  const isVhostUser = name?.value.trim() === 'vhostuser';
  return [
    ...['ram', 'vram64', 'vgamem'].flatMap((one) => ofModel(one, ['qxl'])),
    ...ofModel('edid', ['vga', 'bochs', 'virtio']),
    ...ofModel('blob', ['virtio']),
    ...(heads && heads.value.trim() !== '1' ? said(heads, ['qxl', 'virtio', 'none']) : []),
    ...['iommu', 'ats', 'packed', 'page_per_vq'].flatMap((one) => optionOf(attribute(driver, one), ['virtio'])),
    ...(name && isVhostUser ? optionOf(name, ['virtio']) : []),
    ...(accel3d?.value.trim() === 'yes' && !isVhostUser ? optionOf(accel3d, ['virtio', 'none']) : []),
    ...(resolution
      ? [
          {
            at: nameSpan(resolution),
            what: 'A resolution',
            models: ['vga', 'qxl', 'virtio', 'bochs', 'none'],
            fix: dropElement(resolution, document),
          },
        ]
      : []),
  ];
}

function* optionsOfOthers(domain: Domain): Generator<Refused> {
  for (const video of videos(domain)) {
    // Which model the PC gets where none is written depends on the release: what `vga` has, it may have.
    const type = video.type ?? (platform(domain).architecture === 'x86' ? 'vga' : undefined);
    // Of what there is no card, libvirt asks nothing; the grammar does.
    if (type === undefined || type === 'none' || FOREIGN.has(type)) continue;
    for (const { at, what, models, fix } of options(video, domain).filter((option) => !option.models.includes(type))) {
      const owners = models.filter((model) => model !== 'none').map((model) => `\`${model}\``);
      yield {
        at,
        message: say`${what} is for ${named(owners)}; with ${video.type ? say`the model \`${type}\`` : say`the default model`} libvirt refuses it. Remove it, or change the model.`,
        related: [relatedTo(typePlace(video), say`The model`)],
        fixes: [fix],
      };
    }
  }
}

const MEBIBYTE_IN_KIB = 1024;

/** Amounts are in KiB. */
function* amounts(domain: Domain): Generator<Refused> {
  for (const { model, type } of videos(domain)) {
    if (!model) continue;
    const read = (name: string) => wholeNumber(attributeValue(model, name)) ?? 0;
    const vgamem = read('vgamem');
    const vram = read('vram');
    const tooLittle = { vgamem: type === 'qxl' ? vgamem : 0, vram: type === 'vga' || type === 'vmvga' ? vram : 0 };
    for (const [name, amount] of Object.entries(tooLittle))
      if (amount > 0 && amount < MEBIBYTE_IN_KIB) yield wrongAmount(model, name, amount, MEBIBYTE_IN_KIB, domain);
    if (type === 'qxl' && vgamem >= MEBIBYTE_IN_KIB && !Number.isInteger(Math.log2(vgamem)))
      yield wrongAmount(model, 'vgamem', vgamem, 2 ** Math.ceil(Math.log2(vgamem)), domain);
  }
}

function wrongAmount(model: XmlElement, name: string, amount: number, better: number, domain: Domain): Refused {
  const why = amount < MEBIBYTE_IN_KIB ? say`is 1 MiB (1024 KiB) at least` : say`is a power of two`;
  return {
    at: placeOf(model, name),
    message: say`\`${name}\` ${why}, and ${amount} KiB are not: libvirt refuses it. Use ${better}.`,
    fixes: [setValueOf(model, name, String(better), domain.document)],
  };
}

function* settings(domain: Domain): Generator<Refused> {
  for (const { element, model, type } of videos(domain)) {
    const acceleration = model && child(model, 'acceleration');
    const resolution = model && child(model, 'resolution');
    const accel2d = attribute(acceleration, 'accel2d');
    const node = attribute(acceleration, 'rendernode');
    const isVhostUser = attributeValue(child(element, 'driver'), 'name') === 'vhostuser';
    if (accel2d?.value.trim() === 'yes' && type !== 'none')
      yield {
        at: attributeSpan(accel2d),
        message: say`QEMU has no switch for 2D acceleration: libvirt refuses \`accel2d="yes"\`. Remove it.`,
        fixes: [dropAttribute(accel2d, domain.document)],
      };
    if (node && !isVhostUser && type !== 'none')
      yield {
        at: attributeSpan(node),
        message: say`The render node of a video device is the one of \`vhost-user-gpu\`: libvirt refuses it unless the driver is \`vhostuser\`. Otherwise it belongs into \`<gl>\` of \`<graphics>\`.`,
        fixes: [dropAttribute(node, domain.document)],
      };
    if (acceleration && acceleration.attributes.length === 0)
      yield {
        at: nameSpan(acceleration),
        message: say`An \`<acceleration>\` that says nothing is refused. Say \`accel3d\`, or remove it.`,
        fixes: [dropElement(acceleration, domain.document)],
      };
    for (const axis of ['x', 'y'].flatMap((one) => attribute(resolution, one) ?? []))
      if (wholeNumber(axis.value) === 0)
        yield {
          at: valueSpan(axis),
          message: say`A screen has a pixel at least: libvirt refuses 0. Remove \`<resolution>\` for the default.`,
          fixes: [dropElement(axis.parent, domain.document)],
        };
  }
}

/** ramfb is part of the firmware's configuration, and on no bus. */
function* addresses(domain: Domain): Generator<Refused> {
  for (const video of videos(domain)) {
    const address = addressOf(video.element);
    if (video.type !== 'ramfb' || !address) continue;
    yield {
      at: valueSpan(address.type),
      message: say`\`ramfb\` is plain memory on no bus: libvirt refuses an address. Remove it.`,
      related: [relatedTo(typePlace(video), say`The model`)],
      fixes: [dropElement(address.element, domain.document)],
    };
  }
}

export const refusals: readonly Rule[] = [
  refusal('devices/video-combination', page, combinations, { needs: ['video'] }),
  refusal('devices/video-foreign', page, foreignModels, { needs: ['video'] }),
  refusal('devices/video-options', page, optionsOfOthers, { needs: ['video'] }),
  refusal('devices/video-memory', page, amounts, { since: '1.1.1', needs: ['video'] }),
  refusal('devices/video-settings', page, settings, { needs: ['video'] }),
  refusal('devices/video-address', page, addresses, { since: '5.9.0', needs: ['video'] }),
];

/** `a`, `b` and `c`. */
function named(owners: readonly string[]): string {
  const [last = '', ...others] = [...owners].reverse();
  return others.length === 0 ? last : `${others.reverse().join(say`, `)}${say` and `}${last}`;
}
