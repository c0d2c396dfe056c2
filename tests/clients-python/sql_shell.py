"""tarn sql at a terminal: a pseudo terminal that types and reads, as a person does."""
import fcntl
import os
import pathlib
import pty
import re
import select
import stat
import struct
import tempfile
import termios
import time

import boto3

tarn, data = os.environ["TARN"], os.environ["DATA"]
state = tempfile.mkdtemp(prefix="tarn-shell-")
athena = boto3.client("athena", endpoint_url=os.environ["AWS_ENDPOINT_URL"], region_name="us-east-1")
UP, DOWN, LEFT, CONTROL_A, CONTROL_C, CONTROL_D, TAB = "\x1b[A", "\x1b[B", "\x1b[D", "\x01", "\x03", "\x04", "\t"


class Shell:
    """The real executable behind a terminal of 100 columns. What it printed is read up to a text that is expected."""

    def __init__(self, *arguments, columns=100):
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.environ.update(XDG_STATE_HOME=state, TERM="xterm-256color")
            os.execv(tarn, [tarn, "sql", "--data", data, *arguments])
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        self.unread = ""

    def type(self, text):
        os.write(self.terminal, text.encode())

    def until(self, text):
        """What was printed before the text and with it, without the terminal's own sequences."""
        deadline = time.monotonic() + 60
        while text not in self.unread:
            if not select.select([self.terminal], [], [], max(0, deadline - time.monotonic()))[0]:
                raise AssertionError(f"'{text}' did not come; after: {self.unread!r}")
            try:
                more = os.read(self.terminal, 65536).decode(errors="replace")
            except OSError:
                more = ""
            if not more:
                raise AssertionError(f"the shell ended before '{text}'; after: {self.unread!r}")
            self.unread = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", self.unread + more)
        at = self.unread.index(text) + len(text)
        before, self.unread = self.unread[:at], self.unread[at:]
        return before

    def run(self, line, prompt="default=> "):
        """Types a line and gives what was printed since, up to the next prompt; each key shows the line anew."""
        self.type(line + "\r")
        return self.until("\n") + self.until(prompt)

    def drop(self):
        """Ctrl-C on a line gives a new, empty one; a statement on it shows that all before was read."""
        self.type(CONTROL_C + "SELECT 'dropped' AS line;\r")
        self.until("│ dropped │")
        self.until("=> ")

    def ends(self, code):
        while True:
            try:
                if not os.read(self.terminal, 65536):
                    break
            except OSError:
                break
        _, status = os.waitpid(self.process, 0)
        assert os.waitstatus_to_exitcode(status) == code, status


shell = Shell()
assert "\\? lists commands" in shell.until("default=> ")

# A table of rows, NULL, the line below it.
answer = shell.run("SELECT 1 AS one, CAST(NULL AS varchar) AS none, 'a' AS text;")
assert "│ one │ none │ text │" in answer and "│   1 │ NULL │ a    │" in answer, answer
assert re.search(r"1 row, scanned 0 B, \$[0-9.]+ on Athena, in [0-9,]+ ms", answer), answer
assert "2 rows," in shell.run("VALUES 1, 2;")

# A statement over several lines; two in one line.
shell.run("SELECT 'first", prompt="default-> ")
assert "│ first" in shell.run("line' AS t, 'x;y';")
answer = shell.run("SELECT 'a1' AS a; SELECT 'b1' AS b;")
assert answer.index("a1") < answer.index("b1"), answer

# Completion of keywords, tables and columns; a list where several fit.
answer = shell.run("SEL" + TAB + "count(*) AS found FROM raw.sc" + TAB + ";")
assert "SELECT count(*) AS found FROM raw.scores" in answer and "│ found │" in answer, answer
shell.type("SELECT raw.scores.s" + TAB + TAB)
shell.until("raw.scores.score")
shell.drop()

# History: the statement before, changed at its beginning; and down to an empty line.
shell.run("SELECT 41 + 1 AS sum;")
answer = shell.run(UP + LEFT * len(" AS sum;") + "1")
assert "│  52 │" in answer, answer
assert "│ fresh │" in shell.run(UP + UP + DOWN + DOWN + "fresh' AS f;" + CONTROL_A + "SELECT '")

