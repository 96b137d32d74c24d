import Fixtures
import Foundation

/// Commands that act as Slurm's do, for jobs that run at once on this machine, and can be told to lie.
struct FakeSlurm {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("jobs/.keep", "")
    for (name, text) in [("sbatch", Self.sbatch), ("squeue", Self.squeue), ("scancel", "exit 0")] {
      try folder.write(script: name, "FAKE='\(folder.url.path)'\n\(text)")
    }
    try folder.write(script: "scontrol", "echo 'MaxArraySize = 1001'")
  }

  /// The variables under which a program finds these commands before all others.
  var environment: [String: String] {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return ["PATH": "\(folder.url.path):\(path)", "SLURM_JOB_NAME": "outer", "SBATCH_ACCOUNT": "x"]
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
      --array=*) last=${word#--array=0-};;
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
    while [ $task -le ${last%\\%*} ]; do
      job=${id}_$task
      log=$(printf '%s' "$output" | sed "s/%A/$id/; s/%a/$task/")
      if [ "$way" = lose ]; then
        echo "NODE_FAIL|n1|NodeDown|$name" > "$FAKE/jobs/$job"
      else
        echo "RUNNING|n1|None|$name" > "$FAKE/jobs/$job"
        SLURM_JOB_ID=$id SLURM_ARRAY_JOB_ID=$id SLURM_ARRAY_TASK_ID=$task SLURM_CPUS_PER_TASK=1 \\
          setsid sh -c ': > "$5"; sh "$1" > "$2" 2>&1; code=$?
            if [ $code = 0 ]; then state=COMPLETED; else state=FAILED; fi
            echo "$state|n1|None|$3" > "$4"' \\
          job "$FAKE/script$id" "$log" "$name" "$FAKE/jobs/$job" "$FAKE/begun-$job" \\
          < /dev/null > /dev/null 2>&1 &
        # Whatever is still in the group of this command ends with it.
        until [ -e "$FAKE/begun-$job" ]; do sleep 0.01; done
      fi
      task=$((task + 1))
    done
    [ "$way" = lose ] && rm "$FAKE/sbatch-way"
    if [ "$way" = forget ]; then
      echo 'sbatch: error: Batch job submission failed: Socket timed out on send/recv' >&2; exit 1
    fi
    echo $id
    """

  private static let squeue = """
    case $(cat "$FAKE/squeue-way" 2>/dev/null) in
    fail) echo 'slurm_load_jobs error: Unable to contact slurm controller' >&2; exit 1;;
    garbage) echo '<html>502 Bad Gateway</html>'; exit 0;;
    empty) exit 0;;
    strange) sed_state='s/^[A-Z_]*/QUANTUM_LEAP/';;
    esac
    cd "$FAKE/jobs" && for job in *; do
      [ -f "$job" ] && printf '%s|%s\\n' "$job" "$(sed "${sed_state:-}" "$job")"
    done
    exit 0
    """
}
