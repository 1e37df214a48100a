import { type NamedCpu, namedCpu } from '../../domain/cpu.ts';
import { CPU_MODELS_OF, cpuModels } from '../../domain/cpuModels.ts';
import { say } from '../../l10n/say.ts';
import { setText } from '../../xml/edits.ts';
import { textSpan } from '../../xml/query.ts';
import { isSimilar } from '../../xml/similar.ts';
import { defineRule } from '../rule.ts';
import { changeMode } from './repairs.ts';

/** Names of QEMU's that libvirt has a mode for. */
const MODES: Readonly<Record<string, string>> = { host: 'host-passthrough', max: 'maximum' };

export const rule = defineRule<NamedCpu>({
  id: 'cpu/unknown-model',
  severity: 'warning',
  needs: ['cpu', 'model'],
  *find(domain) {
    const cpu = domain.isQemu && domain.isX86 ? namedCpu(domain) : undefined;
    // Anything but letters, digits and joints is a placeholder.
    if (cpu && /^[\w.-]+$/.test(cpu.modelName) && !cpuModels('x86').has(cpu.modelName)) yield cpu;
  },
  say: (cpu) => {
    const mode = MODES[cpu.modelName];
    const near = similarModels(cpu.modelName);
    const advice = mode
      ? say`QEMU's \`-cpu ${cpu.modelName}\` is \`mode='${mode}'\` here`
      : near.length > 0
        ? say`did you mean ${near.map((name) => `\`${name}\``).join(say` or `)}?`
        : say`see \`virsh domcapabilities\` for those of a host`;
    return {
      at: textSpan(cpu.model),
      message:
        say`libvirt (up to ${CPU_MODELS_OF}) knows no CPU model \`${cpu.modelName}\`: the definition is stored, but the guest does not start. Names are case-sensitive; ${advice}`.replace(
          /(?<![?.])$/,
          '.',
        ),
    };
  },
  fix: (cpu, { document }) => {
    const mode = MODES[cpu.modelName];
    if (mode) return [{ title: say`Use mode='${mode}'`, edits: changeMode(cpu, mode, document) }];
    return similarModels(cpu.modelName).map((name) => ({
      title: say`Change the model to ${name}`,
      edits: setText(cpu.model, name),
    }));
  },
});

/** The known names that look like a slip of the keyboard away, at most three. */
function similarModels(written: string): readonly string[] {
  return [...cpuModels('x86').keys()].filter((name) => isSimilar(written, name)).slice(0, 3);
}
