# shellcheck shell=sh disable=SC1091,SC2154
# Read by the launcher, with `home` set to the folder of this file: becomes the application. Another
# Java than the one that trained runs it without an archive, and has one made meanwhile.

. "$home/java.sh"

archive=''
if [ "$trained" = "$identity" ]; then
  # The smaller one is faster where nothing is connected.
  case "${1:---help} $*" in
    -* | 'help '* | *' --help' | *' -h') name=help ;;
    *) name=work ;;
  esac
  if [ -f "$slot/$name.aot" ]; then
    archive=-XX:AOTCache=$slot/$name.aot
  elif [ -f "$slot/$name.jsa" ]; then
    archive=-XX:SharedArchiveFile=$slot/$name.jsa
  fi
elif [ -w "$home" ]; then
  (sh "$home/train.sh" &) </dev/null >/dev/null 2>&1
fi

# A JVM that can't use an archive does without, and says nothing.
exec "$java" ${archive:+"$archive"} "@$home/java.options" xmover "$@"
