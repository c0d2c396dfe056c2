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

    public static string Text(object? value) => value switch
    {
        null => "NULL",
        double number => number.ToString("G12", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("O", CultureInfo.InvariantCulture).TrimEnd('Z'),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
