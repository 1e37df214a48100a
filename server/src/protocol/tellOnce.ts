/** Tells each message once, however often a setting is read: whoever reads it knows it then. */
export function tellOnce(tell: (message: string) => void): (message: string) => void {
  const told = new Set<string>();
  return (message) => {
    if (!told.has(message)) tell(message);
    told.add(message);
  };
}
