import { phrase } from '../../l10n/say.ts';
import { attributeValue, child } from '../../xml/query.ts';
import { missingDevice } from './missingDevice.ts';

const AGENT = 'org.qemu.guest_agent.0';

export const rule = missingDevice({
  id: 'devices/guest-agent-channel',
  since: '1.0.6',
  // Encrypted guests leave it out on purpose: through it the host commands the guest.
  lacks: (domain) =>
    !child(domain.root, 'launchSecurity') &&
    !domain.devices('channel').some((channel) => attributeValue(child(channel, 'target'), 'name') === AGENT),
  message: phrase`Without the channel of the guest agent nothing freezes the file systems for a snapshot, and \`virsh domifaddr\`, \`domtime\` and \`set-user-password\` have nobody to ask. The agent has to be installed in the guest as well.`,
  title: phrase`Add the channel of the guest agent`,
  xml: `<channel type='unix'>\n  <target type='virtio' name='${AGENT}'/>\n</channel>`,
});
