using System.Globalization;
using System.Numerics;
using Tarn.Testing.Tpch;

namespace Tarn.Query.Tests.Tpch;

/// <summary>
/// TPC-H's queries in Athena's language beside the same texts in DuckDB's own, which both languages can read. Their
/// decimals differ: Trino rounds averages and quotients to the scale of what went in, DuckDB makes them doubles.
/// </summary>
public sealed class TpchTests(TpchLake tpch) : IClassFixture<TpchLake>
{
    public static TheoryData<int> Numbers => [.. Enumerable.Range(1, TpchQueries.Count)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public async Task Query_OverParquet_GivesTheRowsOfBareDuckDb(int number)
    {
        var sql = TpchQueries.Read(number);

        var rows = (await tpch.Lake.ReadAsync(sql, TpchLake.Database)).Split('\n');

        Assert.False(rows[0].StartsWith("Failed: ", StringComparison.Ordinal), rows[0]);
        using var expected = await tpch.Raw.QueryAsync(sql, CancellationToken.None);
        var count = 0;
        for (; expected.Read(); count++)
        {
            Assert.True(count < rows.Length, $"row {count + 1} is missing");
            var values = rows[count].Split('|');
            Assert.Equal(expected.Columns.Count, values.Length);
            for (var column = 0; column < values.Length; column++)
            {
                AssertSame(expected.GetValue(column), values[column], $"row {count + 1}, column {column + 1}");
            }
        }

        Assert.True(count > 0, rows[0]);
        Assert.Equal(count, rows.Length);
    }

    private static void AssertSame(object? expected, string actual, string place)
    {
        if (expected is null or string or DateOnly)
        {
            var text = expected is DateOnly date
                ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                : (string?)expected ?? "NULL";
            Assert.True(text == actual, $"{place}: expected '{text}', got '{actual}'");
            return;
        }

        var exact = expected is BigInteger big
            ? (decimal)big
            : Convert.ToDecimal(expected, CultureInfo.InvariantCulture);
        var point = actual.IndexOf('.', StringComparison.Ordinal);
        var step = point < 0 ? 0 : Math.Pow(10, point + 1 - actual.Length);
        var allowed = (decimal)((0.501 * step) + (1e-12 * Math.Abs((double)exact)));
        var value = decimal.Parse(actual, CultureInfo.InvariantCulture);
        Assert.True(Math.Abs(exact - value) <= allowed, $"{place}: expected {exact}, got {value}");
    }
}
