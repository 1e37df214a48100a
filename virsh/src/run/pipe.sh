# Joins two commands by a pipe, and tells the exit code of each on descriptor 3. $1 writes, its errors go to 4; $2 reads, its errors go to 5.
# $3, where it is not empty, is on the line after which $1 itself prints: a login may have printed before. $4, where it is not empty, is a file that
# $2 reads itself instead of what $1 writes.
read_by_two() {
  eval "$2" >/dev/null 2>&5
  echo "to $?" >&3
}
if [ -n "$4" ]; then
  exec 2>&4
  { echo "from 0" >&3; read_by_two "$@"; } <"$4" || printf 'from 1\nto 0\n' >&3
else
  { eval "$1" </dev/null 2>&4; echo "from $?" >&3; } | {
    while [ -n "$3" ] && IFS= read -r line; do case $line in *"$3"*) break ;; esac; done
    read_by_two "$@"
  }
fi
