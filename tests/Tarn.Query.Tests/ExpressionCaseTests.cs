using Tarn.Query.Executions;
using Tarn.Testing;

namespace Tarn.Query.Tests;

/// <summary>
/// Expressions as data: in <c>cases/*.expr</c> a line is <c>expression => value</c> (NULL for NULL) or
/// <c>expression !! part of the error</c>; <c>@ relation</c> puts the lines behind it over a relation, <c>@</c> alone
/// ends that; <c>#</c> begins a comment. Many expressions go into one SELECT; one that fails is run alone.
/// </summary>
public sealed class ExpressionCaseTests
{
    private const int Together = 100;

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "cases");

    public static TheoryData<string> Files =>
        new(Directory.EnumerateFiles(Folder, "*.expr").Select(Path.GetFileName).Order()!);

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Expressions_AllOfAFile_GiveTheirValues(string file)
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);
        var cases = Read(await File.ReadAllLinesAsync(Path.Combine(Folder, file))).ToList();
        var failures = new List<string>();
        foreach (var group in cases.Where(one => !one.IsError).GroupBy(one => one.From))
        {
            foreach (var chunk in group.Chunk(Together))
            {
                failures.AddRange(await RunAsync(lake, chunk));
            }
        }

        foreach (var one in cases.Where(one => one.IsError))
        {
            var actual = await ReadAsync(lake, [one]);
            if (actual is not [{ Length: > 0 } reason] || !reason.StartsWith("!! ", StringComparison.Ordinal)
                || !reason.Contains(one.Expected, StringComparison.Ordinal))
            {
                failures.Add($"{one.Sql}\n  expected !! {one.Expected}\n  actual   {actual[0]}");
            }
        }

        Assert.True(cases.Count > 0, "the file holds no case");
        Assert.True(
            failures.Count == 0, $"{failures.Count} of {cases.Count} cases differ\n{string.Join('\n', failures)}");
    }

    private static async Task<IEnumerable<string>> RunAsync(QueryLake lake, Case[] cases)
    {
        var values = await ReadAsync(lake, cases);
        if (values.Count != cases.Length)
        {
            values = [];
            foreach (var one in cases)
            {
                values.Add((await ReadAsync(lake, [one]))[0]);
            }
        }

        return cases.Zip(values)
            .Where(pair => pair.First.Expected != pair.Second)
            .Select(pair => $"{pair.First.Sql}\n  expected {pair.First.Expected}\n  actual   {pair.Second}");
    }

    /// <summary>The values of one row, or the one reason of the failure.</summary>
    private static async Task<List<string>> ReadAsync(QueryLake lake, Case[] cases)
    {
        var list = string.Join(", ", cases.Select(one => one.Sql));
        var from = cases[0].From.Length == 0 ? "" : $" FROM {cases[0].From}";
        var execution = await lake.RunAsync($"SELECT {list}{from}");
        if (execution.State != QueryState.Succeeded)
        {
            return [$"!! {execution.StateChangeReason}"];
        }

        var page = await lake.Queries.ReadAsync(execution.Id, 0, 1000, CancellationToken.None);
        return page.Rows.Count == 1
            ? [.. page.Rows[0].Select(value => value ?? "NULL")]
            : [string.Join(" / ", page.Rows.Select(row => row[0] ?? "NULL"))];
    }

    private static IEnumerable<Case> Read(string[] lines)
    {
        var from = "";
        foreach (var line in lines.Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line[0] == '@')
            {
                from = line[1..].Trim();
                continue;
            }

            var isError = line.Contains(" !! ", StringComparison.Ordinal);
            var parts = line.Split(isError ? " !! " : " => ", 2);
            Assert.True(parts.Length == 2, $"no case: {line}");
            yield return new Case(from, parts[0].Trim(), parts[1], isError);
        }
    }

    private sealed record Case(string From, string Sql, string Expected, bool IsError);
}
