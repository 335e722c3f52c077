#!/bin/sh
# Tests mvnw in directories of its own, with stand-ins for java, jar, mvn, curl and wget. Needs no network.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
trap 'exit 1' HUP INT TERM
failures=0

executable() { # file; the script is the standard input
  mkdir -p "$(dirname "$1")"
  cat >"$1"
  chmod +x "$1"
}

jdk() { # directory major
  mkdir -p "$1"
  printf 'JAVA_VERSION="%s.0.1"\n' "$2" >"$1/release"
  executable "$1/bin/java" </dev/null
  executable "$1/bin/javac" </dev/null
  executable "$1/bin/jar" <<'JAR'
#!/bin/sh
mkdir -p apache-maven-9.9.9/bin && cp archive.zip apache-maven-9.9.9/bin/mvn && chmod -x apache-maven-9.9.9/bin/mvn
JAR
}

maven() { # file version
  executable "$1" <<MVN
#!/bin/sh
if [ "\$1" = --version ]; then echo "Apache Maven $2 (abc)"; exit; fi
echo "maven $2 ran with [\$*] on \$JAVA_HOME with \$MAVEN_OPTS"
MVN
}

# A stand-in for curl and wget: "ok" and "wrong" deliver an archive, anything else is a network that is down.
downloader() { # name
  executable "$box/bin/$1" <<CURL
#!/bin/sh
echo "$1 \$*" >>"$box/downloads"
for argument; do
  case \$argument in --output-document=*) output=\${argument#*=} ;; esac
  if [ "\${previous:-}" = --output ]; then output=\$argument; fi
  previous=\$argument
done
case \$NETWORK in
  ok) cp "$box/archive" "\$output" ;;
  wrong) echo tampered >"\$output" ;;
  *) exit 6 ;;
esac
CURL
}

# A fresh project, home and PATH: a JDK 25 is in the home, curl is there, Maven is not.
given() { # title
  title=$1
  box=$root/box
  rm -rf "$box"
  mkdir -p "$box/bin" "$box/home" "$box/project/.mvn/wrapper"
  for tool in sh sed tr dirname basename find mkdir mktemp rm mv cp chmod cut sha256sum shasum readlink cat; do
    if found=$(command -v "$tool"); then ln -s "$found" "$box/bin/$tool"; fi
  done
  sed -e "s#/usr/lib/jvm#$box/jvm#" -e "s# /Library/Java# $box/Library/Java#" "$here/../../mvnw" >"$box/project/mvnw"
  maven "$box/archive" 9.9.9
  checksum=$({ sha256sum "$box/archive" 2>/dev/null || shasum -a 256 "$box/archive"; } | cut -d ' ' -f 1)
  printf 'distributionUrl=https://example.org/apache-maven-9.9.9-bin.zip\ndistributionSha256Sum=%s\n' "$checksum" \
    >"$box/project/.mvn/wrapper/maven-wrapper.properties"
  jdk "$box/home/.jdks/temurin-25" 25
  downloader curl
  : >"$box/downloads"
  java_home=
}

