# shellcheck shell=sh disable=SC2034,SC2154
# Read by the launcher and by train.sh, with `home` set to the folder of this file. Finds the Java
# that runs it: sets `java`, its `feature` release and its `identity`, the `slot` where archives for
# it lie, and who these were `trained` by. Starts no process where it can do without.

java=${JAVA_HOME:+$JAVA_HOME/bin/java}
if [ ! -x "${java:-/nonexistent}" ]; then
  java=$(command -v java) || {
    echo 'xmover: no java found: install Java 17 or newer, or set JAVA_HOME' >&2
    exit 1
  }
fi

# A JDK says who it is in a file; /usr/bin/java is mostly a link to one.
real=$java
[ ! -L "$java" ] || real=$(readlink -f "$java" 2>/dev/null) || real=$java
release=${real%/bin/java}/release
version='' identity=$real
if [ -r "$release" ]; then
  while IFS='=' read -r name value; do
    case $name in
      JAVA_VERSION) version=${value#\"} ;;
      JAVA_RUNTIME_VERSION | IMPLEMENTOR | OS_ARCH) identity="$identity $value" ;;
    esac
  done <"$release"
fi
if [ -z "$version" ]; then
  said=$("$java" -version 2>&1) || said=''
  version=${said#*version \"}
  identity="$real ${version%%\"*}"
fi
version=${version%%\"*}
feature=${version%%[!0-9]*}
if [ "${feature:-0}" -lt 17 ]; then
  echo "xmover: $java is Java ${version:-of no version it tells}, and 17 is the oldest that will do: set JAVA_HOME to a newer one" >&2
  exit 1
fi

slot=$home/java-$feature trained=''
[ ! -r "$slot/identity" ] || IFS= read -r trained <"$slot/identity"
