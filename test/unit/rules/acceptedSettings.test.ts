/** Settings near those that libvirt refuses, which it accepts: a real libvirt 9.0 took each of them. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkText } from '../../../server/src/check.ts';
import { asDomain } from '../../support/rulePages.ts';

const network = (source: string) =>
  `<disk type='network'><driver name='qemu' type='raw'/>${source}<target dev='vda' bus='virtio'/></disk>`;
const disk = (attributes: string, more = '') =>
  `<disk type='file'${attributes}><driver name='qemu' type='qcow2'/><source file='/a'/><target dev='sda' bus='scsi'/>${more}</disk>`;
const face = (type: string, more: string) => `<interface type='${type}'>${more}<model type='virtio'/></interface>`;
const numa = (more: string) =>
  `<memory unit='GiB'>4</memory><vcpu>4</vcpu>${more}<cpu mode='host-model'><numa><cell id='0' cpus='0-1' memory='2' unit='GiB'/><cell id='1' cpus='2-3' memory='2' unit='GiB'/></numa></cpu>`;
const tune = (more: string) => `<vcpu>4</vcpu><cputune>${more}</cputune>`;

const accepted: Readonly<Record<string, string>> = {
  'an RBD image without monitors': network("<source protocol='rbd' name='pool/image'/>"),
  'an RBD image with slashes in its name': network("<source protocol='rbd' name='pool/a/b'><host name='m'/></source>"),
  'an iSCSI target without a unit': network("<source protocol='iscsi' name='iqn.x:y'><host name='m'/></source>"),
  'the default export of an NBD server': network("<source protocol='nbd'><host name='m'/></source>"),
  'a web server with credentials of any use': network(
    "<source protocol='https' name='a'><host name='m'/><auth username='l'><secret type='ceph' usage='x'/></auth></source>",
  ),
  'the end of a backing chain': `<disk type='file'><driver name='qemu' type='raw'/><source file='/a'/><backingStore/><target dev='vda'/></disk>`,
  'reservations with a helper of libvirt':
    "<disk type='block' device='lun'><driver name='qemu' type='raw'/><source dev='/d'><reservations managed='yes'/></source><target dev='sda' bus='scsi'/></disk>",
  'a geometry on SCSI without translation': disk('', "<geometry cyls='16383' heads='16' secs='63'/>"),
  'a burst as large as its limit': disk(
    '',
    '<iotune><total_iops_sec>9</total_iops_sec><total_iops_sec_max>9</total_iops_sec_max></iotune>',
  ),
  'a virtual port of Open vSwitch without parameters': face(
    'bridge',
    "<source bridge='b'/><virtualport type='openvswitch'/>",
  ),
  'a virtual port that the network completes': face('network', "<source network='n'/><virtualport/>"),
  'a bandwidth with a floor on a network': face(
    'network',
    "<source network='n'/><bandwidth><inbound floor='5'/></bandwidth>",
  ),
  'addresses of a vDPA interface, which libvirt passes over': face(
    'vdpa',
    "<source dev='/dev/v'/><ip address='192.0.2.1' prefix='24'/>",
  ),
  'an exclusion of what is not in the set': tune("<vcpupin vcpu='0' cpuset='0-3,^5'/>"),
  'the largest number of a set': tune("<vcpupin vcpu='0' cpuset='16383'/>"),
  'no bandwidth limit': tune('<quota>-1</quota>'),
  'a cachetune of vCPUs that the guest has not': tune(
    "<cachetune vcpus='6-7'><cache id='0' level='3' type='both' size='3' unit='MiB'/></cachetune>",
  ),
  'code and data of one cache': tune(
    "<cachetune vcpus='0'><cache id='0' level='3' type='code' size='3' unit='MiB'/><cache id='0' level='3' type='data' size='3' unit='MiB'/></cachetune>",
  ),
  'automatic memory for automatic vCPUs':
    "<memory unit='GiB'>4</memory><vcpu placement='auto'>4</vcpu><numatune><memory mode='strict'/></numatune>",
  'cells bound without a word on all memory': numa(
    "<numatune><memnode cellid='0' mode='strict' nodeset='0'/></numatune>",
  ),
  'a nested VMX feature': "<cpu mode='host-model'><feature policy='disable' name='vmx-ept-wb'/></cpu>",
};

describe('accepted by libvirt', () => {
  for (const [name, example] of Object.entries(accepted)) {
    test(name, () => {
      const errors = checkText(asDomain(example)).filter(({ severity }) => severity === 'error');
      assert.deepEqual(
        errors.map(({ rule, message }) => `${rule}: ${message}`),
        [],
      );
    });
  }
});
