using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Tests.Alerts;

/// <summary>Alerts that would not do what they say.</summary>
public sealed class AlertRefusalTests
{
    private const string Mark = "--! ";

    [Fact]
    public async Task Create_StatementsOfTheDataFile_AreRefusedInThoseWords()
    {
        await using var scene = await AlertScene.OpenAsync();
        var lines = await File.ReadAllLinesAsync(
            Path.Combine(AppContext.BaseDirectory, "testdata/refused-alerts.sql"));
        var refused = lines.Zip(lines.Skip(1))
            .Where(pair => pair.Second.StartsWith(Mark, StringComparison.Ordinal)).ToList();
        var wrong = new List<string>();
        foreach (var (sql, expected) in refused)
        {
            var message = await Record.ExceptionAsync(() => scene.Lake.RunAsync(sql)) switch
            {
                null => "nothing",
                TarnException refusal => refusal.Hint is null ? refusal.Message : $"{refusal.Message} [{refusal.Hint}]",
                var other => other.ToString(),
            };
            if (message != expected[Mark.Length..])
            {
                wrong.Add($"{sql}\n  expected: {expected[Mark.Length..]}\n  got:      {message}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(refused.Count > 20);
        Assert.Equal("", await scene.Lake.RunAsync("SHOW ALERTS"));
    }
}
