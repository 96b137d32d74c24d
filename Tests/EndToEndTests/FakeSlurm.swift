import Fixtures
import Foundation

/// Commands that act as Slurm's do, for jobs that run at once on this machine, and can be told to lie.
///
/// Each job has a file that appears with its first state; the last line of it is the present one. Among
/// the ways of `sbatch` are some for the jobs of one call: with `lose` they never start, as the node is
/// gone, with `late` they come to their time limit, with `kill` their programs are killed. With `forget`,
/// `silent`, `garbage` and `another` it submits, and fails, says nothing, says what is no id, or says the
/// id of another job. `squeue` may `fail`, give `garbage`, an `empty` list, states that are `strange`, jobs
/// that are `renamed`, or only those that live, as the others are `purged`.
struct FakeSlurm {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("jobs/.keep", "")
    for (name, text) in [
      ("sbatch", Self.sbatch), ("squeue", Self.squeue), ("scancel", Self.scancel),
      ("scontrol", Self.scontrol), ("sinfo", "echo 'main*|1:00:00|64|256000|0/1'"),
    ] {
      try folder.write(script: name, "FAKE='\(folder.url.path)'\n\(text)")
    }
  }

  /// The variables under which a program finds these commands before all others.
  var environment: [String: String] {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return ["PATH": "\(folder.url.path):\(path)", "SLURM_JOB_NAME": "outer", "SBATCH_ACCOUNT": "x"]
  }

  /// The states of all jobs, by their ids.
  var states: [String: String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path("jobs"))) ?? []
    let jobs = names.filter { $0 != ".keep" }.map { name in
      let text = try? String(contentsOfFile: folder.path("jobs/\(name)"), encoding: .utf8)
      let last = text?.split(separator: "\n").last ?? ""
      return (name, String(last.prefix { $0 != "|" }))
    }
    return Dictionary(jobs, uniquingKeysWith: { $1 })
  }

  /// The ids of the jobs that have not ended.
  var living: Set<String> {
    Set(states.filter { ["RUNNING", "PENDING"].contains($0.value) }.keys)
  }

  /// Waits until no job is left.
  func waitForJobs() { while !living.isEmpty { usleep(5_000) } }

  /// Cancels a job, as its user would.
  func cancel(_ job: String) throws {
    let scancel = Process()
    scancel.executableURL = URL(filePath: folder.path("scancel"))
    scancel.arguments = [job]
    try scancel.run()
    scancel.waitUntilExit()
  }

  /// Ends all jobs and forgets them, as a controller may that loses its state.
  func forgetAll() throws {
    // The one that looks after others comes after them, and must not find them cancelled.
    while let job = living.max() { try cancel(job) }
    for job in states.keys {
      try FileManager.default.removeItem(atPath: folder.path("jobs/\(job)"))
    }
  }

  /// Has a command behave in one of its ways from now on.
  func tell(_ command: String, to behave: String) throws {
    try folder.write("\(command)-way", behave)
  }

  /// The words of each call of `sbatch` that submitted something.
  var submissions: [String] {
    let text = (try? String(contentsOfFile: folder.path("calls"), encoding: .utf8)) ?? ""
    return text.split(separator: "\n").map(String.init)
  }

  private static let sbatch = """
    for word; do
      case $word in
      --version) echo 'slurm 22.05.8'; exit 0;;
      --job-name=*) name=${word#*=};;
      --dependency=afterany:*) before=$(echo "${word#--dependency=afterany:}" | tr : ' ');;
      --array=*) isArray=1; last=${word#--array=0-};;
      --output=*) output=${word#--output=};;
      esac
    done
    way=$(cat "$FAKE/sbatch-way" 2>/dev/null)
    if [ "$way" = refuse ]; then
      echo 'sbatch: error: invalid partition specified: zzz' >&2; exit 1
    fi
    [ -z "$SLURM_JOB_NAME$SBATCH_ACCOUNT" ] || { echo 'the environment leaks' >&2; exit 1; }
    echo "$@" >> "$FAKE/calls"
    id=$(wc -l < "$FAKE/calls")
    cat > "$FAKE/script$id"
    task=0
    last=${last:-0}
    while [ $task -le ${last%\\%*} ]; do
      job=$id${isArray:+_$task}
      log=$(printf '%s' "$output" | sed "s/%A/$id/; s/%a/$task/; s/%j/$id/")
      case $way in
      lose) ended=NODE_FAIL;;
      late) ended=TIMEOUT;;
      *) ended=;;
      esac
      if [ -n "$ended" ]; then
        echo "$ended|n1|None|$name" > "$FAKE/new"
        mv "$FAKE/new" "$FAKE/jobs/$job"
      else
        echo "$before" > "$FAKE/before-$job"
        echo "PENDING||Dependency|$name" > "$FAKE/new"
        mv "$FAKE/new" "$FAKE/jobs/$job"
        if [ -n "$isArray" ]; then export SLURM_ARRAY_JOB_ID=$id SLURM_ARRAY_TASK_ID=$task; fi
        SLURM_JOB_ID=$id SLURM_CPUS_PER_TASK=1 WAY=$way FAKE=$FAKE \\
          setsid bash -c '# Who holds an open file of the program keeps a test waiting for its end.
            for file in $(ls /proc/$$/fd); do [ "$file" -gt 2 ] && eval "exec $file>&-"; done
            echo $$ > "$5.new"; mv "$5.new" "$5"
            # Nothing may put it off between the last look at the others and its start.
            until (
              flock 9
              for array in $(cat "$FAKE/before-$4"); do
                if tail -qn 1 "$FAKE/jobs/$array" "$FAKE/jobs/$array"_* 2>/dev/null |
                  grep -qE "^(RUNNING|PENDING)"; then exit 1; fi
              done
              echo "RUNNING|n1|None|$3" >> "$FAKE/jobs/$4"
            ) 9> "$FAKE/starting"; do sleep 0.01; done
            [ "$WAY" = kill ] && echo "kill -9 \\$\\$" > "$1"
            if sh "$1" > "$2" 2>&1; then state=COMPLETED; else state=FAILED; fi
            echo "$state|n1|None|$3" >> "$FAKE/jobs/$4"' \\
          job "$FAKE/script$id" "$log" "$name" "$job" "$FAKE/begun-$job" \\
          < /dev/null > /dev/null 2>&1 &
        # Whatever is still in the group of this command ends with it.
        until [ -e "$FAKE/begun-$job" ]; do sleep 0.01; done
      fi
      task=$((task + 1))
    done
    case $way in
    lose | late | kill) rm "$FAKE/sbatch-way"; echo $id;;
    forget)
      echo 'sbatch: error: Batch job submission failed: Socket timed out on send/recv' >&2; exit 1;;
    silent) ;;
    garbage) echo '<html>502 Bad Gateway</html>';;
    another) echo $((id + 1000));;
    *) echo $id;;
    esac
    """

  private static let squeue = """
    case $(cat "$FAKE/squeue-way" 2>/dev/null) in
    fail) echo 'slurm_load_jobs error: Unable to contact slurm controller' >&2; exit 1;;
    garbage) echo '<html>502 Bad Gateway</html>'; exit 0;;
    empty) exit 0;;
    strange) change='s/^[A-Z_]*/QUANTUM_LEAP/';;
    renamed) change='s/[^|]*$/another/';;
    purged) change='/^\\(RUNNING\\|PENDING\\)/!d';;
    esac
    times='2026-11-29T10:00:00|2026-11-29T10:00:09'
    cd "$FAKE/jobs" && for job in *; do
      [ -f "$job" ] && tail -n 1 "$job" | sed "${change:-}; s/|/|$times|/2; s/^/$job|/"
    done
    exit 0
    """

  private static let scontrol = """
    [ "$1" = update ] || { echo 'MaxArraySize = 1001'; exit 0; }
    job=${2#JobId=}
    (
      flock 9
      tail -n 1 "$FAKE/jobs/$job" | grep -q ^PENDING || exit 1
      echo "${3#Dependency=afterany:}" | tr : ' ' > "$FAKE/before-$job"
    ) 9> "$FAKE/starting"
    """

  private static let scancel = """
    for job; do
      echo "$job" >> "$FAKE/cancelled"
      group=$(cat "$FAKE/begun-$job" 2> /dev/null || echo none)
      kill -s TERM -- "-$group" 2> /dev/null
      while ps -eo pgid=,stat= | grep -qE "^ *$group [^Z]"; do sleep 0.01; done
      state=$(tail -n 1 "$FAKE/jobs/$job")
      case $state in RUNNING*|PENDING*) echo "CANCELLED|${state#*|}" >> "$FAKE/jobs/$job";; esac
    done
    exit 0
    """
}
