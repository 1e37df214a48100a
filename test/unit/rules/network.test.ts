/** Where the rules of interfaces must keep quiet, and whose word counts where several could speak. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkText } from '../../../server/src/check.ts';
import { applyEdits } from '../../../server/src/finding.ts';

const OS = "<os><type arch='x86_64' machine='q35'>hvm</type></os>";

function domain(devices: string, { type = 'kvm', head = OS } = {}): string {
  return `<domain type='${type}'><name>a</name><memory unit='GiB'>2</memory><vcpu>4</vcpu>${head}<devices>${devices}</devices></domain>`;
}

/** The rules of this area that speak of a text. */
function rulesOf(text: string): string[] {
  return checkText(text)
    .map(({ rule }) => rule)
    .filter((rule) => rule.startsWith('network/'));
}

describe('network rules keep quiet', () => {
  const emulated = "<interface type='network'><source network='default'/><model type='e1000'/></interface>";
  const modelless = "<interface type='network'><source network='default'/></interface>";

  test('about domains of other drivers', () => {
    for (const type of ['xen', 'lxc', 'vz', 'bhyve']) assert.deepEqual(rulesOf(domain(emulated, { type })), [], type);
  });

  test('about a missing model where libvirt takes virtio', () => {
    for (const os of [
      "<type arch='aarch64' machine='virt'>hvm</type>",
      "<type arch='s390x' machine='s390-ccw-virtio'>hvm</type>",
      "<type arch='riscv64' machine='virt'>hvm</type>",
    ])
      assert.deepEqual(rulesOf(domain(modelless, { head: `<os>${os}</os>` })), [], os);
    assert.deepEqual(rulesOf(domain(modelless)), ['network/emulated-model']);
  });

  test('about emulated cards of systems that have no driver for virtio', () => {
    const metadata = (id: string): string =>
      `<metadata><libosinfo:libosinfo xmlns:libosinfo='http://libosinfo.org/xmlns/libvirt/domain/1.0'><libosinfo:os id='${id}'/></libosinfo:libosinfo></metadata>${OS}`;
    const quiet = domain(emulated, { head: metadata('http://apple.com/macosx/10.15') });
    assert.deepEqual(rulesOf(quiet), []);
    const windows = checkText(domain(emulated, { head: metadata('http://microsoft.com/win/11') }));
    assert.match(windows.find(({ rule }) => rule === 'network/emulated-model')?.message ?? '', /virtio-win/);
  });

  test('about assigned devices, which have no model', () => {
    const hostdev =
      "<interface type='hostdev' managed='yes'><source><address type='pci' domain='0x0000' bus='0x03' slot='0x10' function='0x1'/></source><driver name='vfio'/></interface>";
    assert.deepEqual(rulesOf(domain(hostdev)), []);
  });

  test('about queues of vhost-user, which may follow the cores of the switch', () => {
    const vhostuser =
      "<interface type='vhostuser'><source type='unix' path='/a' mode='client'/><model type='virtio'/><driver queues='8' tx_queue_size='1024'/></interface>";
    assert.deepEqual(rulesOf(domain(vhostuser)), []);
  });

  test('about one queue on user networking, and about sizes of rings that libvirt takes for the default', () => {
    const one = `<interface type='user'><backend type='passt'/><model type='virtio'/><driver queues='1' rx_queue_size='0'/></interface>`;
    assert.deepEqual(rulesOf(domain(one)), []);
  });

  test('about addresses that libvirt takes: all zero, capital letters, teams with one address', () => {
    const team = `<interface type='network'><mac address='52:54:00:AA:BB:CC'/><source network='default'/><model type='virtio'/><driver queues='4'/><teaming type='persistent'/><alias name='ua-a'/></interface><interface type='hostdev' managed='yes'><mac address='52:54:00:aa:bb:cc'/><source><address type='pci' domain='0x0000' bus='0x03' slot='0x10' function='0x1'/></source><teaming type='transient' persistent='ua-a'/></interface>`;
    assert.deepEqual(rulesOf(domain(team)), []);
    const zero = `<interface type='user'><mac address='00:00:00:00:00:00'/><backend type='passt'/><model type='virtio'/></interface>`;
    assert.deepEqual(rulesOf(domain(zero)), []);
  });

  test('about placeholders of templates', () => {
    const template = `<interface type='bridge'><mac address='@MAC@'/><source bridge='br0'/><model type='virtio'/><driver queues='@QUEUES@' rx_queue_size='@SIZE@'/></interface>`;
    assert.deepEqual(rulesOf(domain(template)), []);
  });

  test('about what is absent only because it is misspelt', () => {
    const inside = [
      "<sorce network='default'/><model type='virtio'/><driver queues='4'/>",
      "<source netwrok='default'/><model type='virtio'/><driver queues='4'/>",
      "<source network='default'/><modle type='virtio'/><driver queues='4'/>",
      "<source network='default'/><model tpye='virtio'/><driver queues='4'/>",
      "<source network='default'/><model type='virtio'/><driver queuse='4'/>",
      "<source network='default'/><model type='virtio'/><dirver queues='4'/>",
    ];
    for (const one of inside)
      assert.deepEqual(rulesOf(domain(`<interface type='network'>${one}</interface>`)), [], one);
    const macvtap = "<source dev='eth0' mdoe='bridge'/><model type='virtio'/><driver queues='4'/>";
    assert.deepEqual(rulesOf(domain(`<interface type='direct'>${macvtap}</interface>`)), []);
    const forward = "<backend tpye='passt'/><portForward proto='tcp'/><model type='virtio'/>";
    assert.deepEqual(rulesOf(domain(`<interface type='user'>${forward}</interface>`)), []);
  });

  test('about a source that belongs to another type', () => {
    const bridge =
      "<interface type='network'><source bridge='br0'/><model type='virtio'/><driver queues='4'/></interface>";
    assert.deepEqual(rulesOf(domain(bridge)), []);
  });

  test('about a device that somebody else made and named', () => {
    const managed = `<interface type='ethernet'><target dev='vnet7' managed='no'/><model type='virtio'/><driver queues='4'/></interface>`;
    assert.deepEqual(rulesOf(domain(managed)), []);
  });

  test('about vepa where the port is one of a switch that reflects frames', () => {
    const vepa = `<interface type='direct'><source dev='eth0' mode='vepa'/><virtualport type='802.1Qbg'><parameters managerid='11' typeid='1193047' typeidversion='2'/></virtualport><model type='virtio'/><driver queues='4'/></interface>`;
    assert.deepEqual(rulesOf(domain(vepa)), []);
  });
});

