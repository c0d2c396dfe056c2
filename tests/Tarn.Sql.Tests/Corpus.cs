using Tarn.Testing.Tpch;

namespace Tarn.Sql.Tests;

/// <summary>
/// Statements as data: <c>corpus/*.sql</c>, parted by blank lines, TPC-H's queries, and those of every case of this
/// project and of Tarn.Query.Tests.
/// </summary>
internal static class Corpus
{
    public static IReadOnlyList<string> File(string name) =>
        Blocks(Path.Combine(AppContext.BaseDirectory, "corpus", name));

    public static IReadOnlyList<string> Tpch() =>
        [.. Enumerable.Range(1, TpchQueries.Count).Select(TpchQueries.Read)];

    public static IReadOnlyList<string> Cases() =>
    [
        .. new[] { "cases", "query-cases" }
            .SelectMany(folder => Directory.EnumerateFiles(
                Path.Combine(AppContext.BaseDirectory, folder), "*.test", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal)
            .SelectMany(Blocks)
            .Select(block => block.Split("\n----")[0]),
    ];

    public static IReadOnlyList<string> All() =>
        [.. Tpch(), .. File("queries.sql"), .. File("definitions.sql"), .. Cases()];

    private static string[] Blocks(string path) =>
    [
        .. string.Join('\n', System.IO.File.ReadAllLines(path).Where(line => !line.StartsWith('#')))
            .Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
    ];
}
