/** What `virtlint --help` says. */
import { phrase } from '../../l10n/say.ts';
import { VERSION } from '../../version.ts';

export const HELP = phrase`virtlint ${VERSION}: checks libvirt's XML

usage: virtlint check [options] FILE|FOLDER|GLOB|- ...
       virtlint fix [options] FILE|FOLDER|GLOB|- ...
       virtlint explain RULE|PATH
       virtlint rules [--area AREA] [--format table|json] [--profile NAME]
       virtlint host-facts [--connect URI] [--name NAME] > NAME.libvirt-host.json
       virtlint --version | --help

A folder stands for libvirt's documents among its *.xml files, at any depth; a glob is best quoted; - is standard input.

check   tells what is wrong or could be better
  --format FORMAT       pretty, json, sarif, github or junit
  --max-warnings N      more warnings than this are a failure
  --quiet               tell errors only
fix     makes the preferred fixes of errors and warnings, until nothing is left to mend
  --dry-run             show a diff, change nothing
  --rule RULE           only this rule, whatever its severity; may be repeated
  --severity SEVERITY   also fixes of information or hint: trade-offs, which are yours to decide
both
  --profile NAME        migratable, throughput, latency, dense, windows or locked-down; may be repeated
  --target RELEASE      what this libvirt release, for example 9.0, does not know yet is a warning
  --config FILE         this project file, not the nearest .virtlint.json upwards from each file
  --no-config           no project file
  --host FILE           facts of a host that the VMs are for: what it lacks is told; may be repeated
  --stdin-name FILE     the name of what - reads, for messages and the project file
all
  --language LOCALE     en (always, where nothing is said) or zh-CN

host-facts  asks a host by virsh what it can do and what it has, changes nothing, and prints no secrets
  --connect URI         such as qemu:///system or qemu+ssh://lab/system; libvirt's default where it is left out
  --name NAME           what the host is called in messages

exit status: 0 clean; 1 errors, too many warnings, or something to mend (fix --dry-run); 2 bad usage or input that cannot be read
`;
