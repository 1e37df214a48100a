import { firmware, nvramPath } from '../../domain/firmware.ts';
import { say } from '../../l10n/say.ts';
import { removeElement, setText } from '../../xml/edits.ts';
import { attribute, attributeValue, child, nameSpan, textOf, textSpan, valueSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';
import { isShared } from './paths.ts';

interface Match {
  readonly nvram: XmlElement;
  readonly path: string;
}

export const rule = defineRule<Match>({
  id: 'firmware-boot/nvram-is-template',
  severity: 'warning',
  needs: ['nvram'],
  *find(domain) {
    const read = firmware(domain);
    const path = nvramPath(read);
    if (!domain.isQemu || !read.nvram || path === '') return;
    const isTemplate = path === attributeValue(read.nvram, 'template') || path === read.path;
    if (isTemplate || isShared(path)) yield { nvram: read.nvram, path };
  },
  say: ({ nvram, path }) => {
    const template = attribute(nvram, 'template');
    const file = attribute(child(nvram, 'source'), 'file');
    return {
      at: textOf(nvram) ? textSpan(nvram) : file ? valueSpan(file) : nameSpan(nvram),
      message: say`\`${path}\` is what all guests are given as their first variables: this one would write its boot entries and keys into it. Name a file of its own, or none: libvirt then copies the template.`,
      ...(template?.value.trim() === path && { related: [{ ...valueSpan(template), message: say`The template` }] }),
    };
  },
  fix: ({ nvram, path }, domain) => {
    const name = textOf(child(domain.root, 'name'));
    const own = `/var/lib/libvirt/qemu/nvram/${name}_VARS.fd`;
    const template = attributeValue(nvram, 'template');
    const leave = { title: say`Let libvirt copy the template`, edits: removeElement(nvram, domain.document) };
    if (!name || !textOf(nvram)) return [leave];
    const named = { title: say`Use ${own}`, edits: setText(nvram, own) };
    return template === undefined || template === path ? [named, leave] : [leave, named];
  },
});
