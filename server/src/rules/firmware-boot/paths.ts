/** What paths of firmware files tell. */

/** Where packages put files that every guest reads. */
export function isShared(path: string): boolean {
  return /^\/usr\/(local\/)?(share|lib)\//.test(path);
}

/** Where installers are unpacked to: virt-install's own, netboot trees, temporary folders. */
export function isOfInstaller(path: string): boolean {
  return /virtinst-|\/tmp\/|\/(pxeboot|netboot|debian-installer|loader)\/|install/i.test(path);
}
