/** What of `<domainCapabilities>` decides whether the target's emulator can take a domain over. */
import { readXml } from '../output/xml.ts';

export interface EmulatorAbilities {
  /** The machine type as QEMU calls it; aliases (`pc`, `q35`) are resolved. */
  readonly machine: string | undefined;
  /** Values of an `<enum>` by what it is about; undefined where the emulator's libvirt does not tell. */
  readonly tpmBackends: readonly string[] | undefined;
  readonly filesystemDrivers: readonly string[] | undefined;
  /** Paths of firmware images. */
  readonly loaders: readonly string[];
}

export function readAbilities(domainCapabilities: string): EmulatorAbilities {
  const root = readXml(domainCapabilities, 'domainCapabilities');
  const values = (device: string, name: string): readonly string[] | undefined => {
    const node = root.at('devices', device);
    if (!node.exists) return undefined;
    const list = node.all('enum').find((one) => one.attribute('name') === name);
    return (list?.all('value') ?? []).flatMap((one) => one.text ?? []);
  };
  return {
    machine: root.at('machine').text,
    tpmBackends: values('tpm', 'backendModel'),
    filesystemDrivers: values('filesystem', 'driverType'),
    loaders: root
      .at('os', 'loader')
      .all('value')
      .flatMap((one) => one.text ?? []),
  };
}
