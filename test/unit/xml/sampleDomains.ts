/** Well-formed texts in three styles of writing, to be broken by tests. */

const libvirtStyle = `<domain type='kvm' id='3'>
  <name>web1</name>
  <uuid>6d1bd2f0-3c5b-4b8b-9d83-4f4b7b1f2c11</uuid>
  <metadata>
    <libosinfo:libosinfo xmlns:libosinfo="http://libosinfo.org/xmlns/libvirt/domain/1.0">
      <libosinfo:os id="http://debian.org/debian/13"/>
    </libosinfo:libosinfo>
  </metadata>
  <memory unit='KiB'>4194304</memory>
  <currentMemory unit='KiB'>4194304</currentMemory>
  <vcpu placement='static'>4</vcpu>
  <cputune>
    <vcpupin vcpu='0' cpuset='2'/>
    <vcpupin vcpu='1' cpuset='3'/>
    <emulatorpin cpuset='0-1'/>
  </cputune>
  <os>
    <type arch='x86_64' machine='pc-q35-9.2'>hvm</type>
    <boot dev='hd'/>
  </os>
  <features>
    <acpi/>
    <apic/>
  </features>
  <cpu mode='host-passthrough' check='none' migratable='on'>
    <topology sockets='1' dies='1' cores='2' threads='2'/>
  </cpu>
  <clock offset='utc'>
    <timer name='rtc' tickpolicy='catchup'/>
    <timer name='hpet' present='no'/>
  </clock>
  <on_poweroff>destroy</on_poweroff>
  <on_reboot>restart</on_reboot>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2' cache='none' io='native'/>
      <source file='/var/lib/libvirt/images/web1.qcow2' index='1'/>
      <target dev='vda' bus='virtio'/>
      <address type='pci' domain='0x0000' bus='0x04' slot='0x00' function='0x0'/>
    </disk>
    <disk type='file' device='cdrom'>
      <target dev='sda' bus='sata'/>
      <readonly/>
    </disk>
    <controller type='usb' index='0' model='qemu-xhci' ports='15'/>
    <interface type='network'>
      <mac address='52:54:00:6b:3c:58'/>
      <source network='default'/>
      <model type='virtio'/>
    </interface>
    <graphics type='spice' autoport='yes'>
      <listen type='address'/>
    </graphics>
    <memballoon model='virtio'/>
  </devices>
</domain>
`;

const handWritten = `<?xml version="1.0" encoding="UTF-8"?>
<!-- build agent; ask before changing -->
<domain type="kvm" xmlns:qemu="http://libvirt.org/schemas/domain/qemu/1.0">
\t<name>agent</name>
\t<title>Build &amp; test</title>
\t<description><![CDATA[up to 8 jobs <= 8 CPUs]]></description>
\t<memory unit="GiB">16</memory>
\t<memoryBacking>
\t\t<hugepages>
\t\t\t<page size="2" unit="M"/> <!-- reserved at boot -->
\t\t</hugepages>
\t</memoryBacking>
\t<vcpu>8</vcpu>
\t<os firmware="efi">
\t\t<type machine="q35">hvm</type>
\t</os>
\t<devices>
\t\t<disk type="block"
\t\t      device="disk">
\t\t\t<driver name="qemu" type="raw"/>
\t\t\t<source dev="/dev/vg0/agent"/>
\t\t\t<target dev="vda" bus="virtio"/>
\t\t</disk>
\t\t<interface type="bridge">
\t\t\t<source bridge="br0"/>
\t\t</interface>
\t\t<console type="pty"/>
\t</devices>
\t<qemu:commandline>
\t\t<qemu:arg value="-name"/>
\t\t<qemu:arg value="agent,debug-threads=on"/>
\t</qemu:commandline>
</domain>
`;

const withCarriageReturns = `<domain type='qemu'>
    <name>router</name>
    <memory>262144</memory>
    <vcpu>1</vcpu>
    <os><type>hvm</type><boot dev='network'/></os>
    <on_crash>restart</on_crash>
    <devices>
        <interface type='direct'>
            <source dev='eth0' mode='bridge'/>
            <model type='virtio'/>
            <link state='up'/>
        </interface>
        <interface type='user'/>
        <serial type='pty'>
            <target type='isa-serial' port='0'>
                <model name='isa-serial'/>
            </target>
        </serial>
        <rng model='virtio'>
            <backend model='random'>/dev/urandom</backend>
        </rng>
    </devices>
</domain>
`.replaceAll('\n', '\r\n');

export const sampleDomains = [libvirtStyle, handWritten, withCarriageReturns] as const;
