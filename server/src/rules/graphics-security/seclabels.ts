/** Security labels: one a model, for the domain and for each source that has labels of its own. */
import type { Domain } from '../../domain/domain.ts';
import { say } from '../../l10n/say.ts';
import { attribute, attributeValue, child, childElements, nameSpan, textOf, valueSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { dropElement, setValueOf } from '../fixes.ts';
import { placeOf, type Refused, refusal, relatedTo } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'graphics-security/seclabels';

function ofDomain(domain: Domain): XmlElement[] {
  return childElements(domain.root, 'seclabel');
}

/** Labels of disk images and of the host's ends of character devices. */
function ofDevices(domain: Domain): readonly XmlElement[] {
  return domain.elements('seclabel').filter(({ parent }) => parent?.name === 'source');
}

function* duplicates(domain: Domain): Generator<Refused> {
  const labels = ofDomain(domain);
  const sources = new Map<XmlElement | null, XmlElement[]>();
  for (const label of [...labels, ...ofDevices(domain)]) {
    const earlier = sources.get(label.parent);
    if (!earlier) sources.set(label.parent, [label]);
    else {
      const model = attributeValue(label, 'model');
      const same = earlier.find((other) => attributeValue(other, 'model') === model);
      earlier.push(label);
      if (!same || (model === undefined && label.parent !== domain.root)) continue;
      yield {
        at: placeOf(label, 'model'),
        message: say`Each security driver labels once: libvirt refuses a second label ${model === undefined ? say`without a model` : say`of \`${model}\``}. Remove one of the two.`,
        related: [relatedTo(placeOf(same, 'model'), say`The first one`)],
        fixes: [dropElement(label, domain.document)],
      };
    }
  }
}

/** libvirt takes the host's first driver for a label that names none, where that label leaves all to the driver. */
function* withoutModel(domain: Domain): Generator<Refused> {
  const labels = ofDomain(domain);
  const unnamed = labels.filter((label) => attribute(label, 'model') === undefined);
  const [label] = unnamed;
  if (!label || unnamed.length > 1) return;
  const isOneOfMany = labels.length > 1;
  const type = attributeValue(label, 'type');
  const leavesAll = type === 'none' || (type === 'dynamic' && !child(label, 'baselabel'));
  if (!isOneOfMany && leavesAll) return;
  yield {
    at: nameSpan(label),
    message: isOneOfMany
      ? say`Among several labels each has to name its \`model\`: libvirt refuses this one.`
      : say`A label with contents of its own has to name its \`model\`: libvirt refuses it. Add the security driver of the host: \`selinux\`, \`apparmor\` or \`dac\`.`,
    related: labels
      .filter((other) => other !== label)
      .map((other) => relatedTo(placeOf(other, 'model'), say`Another label`)),
    fixes: [isOneOfMany ? dropElement(label, domain.document) : undefined],
  };
}

function* emptyLabels(domain: Domain): Generator<Refused> {
  for (const seclabel of ofDomain(domain)) {
    const label = child(seclabel, 'label');
    if (attributeValue(seclabel, 'type') !== 'static' || !label || textOf(label) !== '') continue;
    yield {
      at: nameSpan(label),
      message: say`A \`static\` label is taken as it is written, and this one is empty: libvirt refuses it. Write the label, or let libvirt make one with \`type="dynamic"\`.`,
      related: [relatedTo(placeOf(seclabel, 'type'), say`Static here`)],
      fixes: [
        {
          title: say`Change type to 'dynamic'`,
          edits: [
            ...dropElement(label, domain.document).edits,
            ...setValueOf(seclabel, 'type', 'dynamic', domain.document).edits,
          ],
        },
      ],
    };
  }
}

/** A source can't be labelled otherwise where the domain's label leaves all files alone. */
function* overrides(domain: Domain): Generator<Refused> {
  const off = ofDomain(domain).filter((label) => {
    const type = attributeValue(label, 'type');
    return attributeValue(label, 'relabel') === undefined
      ? type === 'none' || type === 'static'
      : attributeValue(label, 'relabel') === 'no';
  });
  if (off.length === 0) return;
  for (const label of ofDevices(domain)) {
    const model = attribute(label, 'model');
    const general = off.find((other) => model && attributeValue(other, 'model') === model.value.trim());
    const isOn = ![label].some((one) => attributeValue(one, 'relabel') === 'no' || attribute(one, 'labelskip'));
    if (!model || !general || !isOn) continue;
    yield {
      at: valueSpan(model),
      message: say`The domain's label of \`${model.value.trim()}\` leaves all files as they are, and libvirt refuses a source that is labelled all the same. Remove this label, or give the domain's one \`relabel="yes"\`.`,
      related: [relatedTo(placeOf(general, attribute(general, 'relabel') ? 'relabel' : 'type'), say`No relabelling`)],
      fixes: [
        dropElement(label, domain.document),
        attributeValue(general, 'type') === 'static'
          ? setValueOf(general, 'relabel', 'yes', domain.document)
          : undefined,
      ],
    };
  }
}

export const refusals: readonly Rule[] = [
  refusal('graphics-security/seclabel-duplicate', page, duplicates, { anyDriver: true, needs: ['seclabel'] }),
  refusal('graphics-security/seclabel-model', page, withoutModel, { needs: ['seclabel'] }),
  refusal('graphics-security/seclabel-empty', page, emptyLabels, { anyDriver: true, needs: ['seclabel', 'label'] }),
  refusal('graphics-security/seclabel-override', page, overrides, { anyDriver: true, needs: ['seclabel', 'source'] }),
];