run() { # network [argument...]
  network=$1
  shift
  [ $# -gt 0 ] || set -- -q verify
  status=0
  env -i HOME="$box/home" PATH="$box/bin" NETWORK="$network" JAVA_HOME="$java_home" MAVEN_OPTS=-Dmine \
    sh "$box/project/mvnw" "$@" >"$box/out" 2>"$box/err" || status=$?
}

expect() { # what condition...
  what=$1
  shift
  if ! "$@"; then
    failures=$((failures + 1))
    printf 'FAILED: %s: %s\n' "$title" "$what"
    sed 's/^/    /' "$box/out" "$box/err"
  fi
}

says() { grep -q -- "$2" "$box/$1"; }
lines() { [ "$(grep -c '' "$box/$1")" -eq "$2" ]; }
ended() { [ "$status" -eq "$1" ]; }
nothing_left_over() { [ -z "$(find "$box/home/.m2/wrapper/dists" -name 'apache-maven-9.9.9.??????')" ]; }

given 'the archive can be reached'
run ok
expect 'the downloaded Maven runs with the arguments' says out 'maven 9.9.9 ran with \[-q verify\]'
expect 'it runs on the JDK 25' says out "on $box/home/.jdks/temurin-25 "
expect 'the options of the user stay' says out '--enable-native-access=ALL-UNNAMED .* -Dmine'
expect 'nothing is said' lines err 0
expect 'no temporary file stays' nothing_left_over
run down
expect 'the second run uses the copy' says out 'maven 9.9.9 ran'
expect 'there was one download' lines downloads 1

given 'the application shall run'
run ok spring-boot:run
expect 'no test is compiled for it' says out 'ran with \[-Dmaven.test.skip=true spring-boot:run\]'

given 'the simulation shall run'
run ok test-compile exec:exec '-Dsimulation=2 1'
expect 'the tests it is made of are compiled' says out 'ran with \[test-compile exec:exec -Dsimulation=2 1\]'

given 'there is only wget'
rm "$box/bin/curl"
downloader wget
run ok
expect 'the downloaded Maven runs' says out 'maven 9.9.9 ran'

given 'the archive was tampered with'
maven "$box/bin/mvn" 3.9.1
run wrong
expect 'it fails, though a Maven is installed' ended 1
expect 'it names the checksum' says err 'checksum .* is wrong'
expect 'no Maven runs' lines out 0
expect 'no temporary file stays' nothing_left_over

given 'the network is down and a Maven is installed'
maven "$box/bin/mvn" 3.8.7
run down
expect 'the installed Maven runs with the arguments' says out 'maven 3.8.7 ran with \[-q verify\]'
expect 'it runs on the JDK 25' says out "on $box/home/.jdks/temurin-25 "
expect 'one line says so' lines err 1
expect 'that line names the version' says err 'using the installed Maven 3.8.7$'
run ok
expect 'within the hour there is no second attempt' lines downloads 1
find "$box/home" -name '*.unreachable' -exec touch -t 202001010000 {} +
run ok
expect 'later there is' says out 'maven 9.9.9 ran'

given 'the network is down and the installed Maven is too old'
maven "$box/bin/mvn" 3.6.3
run down
expect 'it fails' ended 1
expect 'it says what to install' says err 'no Maven 3.8 or later'
expect 'no Maven runs' lines out 0

given 'the network is down and the installed Maven is a Maven 4'
maven "$box/bin/mvn" 4.0.0-rc-4
run down
expect 'it runs' says out 'maven 4.0.0-rc-4 ran'

given 'the network is down and no Maven is installed'
run down
expect 'it fails' ended 1
expect 'it says what to install' says err 'Install one'

given 'there is neither curl nor wget'
rm "$box/bin/curl"
maven "$box/bin/mvn" 3.9.1
run ok
expect 'the installed Maven runs' says out 'maven 3.9.1 ran'

given 'there is no JDK 25'
rm -r "$box/home/.jdks"
jdk "$box/jvm/java-17" 17
java_home=$box/jvm/java-17
run ok
expect 'it fails' ended 1
expect 'it says what to install' says err 'there is no JDK 25 here'
expect 'nothing is downloaded' lines downloads 0

given 'JAVA_HOME is a JDK 25'
jdk "$box/elsewhere" 25
java_home=$box/elsewhere
run ok
expect 'it is preferred' says out "on $box/elsewhere "

given 'the java on the PATH is a link into a JDK 25'
rm -r "$box/home/.jdks"
jdk "$box/opt/jdk" 25
ln -s "$box/opt/jdk/bin/java" "$box/bin/java"
run ok
expect 'its JDK is used' says out "on $box/opt/jdk "

for place in jvm/temurin home/.sdkman/candidates/java/25-tem Library/Java/JavaVirtualMachines/t/Contents/Home \
  home/Library/Java/JavaVirtualMachines/t/Contents/Home; do
  given "a JDK 25 is in $place"
  rm -r "$box/home/.jdks"
  jdk "$box/$place" 25
  run ok
  expect 'it is found' says out "on $box/$place "
done

if [ "$failures" -gt 0 ]; then
  printf '%s failed\n' "$failures"
  exit 1
fi
echo 'mvnw: all tests passed'
