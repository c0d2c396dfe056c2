using Tarn.Primitives.Errors;

namespace Tarn.Sql.Tests;

/// <summary>
/// Messages as data: <c>syntax/*.test</c> hold a statement, <c>----</c>, what the message begins with, and the hint
/// if there is one.
/// </summary>
public sealed class SyntaxErrorTests
{
    [Theory]
    [InlineData("trino.test", true, 25)]
    [InlineData("hints.test", false, 40)]
    public void Parse_FaultyStatement_SaysWhatAthenaSays(string file, bool isWhole, int least)
    {
        var failures = new List<string>();
        var count = 0;
        var path = Path.Combine(AppContext.BaseDirectory, "syntax", file);
        var text = string.Join('\n', File.ReadAllLines(path).Where(line => !line.StartsWith('#')));
        foreach (var block in text.Split("\n\n"))
        {
            count++;
            var parts = $"\n{block.Trim('\n')}".Split("\n----\n");
            var expected = parts[1].Split('\n');
            var failure = Failure(parts[0].TrimStart('\n'));
            var isRight = failure is not null
                && (isWhole ? failure.Message == expected[0] : failure.Message.StartsWith(expected[0]))
                && (expected.Length == 1 || failure.Hint == expected[1]);
            if (!isRight)
            {
                failures.Add($"{parts[0]}\n{failure?.Message}\n{failure?.Hint}");
            }
        }

        Assert.True(count >= least, $"{file} holds {count} cases");
        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    private static TarnException? Failure(string sql)
    {
        try
        {
            SqlParser.Parse(sql);
            return null;
        }
        catch (TarnException failure)
        {
            return failure;
        }
    }
}
