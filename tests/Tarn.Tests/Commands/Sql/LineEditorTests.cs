using Tarn.Commands.Sql;
using Tarn.Testing;

namespace Tarn.Tests.Commands.Sql;

public sealed class LineEditorTests
{
    [Theory]
    [InlineData("abc", "abc")]
    [InlineData("abc<Left><Left>X", "aXbc")]
    [InlineData("abc<Home>X<End>Y", "XabcY")]
    [InlineData("abc<Backspace>", "ab")]
    [InlineData("abc<Home><Delete>", "bc")]
    [InlineData("one two<^W>", "one ")]
    [InlineData("one two<^A><^K>", "")]
    [InlineData("one two<^U>x", "x")]
    [InlineData("one two<!B>X", "one Xtwo")]
    [InlineData("one two<^A><!F>X", "oneX two")]
    [InlineData("sel<Tab>1", "select 1")]
    [InlineData("SELECT user<Tab>", "SELECT user_id ")]
    [InlineData("<Up>", "second")]
    [InlineData("<Up><Up>", "first line")]
    [InlineData("<Up><Up><Down>!", "second!")]
    [InlineData("<Up><Down>new", "new")]
    public void Read_Keys_EditTheLine(string keys, string line)
    {
        using var directory = new TempDirectory();
        var history = LineHistory.Load(Path.Combine(directory.Path, "history"));
        history.Add("first\nline");
        history.Add("second");
        var completion = new Completion();
        completion.Learn([("raw", "t", ["user_id"])]);

        Assert.Equal(line, Editor(keys + "<Enter>", history, completion).Read("> "));
    }

    [Fact]
    public void Read_ControlC_IsCancelledAndControlD_IsTheEnd()
    {
        var history = LineHistory.Load(null);

        Assert.Throws<OperationCanceledException>(() => Editor("abc<^C>", history, new Completion()).Read("> "));
        Assert.Null(Editor("<^D>", history, new Completion()).Read("> "));
    }

    [Fact]
    public void History_OfAnEarlierSession_IsThere()
    {
        using var directory = new TempDirectory();
        var path = Path.Combine(directory.Path, "state", "history");
        var first = LineHistory.Load(path);
        first.Add("SELECT 'a\\n'\nFROM t;");
        first.Add("SELECT 2;");
        first.Add("SELECT 2;");

        var second = LineHistory.Load(path);

        Assert.Equal(["SELECT 'a\\n'\nFROM t;", "SELECT 2;"], second.Entries);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    /// <summary>Keys as text: characters, names in angle brackets, ^ for Ctrl and ! for Alt.</summary>
    private static LineEditor Editor(string keys, LineHistory history, Completion completion)
    {
        var queue = new Queue<ConsoleKeyInfo>();
        for (var i = 0; i < keys.Length; i++)
        {
            if (keys[i] != '<')
            {
                queue.Enqueue(new ConsoleKeyInfo(keys[i], ConsoleKey.NoName, false, false, false));
                continue;
            }

            var name = keys[(i + 1)..keys.IndexOf('>', i)];
            i += name.Length + 1;
            var key = Enum.Parse<ConsoleKey>(name[0] is '^' or '!' ? name[1..] : Named(name));
            queue.Enqueue(new ConsoleKeyInfo('\0', key, false, name[0] == '!', name[0] == '^'));
        }

        return new LineEditor(queue.Dequeue, TextWriter.Null, () => 40, history, completion);
    }

    private static string Named(string name) => name is "Left" or "Right" or "Up" or "Down" ? name + "Arrow" : name;
}
