using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Tests;

/// <summary>What is not accepted says so in words, before anything is stored.</summary>
public sealed class RefusalTests
{
    private const string Mark = "--! ";

    [Fact]
    public async Task Statements_OfTheDataFile_AreRefusedAsWritten()
    {
        await using var lake = await Lake.OpenAsync();
        var lines = await File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "testdata/refused.sql"));
        var refused = lines.Zip(lines.Skip(1)).Where(pair => pair.Second.StartsWith(Mark, StringComparison.Ordinal));
        var wrong = new List<string>();
        foreach (var (sql, expected) in refused)
        {
            var message = await Record.ExceptionAsync(() => lake.RunAsync(sql)) switch
            {
                null => "nothing",
                TarnException refusal => refusal.Message,
                var other => other.ToString(),
            };
            if (message != expected[Mark.Length..])
            {
                wrong.Add($"{sql}\n  expected: {expected[Mark.Length..]}\n  got:      {message}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Empty(lake.Engine.List());
        Assert.Equal("scores\tscores\tJSON\t9\t", await lake.RunAsync("SHOW SOURCES"));
    }
}