describe('network rules speak once', () => {
  test('of dropped options rather than of the model that drops them', () => {
    const recipe =
      "<interface type='network'><source network='default'/><driver name='vhost' txmode='iothread' ioeventfd='on' event_idx='off' queues='4'/></interface>";
    assert.deepEqual(rulesOf(domain(recipe)), ['network/driver-needs-virtio']);
    const dropped = checkText(domain(recipe)).find(({ rule }) => rule === 'network/driver-needs-virtio');
    assert.match(dropped?.message ?? '', /`name`, `txmode`, `ioeventfd`, `event_idx`, `queues`/);
  });

  test('of a refused model rather than of the options that it drops', () => {
    const refused =
      "<interface type='vhostuser'><source type='unix' path='/a' mode='client'/><model type='e1000'/><driver queues='4'/></interface>";
    assert.deepEqual(rulesOf(domain(refused)), ['network/vhostuser-model']);
  });

  test('of more queues than a tap can have rather than of more than vCPUs', () => {
    const many =
      "<interface type='network'><source network='default'/><model type='virtio'/><driver queues='300'/></interface>";
    assert.deepEqual(rulesOf(domain(many)), ['network/queues-over-tap-limit']);
  });

  test('of models without regard to case, as libvirt reads them', () => {
    const mixed =
      "<interface type='network'><source network='default'/><model type='ViRtIo'/><driver queues='4'/></interface>";
    assert.deepEqual(rulesOf(domain(mixed)), []);
  });
});

describe('fixes of network rules', () => {
  test('add what a source lacks in one edit, in the order that libvirt writes', () => {
    const text = domain("<interface type='vhostuser'><source type='unix'/><model type='virtio'/></interface>");
    const [fix] = checkText(text)
      .find(({ rule }) => rule === 'network/source-missing')
      ?.fixes() ?? [undefined];
    assert.ok(fix);
    assert.match(applyEdits(text, fix.edits), /<source type='unix' path='[^']+' mode='client'\/>/);
  });

  test('take a driver away with its last option, and only then', () => {
    const interfaceWith = (driver: string): string =>
      domain(`<interface type='network'><source network='default'/><model type='virtio'/>${driver}</interface>`);
    const mended = (text: string): string => {
      const [fix] = checkText(text)
        .find(({ rule }) => rule === 'network/event-idx-off')
        ?.fixes() ?? [undefined];
      assert.ok(fix);
      return applyEdits(text, fix.edits);
    };
    assert.doesNotMatch(mended(interfaceWith("<driver event_idx='off'/>")), /<driver/);
    assert.match(mended(interfaceWith("<driver event_idx='off'><host gso='off'/></driver>")), /<driver><host/);
  });
});
