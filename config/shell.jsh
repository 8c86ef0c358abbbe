// What a JShell with a connected toolkit begins with: ./jbang shell --connect URL
import java.time.Duration;
import java.util.List;
import xmover.Shell;
import xmover.Toolkit;
import xmover.detect.Analysis;
import xmover.detect.TableFilter;
import xmover.detect.Thresholds;
import xmover.remedy.RemedyPolicy;
import xmover.run.Report;
import xmover.run.Run;
import xmover.run.RunOptions;
import xmover.table.Bytes;
import xmover.table.Finding;

Shell shell = Shell.opened();

Toolkit xmover = shell.toolkit();

// How heal and reset go about it, as typed and set; for example: how = how.concurrent(2)
RunOptions how = shell.how();

// As the first word to heal and reset: they do not ask.
Shell.Yes yes = Shell.Yes.YES;

// The problematic tables.
Analysis detect() { return shell.detect(); }

void show(Analysis found) { xmover.print(found); }

// What a run would do for these tables, or for all that qualify.
void plan(String... tables) { shell.plan(how, tables); }

// Each copy of these tables, every 5 s until Ctrl-C.
void watch(String... tables) { shell.watch(Duration.ofSeconds(5), tables); }

// Heals these tables, or all that qualify, the gentlest remedy first.
void heal(String... tables) { shell.heal(how, tables); }
void heal(Shell.Yes yes, String... tables) { shell.heal(yes, how, tables); }

// Replicas to 0, wait for the leases, restore.
void reset(String... tables) { shell.reset(how, tables); }
void reset(Shell.Yes yes, String... tables) { shell.reset(yes, how, tables); }

// Puts replicas back at once: of these tables, or of all that are unfinished.
void restore(String... tables) { shell.restore(how, tables); }

// What is unfinished.
void status() { shell.status(how); }

// What ended in the last 30 days.
void history() { shell.history(how); }
