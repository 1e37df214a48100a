/** A baseline CPU as an edit of a definition. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applyEdits } from '../../../server/src/finding.ts';
import { baselineQuery, editCpu } from '../../../virsh/src/index.ts';

/** The head of what `hypervisor-cpu-baseline --migratable` printed for an emulated EPYC. */
const baseline = `<cpu mode='custom' match='exact'>
  <model fallback='forbid'>EPYC</model>
  <vendor>AMD</vendor>
  <feature policy='require' name='erms'/>
  <feature policy='require' name='npt'/>
  <feature policy='disable' name='vme'/>
</cpu>`;

const edited = (text: string): string => applyEdits(text, editCpu(text, baseline)?.edits ?? []);

describe('the CPU of a definition', () => {
  it('is put before the clock and the devices where there is none', () => {
    assert.equal(
      edited("<domain type='kvm'>\n  <name>a</name>\n  <devices/>\n</domain>\n"),
      `<domain type='kvm'>\n  <name>a</name>\n  ${baseline.replaceAll('\n', '\n  ')}\n  <devices/>\n</domain>\n`,
    );
  });

  it('loses what belongs to host-passthrough', () => {
    assert.equal(
      edited("<domain>\n  <cpu mode='host-passthrough' check='none' migratable='on'/>\n</domain>"),
      `<domain>\n  ${baseline.replaceAll('\n', '\n  ')}\n</domain>`,
    );
  });

  it('keeps topology and NUMA cells, and what is kept from the guest on purpose', () => {
    const text = `<domain>
  <cpu mode="custom" match="exact" check="full">
    <model>Skylake-Server</model>
    <topology sockets="1" cores="2" threads="1"/>
    <feature policy="require" name="avx512f"/>
    <feature policy="disable" name="npt"/>
    <numa>
      <cell id="0" cpus="0-1" memory="512" unit="MiB"/>
    </numa>
  </cpu>
</domain>`;
    const result = edited(text);
    assert.match(
      result,
      /<cpu mode="custom" match="exact" check="full">\n {4}<model fallback='forbid'>EPYC<\/model>\n {4}<vendor>/,
    );
    assert.match(result, /\n {4}<topology sockets="1" cores="2" threads="1"\/>\n {4}<numa>\n {6}<cell id="0" /);
    assert.deepEqual(
      [...result.matchAll(/<feature policy=['"](\w+)['"] name=['"](\w+)['"]/g)].map(
        ([, policy, name]) => `${policy} ${name}`,
      ),
      ['require erms', 'disable vme', 'disable npt'],
    );
    assert.deepEqual(editCpu(text, baseline)?.dropped, ['avx512f']);
    assert.equal(edited(result), result, 'a second time changes nothing');
  });

  it('is not touched in what cannot be read', () => {
    assert.equal(editCpu('<domain><cpu></domain>', baseline), undefined);
    assert.equal(editCpu('<network/>', baseline), undefined);
    assert.equal(editCpu('<domain/>', 'Welcome to lab!'), undefined);
  });

  it('is asked for by the kind of VM', () => {
    const xml = "<domain type='kvm'><os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os></domain>";
    assert.deepEqual(baselineQuery(xml), { virtType: 'kvm', arch: 'x86_64' });
    assert.deepEqual(baselineQuery('<domain/>'), {});
  });
});
