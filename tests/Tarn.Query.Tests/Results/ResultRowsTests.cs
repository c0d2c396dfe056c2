using System.Text;
using Tarn.Query.Results;

namespace Tarn.Query.Tests.Results;

public sealed class ResultRowsTests
{
    private static readonly string?[][] Rows =
    [
        ["a", null, ""], [null, null, null], ["quote \" and\nline", "\"", "\"\"\n"],
        ["é", new string('x', 200_000), "z"], ["", "", null], ["last", ",", "\n"],
    ];

    [Fact]
    public async Task ReadAsync_AnyValues_AreThoseThatWereWritten()
    {
        var bytes = Written(Rows);
        using var body = new Trickle(bytes);
        var reader = new ResultRows(body, 0, isText: false);

        var read = new List<IReadOnlyList<string?>>();
        while (await reader.ReadAsync(CancellationToken.None) is { } row)
        {
            read.Add(row);
        }

        Assert.Equal(Rows, read);
        Assert.Equal(bytes.Length, reader.Offset);
    }

    [Fact]
    public async Task Offset_AfterEachRow_IsWhereTheNextBegins()
    {
        var bytes = Written(Rows);
        using var body = new MemoryStream(bytes);
        var reader = new ResultRows(body, 0, isText: false);

        for (var row = 0; row < Rows.Length; row++)
        {
            Assert.Equal(Written(Rows[..row]).Length, reader.Offset);
            using var rest = new MemoryStream(bytes, (int)reader.Offset, bytes.Length - (int)reader.Offset);
            var other = new ResultRows(rest, reader.Offset, isText: false);

            Assert.Equal(Rows[row], await reader.ReadAsync(CancellationToken.None));
            Assert.Equal(Rows[row], await other.ReadAsync(CancellationToken.None));
            Assert.Equal(reader.Offset, other.Offset);
        }
    }

    [Fact]
    public async Task ReadAsync_OneColumn_TellsNullFromEmpty()
    {
        using var body = new MemoryStream("\n\"\"\n\"x\"\n"u8.ToArray());
        var reader = new ResultRows(body, 0, isText: false);

        Assert.Equal([null], (await reader.ReadAsync(CancellationToken.None))!);
        Assert.Equal([""], (await reader.ReadAsync(CancellationToken.None))!);
        Assert.Equal(["x"], (await reader.ReadAsync(CancellationToken.None))!);
        Assert.Null(await reader.ReadAsync(CancellationToken.None));
    }

    [Fact]
    public async Task ReadAsync_Lines_AreOneColumnWithWhatTheyHold()
    {
        using var body = new MemoryStream("a \"b\", c\n\nlast\n"u8.ToArray());
        var reader = new ResultRows(body, 0, isText: true);

        Assert.Equal(["a \"b\", c"], (await reader.ReadAsync(CancellationToken.None))!);
        Assert.Equal([""], (await reader.ReadAsync(CancellationToken.None))!);
        Assert.Equal(["last"], (await reader.ReadAsync(CancellationToken.None))!);
        Assert.Null(await reader.ReadAsync(CancellationToken.None));
    }

    private static byte[] Written(IEnumerable<string?[]> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            CsvText.AppendRow(text, row);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Gives a few bytes at a time, so that rows end anywhere in the reader's buffer.</summary>
    private sealed class Trickle(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 7)], cancellationToken);
    }
}
