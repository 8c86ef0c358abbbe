#!/bin/sh
# shellcheck disable=SC1091,SC2015,SC2154
# Makes the archives of classes for the Java that would run the application now, beside this file:
# what a start would load and check, as that JVM keeps it. Says nothing; where no archive can be
# made the application starts without, and this is not tried again until the Java is another one.
set -u
home=$(CDPATH='' cd -- "$(dirname "$0")" && pwd) || exit 1
. "$home/java.sh"

# What runs in the wake of a command must not disturb it.
renice -n 10 $$ >/dev/null 2>&1
exec </dev/null >/dev/null 2>&1

# One at a time; what a killed one left is taken away.
new=$home/training-$feature
[ -z "$(find "$new" -prune -mmin +15 2>/dev/null)" ] || rm -rf "$new"
mkdir "$new" || exit 0
trap 'rm -rf "$new"' EXIT
trap 'exit 1' HUP INT TERM

# Not what the operator has set for a real cluster.
unset CRATE_CONNECTION_STRING CRATE_USERNAME CRATE_PASSWORD CRATE_PASSWORD_FILE CRATE_SSL_VERIFY
export XDG_STATE_HOME="$new"

java() {
  "$java" -XX:-CreateCoredumpOnCrash "-XX:ErrorFile=$new/crash" "$@"
}

# archive NAME ARGUMENT…: of what such a command line loads. In two steps, as at the end of a run
# there is not the time for both; an archive that breaks the JVM is none.
archive() {
  name=$1
  shift
  loaded=$new/$name.loaded
  if [ "$feature" -ge 24 ]; then
    file=$new/$name.aot
    java -XX:AOTMode=record "-XX:AOTConfiguration=$loaded" "@$home/java.options" xmover "$@" &&
      java -XX:AOTMode=create "-XX:AOTConfiguration=$loaded" "-XX:AOTCache=$file" "@$home/java.options" &&
      java "-XX:AOTCache=$file" "@$home/java.options" xmover --version || rm -f "$file"
  else
    file=$new/$name.jsa
    java "-XX:DumpLoadedClassList=$loaded" "@$home/java.options" xmover "$@" &&
      java -Xshare:dump "-XX:SharedClassListFile=$loaded" "-XX:SharedArchiveFile=$file" "@$home/java.options" &&
      java "-XX:SharedArchiveFile=$file" "@$home/java.options" xmover --version || rm -f "$file"
  fi
  rm -f "$loaded"
}

archive help --help
archive work problematic-translogs --connect sim:drill
rm -rf "$new/crash" "$new/xmover"

printf '%s\n' "$identity" >"$new/identity"
rm -rf "$new.old"
[ ! -d "$slot" ] || mv "$slot" "$new.old"
mv "$new" "$slot"
rm -rf "$new.old"
