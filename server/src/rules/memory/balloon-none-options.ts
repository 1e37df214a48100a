import type { Fix } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { attribute, attributeSpan, childElements, nameSpan } from '../../xml/query.ts';
import type { Span, XmlDocument, XmlElement } from '../../xml/tree.ts';
import { dropAttribute, dropElement } from '../fixes.ts';
import { defineRule } from '../rule.ts';

interface Option {
  readonly at: Span;
  readonly name: string;
  readonly fix: (document: XmlDocument) => Fix;
}

/** What is said of a balloon that there is not. */
function optionsOf(balloon: XmlElement): Option[] {
  const attributes = ['autodeflate', 'freePageReporting'].flatMap((name) => attribute(balloon, name) ?? []);
  const elements = childElements(balloon).filter(({ name }) => name === 'stats' || name === 'driver');
  return [
    ...attributes.map((one) => ({
      at: attributeSpan(one),
      name: `\`${one.name}\``,
      fix: (document: XmlDocument) => dropAttribute(one, document),
    })),
    ...elements.map((one) => ({
      at: nameSpan(one),
      name: `\`<${one.name}>\``,
      fix: (document: XmlDocument) => dropElement(one, document),
    })),
  ];
}

export const rule = defineRule<Option>({
  id: 'memory/balloon-none-options',
  severity: 'warning',
  tags: ['unnecessary'],
  needs: ['memballoon', 'stats|driver|@autodeflate|@freePageReporting'],
  find: (domain) =>
    (domain.isQemu ? domain.devices('memballoon') : [])
      .filter((balloon) => attribute(balloon, 'model')?.value.trim() === 'none')
      .flatMap(optionsOf),
  say: ({ at, name }) => ({
    at,
    message: say`${name} has no effect: the guest has no balloon (\`model='none'\`). Remove it, or use the model \`virtio\`.`,
  }),
  fix: ({ fix }, { document }) => [fix(document)],
});
