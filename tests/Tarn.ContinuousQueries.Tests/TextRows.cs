using System.Globalization;
using Tarn.DuckDb;

namespace Tarn.ContinuousQueries.Tests;

/// <summary>Results as ordered lines, numbers rounded where the last bits may differ.</summary>
internal static class TextRows
{
    public static async Task<IReadOnlyList<string>> ReadAsync(IDuckDbSession session, string sql)
    {
        var rows = new List<string>();
        using var result = await session.QueryAsync(sql, CancellationToken.None);
        while (result.Read())
        {
            rows.Add(
                string.Join(" | ", Enumerable.Range(0, result.Columns.Count).Select(i => Text(result.GetValue(i)))));
        }

        return [.. rows.Order(StringComparer.Ordinal)];
    }

    /// <summary>The same rows, in whatever order; else tells what the run was and where they differ.</summary>
    public static void AssertEqual(IReadOnlyList<string> expected, IReadOnlyList<string> actual, string what)
    {
        const int ShownMax = 20;
        var missing = Without(expected, actual);
        var extra = Without(actual, expected);
        Assert.True(
            missing.Count + extra.Count == 0,
            string.Join('\n', [$"{what}: {missing.Count} of {expected.Count} rows are missing", "missing:",
                .. missing.Take(ShownMax), $"{extra.Count} others are there:", .. extra.Take(ShownMax)]));
    }

    public static string Text(object? value) => value switch
    {
        null => "NULL",
        double number => number.ToString("G12", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("O", CultureInfo.InvariantCulture).TrimEnd('Z'),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    /// <summary>What is left of rows when others are taken from them, each once.</summary>
    public static List<string> Without(IEnumerable<string> rows, IEnumerable<string> others)
    {
        var counts = others.CountBy(row => row).ToDictionary();
        return [.. rows.Where(row => (counts[row] = counts.GetValueOrDefault(row) - 1) < 0)];
    }
}