# A line that is dropped, a command that does not exist, an error with its place: the shell goes on.
shell.type("SELECT nothing FROM")
shell.drop()
answer = shell.run("SELECT 1 +;")
assert "error: " in answer and "line 1:11" in answer and "  SELECT 1 +\r\n            ^" in answer, answer
assert "\\? lists them" in shell.run("\\nothing")

# Commands of the shell.
answer = shell.run("\\d")
assert "│ raw" in answer and "scores" in answer and "games_per_user" in answer, answer
answer = shell.run("\\d raw.scores")
assert "user_id" in answer and "yes" in answer, answer
assert "table 'default.none' does not exist" in shell.run("\\d none")
assert "\\timing" in shell.run("\\?") and "\\timing" in shell.run("help")
assert "timing is off" in shell.run("\\timing")
assert " ms" not in shell.run("SELECT 5 AS five;")
shell.run("\\timing")
assert "database is raw" in shell.run("\\c raw", prompt="raw=> ")
assert "│ n" in shell.run("SELECT count(*) AS n FROM scores;", prompt="raw=> ")
shell.run("\\c default")
shell.run("\\format json")
assert '{"a":1,"b":null}' in shell.run("SELECT 1 AS a, CAST(NULL AS varchar) AS b;")
shell.run("\\format table")

# Writes and definitions have no table; texts are lines that can be copied; what is too wide has a column a line.
answer = shell.run("CREATE TABLE of_shell AS SELECT 1 AS a, 'x' AS b;")
assert "1 row written" in answer and "│" not in answer, answer
answer = shell.run("SHOW CREATE TABLE of_shell;")
assert "CREATE EXTERNAL TABLE `default.of_shell`(\r\n  `a` int," in answer and "│" not in answer, answer
assert "\\u0009" not in shell.run("DESCRIBE of_shell;")
answer = shell.run("DROP TABLE of_shell;")
assert "done, in " in answer and "scanned" not in answer, answer
columns = ", ".join(f"{i} AS column_{i}" for i in range(20))
shell.type(f"SELECT {columns};\r")
shell.until("-[ RECORD 1 ]")
shell.until("column_19 | 19")
shell.until("1 row, ")
shell.until("default=> ")

# Ctrl-C stops the query on the server, and not the shell.
shell.type("SELECT count(*) FROM UNNEST(sequence(1, 10000)) AS a (x) CROSS JOIN UNNEST(sequence(1, 10000)) AS b (y) "
           "CROSS JOIN UNNEST(sequence(1, 10000)) AS c (z) WHERE sin(x + y + z) > 2;\r")
shell.until("running")


def executions():
    found = athena.list_query_executions(WorkGroup="primary")["QueryExecutionIds"]
    return [(e["Query"], e["Status"]["State"]) for e in
            athena.batch_get_query_execution(QueryExecutionIds=found)["QueryExecutions"]]


def runs(mark):
    """Waits until a statement with this text runs."""
    limit = time.monotonic() + 60
    while not any(mark in query and status == "RUNNING" for query, status in executions()):
        assert time.monotonic() < limit, executions()
        time.sleep(0.05)


runs("sin(")
shell.type(CONTROL_C)
shell.until("cancelled")
shell.until("default=> ")
assert {status for query, status in executions() if "sin(" in query} == {"CANCELLED"}, executions()
assert "│ still │" in shell.run("SELECT 'here' AS still;")
shell.type("exit\r")
shell.ends(0)

# The history is of the user alone, and there in the next session; Ctrl-D leaves.
history = pathlib.Path(state, "tarn", "sql_history")
assert stat.S_IMODE(history.stat().st_mode) == 0o600
assert "SELECT 'first\\nline' AS t, 'x;y';" in history.read_text(), history.read_text()
shell = Shell("--database", "raw", columns=60)
shell.until("raw=> ")
assert "│ still │" in shell.run(UP + UP, prompt="raw=> ")
shell.type(CONTROL_D)
shell.ends(0)

# A single statement at a terminal: Ctrl-C ends it with 130.
shell = Shell("-c", "SELECT count(*) FROM UNNEST(sequence(1, 10000)) AS a (x) CROSS JOIN UNNEST(sequence(1, 10000)) "
              "AS b (y) CROSS JOIN UNNEST(sequence(1, 10000)) AS c (z) WHERE cos(x + y + z) > 2")
runs("cos(")
shell.type(CONTROL_C)
shell.ends(130)
assert {status for query, status in executions() if "cos(" in query} == {"CANCELLED"}, executions()

print("tarn sql at a terminal ok")
