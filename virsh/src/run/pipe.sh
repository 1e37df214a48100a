# Joins two commands by a pipe, and tells the exit code of each on descriptor 3. $1 writes, its errors go to 4; $2 reads, its errors go to 5.
# $3, where it is not empty, is on the line after which $1 itself prints: a login may have printed before.
{ eval "$1" </dev/null 2>&4; echo "from $?" >&3; } | {
  while [ -n "$3" ] && IFS= read -r line; do case $line in *"$3"*) break ;; esac; done
  eval "$2" >/dev/null 2>&5
  echo "to $?" >&3
}
