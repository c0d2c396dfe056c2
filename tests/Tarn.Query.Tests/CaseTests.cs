using Tarn.Testing;

namespace Tarn.Query.Tests;

/// <summary>
/// SQL as data: <c>cases/*.test</c> hold statements, a line <c>----</c>, and the rows they give (values joined by
/// <c>|</c>) or <c>error</c> and a part of the reason. Blank lines separate cases, <c>#</c> begins a comment.
/// </summary>
public sealed class CaseTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "cases");

    public static TheoryData<string> Files =>
        new(Directory.EnumerateFiles(Folder, "*.test").Select(Path.GetFileName).Order()!);

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Cases_AllOfAFile_GiveTheirRows(string file)
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);
        await CreateTablesAsync(lake, File.ReadAllText(Path.Combine(Folder, file)));
        var failures = new List<string>();
        var count = 0;
        foreach (var (sql, expected) in Read(Path.Combine(Folder, file)))
        {
            count++;
            var actual = await lake.ReadAsync(sql);
            var isRight = expected.StartsWith("error ", StringComparison.Ordinal)
                ? actual.StartsWith("Failed: ", StringComparison.Ordinal)
                    && actual.Contains(expected["error ".Length..], StringComparison.Ordinal)
                : actual == expected;
            if (!isRight)
            {
                failures.Add($"{sql}\nexpected:\n{expected}\nactual:\n{actual}");
            }
        }

        Assert.True(count > 0, "the file holds no case");
        Assert.True(
            failures.Count == 0, $"{failures.Count} of {count} cases differ\n\n{string.Join("\n\n", failures)}");
    }

    /// <summary>The sample tables, and of the other databases those that the cases name.</summary>
    private static async Task CreateTablesAsync(QueryLake lake, string cases)
    {
        var databases = new (string Name, Func<QueryLake, Task> Create)[]
        {
            ("j", JsonTables.CreateAsync), ("p", ParquetTables.CreateAsync), ("t", TextTables.CreateAsync),
            ("t", PatternTables.CreateAsync), ("v", ViewTables.CreateAsync),
            ("pp", ProjectedTables.CreateAsync),
        };
        await SampleTables.CreateAsync(lake);
        foreach (var (name, create) in databases)
        {
            if (cases.Contains($" {name}.", StringComparison.Ordinal))
            {
                await create(lake);
            }
        }
    }

    private static IEnumerable<(string Sql, string Expected)> Read(string path)
    {
        var text = string.Join('\n', File.ReadAllLines(path).Where(line => !line.StartsWith('#')));
        foreach (var block in text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var lines = block.Trim('\n');
            if (lines.Length == 0)
            {
                continue;
            }

            var parts = lines.Split("\n----", 2);
            yield return (parts[0], parts[1].TrimStart('\n'));
        }
    }
}
